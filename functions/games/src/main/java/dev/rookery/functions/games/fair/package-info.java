/// Numbers that the house cannot choose and anybody can check. Start with [RoundSeed], then [Draws].
///
/// The house makes a [ServerSeed] and publishes its commitment before play; the player adds a [ClientSeed]. When
/// the server seed is given up and shown, every number that was drawn from it can be computed again.
///
/// The scheme, in full, for who wants to write it in another language:
///
/// 1. A server seed is 32 bytes. Its commitment is their SHA-256, in 64 lower-case hex digits.
/// 2. A round has a nonce, which counts the rounds of a server seed without a gap, and an id, which the bet has to fix:
///    a house that could choose it would choose what is drawn.
/// 3. Its message is the client seed, `:`, the nonce in decimal digits, `:`, the round's id, all in ASCII. None of
///    the three contains a `:`, so that no two rounds share a message.
/// 4. Block 0 is HMAC-SHA256 with the server seed as its key, of the message. Block i, from 1 on, is that of the
///    message, `:`, and i in decimal digits.
/// 5. The 32 bytes of a block are eight words of four bytes, big-endian, unsigned. Words are used one after the
///    other, block after block, none twice.
/// 6. A number below `bound` takes the next word that is below the largest multiple of `bound` up to 2^32, and
///    is the rest of its division by `bound`. Words that are not below it are skipped. A bound of 1 takes a word,
///    too.
/// 7. `k` of `n` places: list 0 to n - 1; for i = 0 to k - 1 draw a number below n - i, and swap the places i and
///    i + that number. The first k places of the list, in their order, are chosen.
///
/// An example. The server seed is the bytes 00, 01, 02 to 1f, the client seed `lucky`, the nonce 7, the id `r-1`:
///
/// ```
/// commitment  630dcd2966c4336691125448bbb25b4ff412a49c732db2c8abc1b8581bd710dd
/// message     lucky:7:r-1
/// block 0     65b9ad888a8da9aa78520e5f4a1731a6ab0f081f26e5a66674ea4f7ef434e5dd
/// block 1     70bf87460787d06afc812e935f7f0d9ce74e26d47e558d7d219afec766b09310 (of lucky:7:r-1:1)
/// words       1706667400 2324539818 2018643551 1243034022 2869889055 652584550 1961512830 4097107421
/// below 10000 7400 9818 3551 4022 9055 4550 2830 7421, and 198 of block 1
/// 3 of 25     0 19 23 (the numbers drawn: 0 below 25, 18 below 24, 21 below 23)
/// ```
@NullMarked
package dev.rookery.functions.games.fair;

import org.jspecify.annotations.NullMarked;
