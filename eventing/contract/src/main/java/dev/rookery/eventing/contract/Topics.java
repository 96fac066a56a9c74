package dev.rookery.eventing.contract;

/// The names of the Kafka topics.
public final class Topics {

    /// Where a record ends that could not be handled; its headers tell why.
    public static final String DEAD_LETTERS = "rookery.dead-letters";

    /// Where the ledger's seals are published; kept for ever.
    public static final String LEDGER_SEALS = "rookery.ledger.seals";

    /// Where what a regulator asks to be told of is published: facts, beside `rookery.<function>.facts`, and what is no
    /// command's outcome. Kept for ever.
    public static final String SIGNIFICANT = "rookery.significant";

    private Topics() {}

    public static String commands(String function) {
        return "rookery." + function + ".commands";
    }

    public static String queries(String function) {
        return "rookery." + function + ".queries";
    }

    /// What a function tells other functions.
    public static String facts(String function) {
        return "rookery." + function + ".facts";
    }
}
