package dev.rookery.functions.games;

/// What a player sees of a round: plain records, which become JSON as they are.
public sealed interface View permits Dice.Rolled, Mines.Covered, Mines.Uncovered {}
