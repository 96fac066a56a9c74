import assert from "node:assert/strict";
import { test } from "node:test";
import { Draws, type Proof, verify } from "../../src/fairness.ts";

// The example of dev.rookery.functions.games.fair.
const SEED = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
const COMMITMENT = "630dcd2966c4336691125448bbb25b4ff412a49c732db2c8abc1b8581bd710dd";

const dice: Proof = {
  serverSeed: SEED,
  commitment: COMMITMENT,
  clientSeed: "lucky",
  nonce: 7,
  round: "r-1",
  game: "dice",
  terms: { direction: "over", target: 4999 },
  stake: 100,
  moves: [],
  payout: 198,
};
const seen = { commitment: COMMITMENT, payout: null };

async function failing(proof: Proof, commitment = COMMITMENT): Promise<number[]> {
  const checks = await verify(proof, { ...seen, commitment });
  return checks.flatMap(({ holds }, index) => (holds ? [] : [index]));
}

test("draws are those of the scheme, beyond the first block too", async () => {
  const draws = await Draws.of(SEED, "lucky:7:r-1");
  const numbers: number[] = [];
  for (let i = 0; i < 9; i++) {
    numbers.push(await draws.below(10_000));
  }
  assert.deepEqual(numbers, [7400, 9818, 3551, 4022, 9055, 4550, 2830, 7421, 198]);
  assert.deepEqual(await (await Draws.of(SEED, "lucky:7:r-1")).choose(3, 25), [0, 19, 23]);
});

test("a genuine roll is", async () => {
  assert.deepEqual(await failing(dice), []);
});

test("a genuine round of mines is, cashed out, lost, or left alone", async () => {
  const mines = { ...dice, game: "mines", terms: { mines: 3 } };
  const reveal = (tile: number) => ({ name: "reveal", tile });
  assert.deepEqual(await failing({ ...mines, moves: [reveal(1), { name: "cash-out" }], payout: 112 }), []);
  assert.deepEqual(await failing({ ...mines, moves: [reveal(1), reveal(19)], payout: 0 }), []);
  assert.deepEqual(await failing({ ...mines, moves: [], payout: 100 }), []);
});

test("another seed than was committed to is found", async () => {
  assert.deepEqual(await failing(dice, COMMITMENT.replace("6", "7")), [0]);
});

test("a wrong payout is found", async () => {
  assert.deepEqual(await failing({ ...dice, payout: 197 }), [2]);
});
