import type { Seen } from "./fairness.ts";
import type { Round } from "./model.ts";

/**
 * What this browser saw of rounds while they were played, when their seeds were still secret. A check must not rest on
 * what the house says of a round afterwards.
 */
const MOST_ROUNDS = 200;

export function witness(player: string, round: Round): void {
  const seen = { commitment: read(player).get(round.round)?.commitment ?? round.commitment, payout: round.payout };
  const all = read(player).set(round.round, seen);
  try {
    localStorage.setItem(key(player), JSON.stringify([...all].slice(-MOST_ROUNDS)));
  } catch {
    // A browser that keeps nothing can still check what the house tells.
  }
}

/** @returns undefined when the round was not played in this browser, or is long ago */
export function seenOf(player: string, round: string): Seen | undefined {
  return read(player).get(round);
}

function read(player: string): Map<string, Seen> {
  try {
    return new Map(JSON.parse(localStorage.getItem(key(player)) ?? "[]") as [string, Seen][]);
  } catch {
    return new Map();
  }
}

const key = (player: string) => `rookery.seen.${player}`;
