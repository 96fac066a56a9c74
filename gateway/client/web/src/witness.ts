import type { Asked, Move, Seen, Shown, Told } from "./fairness.ts";

/**
 * What this browser was told and saw of rounds while they were played, when their seeds were still secret. A check must
 * not rest on what the house says of a round afterwards, nor on what it says in one breath with the result.
 */
interface Witnessed {
  /** The commitment that a next seed was promised with, before the player's part was told. */
  readonly next?: { readonly seed: number; readonly commitment: string } | undefined;
  readonly inUse?: SeedInUse | undefined;
  /** By round, the newest last. */
  readonly rounds: readonly (readonly [string, Seen])[];
}

interface SeedInUse extends Told {
  readonly seed: number;
}

const MOST_ROUNDS = 200;

/** The house commits to its part. */
export function witnessCommitment(player: string, seed: number, commitment: string): void {
  write(player, { ...read(player), next: { seed, commitment } });
}

/** A seed comes into use: what its commitment was told as first is what counts. */
export function witnessSeed(player: string, { seed, commitment, clientSeed }: SeedInUse): void {
  const all = read(player);
  const first = all.next?.seed === seed ? all.next.commitment : commitment;
  write(player, { ...all, next: undefined, inUse: { seed, commitment: first, clientSeed } });
}

/** The house tells of the seed in use once more: news only to who has not heard of it. */
export function witnessSeedInUse(player: string, seed: SeedInUse): void {
  if (read(player).inUse?.seed !== seed.seed) {
    witnessSeed(player, seed);
  }
}

/** @returns what was told of the seed in use so far: to be asked for before a bet */
export function toldOf(player: string): Told | undefined {
  return read(player).inUse;
}

/** A round as it is shown now. */
export function witness(player: string, round: Shown): void {
  change(player, round.round, (seen) => ({ ...seen, shown: round }));
}

/** @param told of the seed, before the bet; undefined when it is not sure that it was the one in use */
export function witnessBet(player: string, round: Shown, asked: Asked, told: Told | undefined): void {
  change(player, round.round, (seen) => ({ ...seen, shown: seen?.shown ?? round, asked, told }));
}

/** A move that this browser made. */
export function witnessMove(player: string, round: Shown, move: Move): void {
  change(player, round.round, (seen) => ({ ...seen, shown: seen?.shown ?? round, moves: [...(seen?.moves ?? []), move] }));
}

/** @returns undefined when the round was not played in this browser, or is long ago */
export function seenOf(player: string, round: string): Seen | undefined {
  return new Map(read(player).rounds).get(round);
}

function change(player: string, round: string, to: (seen: Seen | undefined) => Seen): void {
  const all = read(player);
  const rounds = new Map(all.rounds);
  rounds.set(round, to(rounds.get(round)));
  write(player, { ...all, rounds: [...rounds].slice(-MOST_ROUNDS) });
}

function read(player: string): Witnessed {
  try {
    return (JSON.parse(localStorage.getItem(key(player)) ?? "null") as Witnessed | null) ?? { rounds: [] };
  } catch {
    return { rounds: [] };
  }
}

function write(player: string, witnessed: Witnessed): void {
  try {
    localStorage.setItem(key(player), JSON.stringify(witnessed));
  } catch {
    // A browser that keeps nothing says of each round that it has not seen it.
  }
}

const key = (player: string) => `rookery.witnessed.${player}`;
