package dev.rookery.functions.wallet;

import java.time.Instant;

/// Money that moves from one account to another.
///
/// @param at     by the function's clock
/// @param debit  where it comes from
/// @param credit where it goes
/// @param trace  of the client's message that caused it, 32 hex digits
record Transfer(Instant at, AccountId debit, AccountId credit, Money money, Code code, String trace) {

    enum Code {
        DEPOSIT("deposit"),
        WITHDRAWAL("withdrawal");

        private final String wireName;

        Code(String wireName) {
            this.wireName = wireName;
        }

        String wireName() {
            return wireName;
        }
    }
}
