package dev.rookery.eventing.contract;

/// Something that has happened, told to other functions on `rookery.<function>.facts`.
///
/// @param id   names the fact for ever: who receives it twice drops it by this
/// @param type in the past tense, such as `wallet.deposited`
/// @param key  facts with the same key stay in order
/// @param data becomes JSON
public record Fact(String id, EventType type, String key, Object data) {

    public Fact {
        Ids.check("fact", id);
    }
}
