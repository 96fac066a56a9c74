package dev.rookery.knative.load.play;

import java.util.List;

/// What a person typed.
sealed interface Entry {

    String HELP = """
            deposit AMOUNT CURRENCY    such as: deposit 10.00 EUR
            withdraw AMOUNT CURRENCY   such as: withdraw 3 EUR
            balance                    what you have, by currency
            statement [LIMIT]          the newest transfers, 10 unless told
            send FRAME                 a frame as it is, such as: send {"op":"ping","at":1}
            help                       this
            quit                       ends the session""";

    int DEFAULT_LIMIT = 10;

    record Deposit(Amount amount) implements Entry {}

    record Withdraw(Amount amount) implements Entry {}

    record Balance() implements Entry {}

    /// @param limit transfers, 1..100
    record Statement(int limit) implements Entry {

        private static final int MAX_LIMIT = 100;

        public Statement {
            if (limit < 1 || limit > MAX_LIMIT) {
                throw new IllegalArgumentException("limit: " + limit + " (expected: 1.." + MAX_LIMIT + ")");
            }
        }
    }

    record Send(String frame) implements Entry {}

    record Help() implements Entry {}

    record Quit() implements Entry {}

    record Nothing() implements Entry {}

    /// @throws IllegalArgumentException when it is nothing that can be done; the message says what can
    static Entry parse(String line) {
        var stripped = line.strip();
        if (stripped.isEmpty()) {
            return new Nothing();
        }
        var words = List.of(stripped.split("\\s+"));
        return switch (words.getFirst()) {
            case "deposit" -> new Deposit(amount(words));
            case "withdraw" -> new Withdraw(amount(words));
            case "balance" -> alone(words, new Balance());
            case "statement" -> new Statement(limit(words));
            case "send" -> new Send(frame(stripped));
            case "help" -> alone(words, new Help());
            case "quit" -> alone(words, new Quit());
            default ->
                throw new IllegalArgumentException("command: " + words.getFirst()
                        + " (expected: deposit, withdraw, balance, statement, send, help or quit)");
        };
    }

    private static Amount amount(List<String> words) {
        if (words.size() != 3) {
            throw new IllegalArgumentException(
                    words.getFirst() + ": " + (words.size() - 1) + " words (expected: an amount and a currency)");
        }
        return Amount.parse(words.get(1), words.get(2));
    }

    private static int limit(List<String> words) {
        if (words.size() == 1) {
            return DEFAULT_LIMIT;
        }
        if (words.size() > 2 || !words.get(1).matches("[0-9]{1,9}")) {
            throw new IllegalArgumentException(
                    "statement: " + String.join(" ", words.subList(1, words.size())) + " (expected: one number)");
        }
        return Integer.parseInt(words.get(1));
    }

    private static String frame(String line) {
        var frame = line.substring("send".length()).strip();
        if (frame.isEmpty()) {
            throw new IllegalArgumentException("send: nothing (expected: a frame)");
        }
        return frame;
    }

    private static Entry alone(List<String> words, Entry entry) {
        if (words.size() > 1) {
            throw new IllegalArgumentException(
                    words.getFirst() + ": " + (words.size() - 1) + " words (expected: none)");
        }
        return entry;
    }
}
