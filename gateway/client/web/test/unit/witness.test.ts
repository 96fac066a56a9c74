import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { Shown } from "../../src/fairness.ts";
import { seenOf, toldOf, witness, witnessBet, witnessCommitment, witnessMove, witnessSeed, witnessSeedInUse } from "../../src/witness.ts";

beforeEach(() => {
  const kept = new Map<string, string>();
  const localStorage = { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => kept.set(key, value) };
  Object.defineProperty(globalThis, "localStorage", { value: localStorage, configurable: true });
});

const seed = (number: number, commitment: string) => ({ seed: number, commitment, clientSeed: "lucky" });
const shown: Shown = {
  round: "r-1",
  game: "mines",
  terms: { mines: 3 },
  stake: 100,
  nonce: 7,
  commitment: "first",
  state: "open",
  payout: null,
  view: { revealed: [] },
};

test("of a seed counts what it was committed to as first", () => {
  witnessCommitment("p-7", 2, "first");
  witnessSeed("p-7", seed(2, "another"));
  assert.equal(toldOf("p-7")?.commitment, "first");
  witnessSeedInUse("p-7", seed(2, "a third"));
  assert.equal(toldOf("p-7")?.commitment, "first");

  witnessSeedInUse("p-7", seed(3, "of the next"));
  assert.equal(toldOf("p-7")?.commitment, "of the next");
  assert.equal(toldOf("p-8"), undefined);
});

test("of a round is kept what was told and asked before, made, and shown last", () => {
  const told = { commitment: "first", clientSeed: "lucky" };
  const { game, terms, stake } = shown;
  witness("p-7", shown);
  witnessBet("p-7", shown, { game, terms, stake }, told);
  const last = { ...shown, view: { revealed: [1] } };
  witness("p-7", last);
  witnessMove("p-7", last, { name: "reveal", tile: 1 });

  const seen = seenOf("p-7", "r-1");
  assert.deepEqual(seen, { told, asked: { game, terms, stake }, moves: [{ name: "reveal", tile: 1 }], shown: last });
});

test("the oldest rounds are forgotten", () => {
  for (let i = 0; i <= 200; i++) {
    witness("p-7", { ...shown, round: `r-${i}` });
  }
  assert.equal(seenOf("p-7", "r-0"), undefined);
  assert.equal(seenOf("p-7", "r-1")?.shown.round, "r-1");
  assert.equal(seenOf("p-7", "r-200")?.shown.round, "r-200");
});
