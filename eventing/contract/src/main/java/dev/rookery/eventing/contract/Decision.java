package dev.rookery.eventing.contract;

import java.util.List;

/// What a rule makes of a command, before it is recorded. Pure rules return this.
public sealed interface Decision {

    /// The type of the event that tells the player.
    EventType type();

    /// It was done.
    ///
    /// @param type  in the past tense, such as `wallet.deposited`
    /// @param data  for the player; becomes JSON
    /// @param facts for other functions
    record Done(EventType type, Object data, List<Fact> facts) implements Decision {

        public Done {
            facts = List.copyOf(facts);
        }
    }

    /// It was not done, and that is final for this command: the refusal is recorded as an outcome is.
    record Refused(EventType type, Refusal refusal) implements Decision {}
}
