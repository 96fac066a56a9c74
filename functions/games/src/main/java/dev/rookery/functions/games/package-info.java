/// Games as pure rules: what a round pays, given what was bet, what the player did and what was drawn. Nothing here
/// keeps a state, reads a clock or talks to anybody.
///
/// Start with [Game], then [Dice], which is over at once, and [Mines], which takes moves and can be interrupted.
/// Where the draws come from is [dev.rookery.functions.games.fair]; a finished round is checked by [RoundProof].
@NullMarked
package dev.rookery.functions.games;

import org.jspecify.annotations.NullMarked;
