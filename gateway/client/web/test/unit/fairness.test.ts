import assert from "node:assert/strict";
import { test } from "node:test";
import { Draws, type Proof, type Seen, type Shown, verify } from "../../src/fairness.ts";

// The example of dev.rookery.functions.games.fair.
const SEED = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
const COMMITMENT = "630dcd2966c4336691125448bbb25b4ff412a49c732db2c8abc1b8581bd710dd";
const OTHER = COMMITMENT.replace("6", "7");
const [HOUSE_SEED, OWN_SEED, BET, RESULT, PAYOUT] = [0, 1, 2, 3, 4];

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
const rolled = seenOf(dice, { roll: 7400, won: true });

const reveal = (tile: number) => ({ name: "reveal", tile });
const leave = { name: "cash-out" };
const mines: Proof = { ...dice, game: "mines", terms: { mines: 3 }, moves: [reveal(1), { ...leave, tile: null }], payout: 112 };
const field = { revealed: [1], mined: [0, 19, 23] };
const left = { ...seenOf(mines, field), moves: [reveal(1), leave] };

/** What a browser saw that took part from the beginning, and was told nothing but the truth. */
function seenOf(proof: Proof, view: Shown["view"], changes: Partial<Shown> = {}): Seen {
  const { game, terms, stake, round, nonce, commitment, clientSeed, payout } = proof;
  return {
    told: { commitment, clientSeed },
    asked: { game, terms, stake },
    shown: { round, game, terms, stake, nonce, commitment, state: "settled", payout, view, ...changes },
  };
}

const seeing = (seen: Seen, changes: Partial<Shown>): Seen => ({ ...seen, shown: { ...seen.shown, ...changes } });

async function endings(ending: string, proof: Proof, seen: Seen | undefined): Promise<number[]> {
  return (await verify(proof, seen)).flatMap((check, index) => (check.ending === ending ? [index] : []));
}

const broken = (proof: Proof, seen: Seen | undefined) => endings("broken", proof, seen);
const unseen = (proof: Proof, seen: Seen | undefined) => endings("unseen", proof, seen);

async function assertGenuine(proof: Proof, seen: Seen): Promise<void> {
  assert.deepEqual(await endings("holds", proof, seen), [HOUSE_SEED, OWN_SEED, BET, RESULT, PAYOUT]);
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

test("a genuine roll is", () => assertGenuine(dice, rolled));

test("a genuine round of mines is, cashed out, lost, or left alone", async () => {
  await assertGenuine(mines, left);
  const lost = { ...mines, moves: [reveal(1), reveal(19)], payout: 0 };
  await assertGenuine(lost, { ...seenOf(lost, { revealed: [1, 19], mined: [0, 19, 23] }), moves: lost.moves });
  const alone = { ...mines, moves: [], payout: 100 };
  await assertGenuine(alone, seenOf(alone, { revealed: [] }, { state: "void", payout: null }));
});

test("another seed of the house than was committed to before play is found", async () => {
  const told = { commitment: OTHER, clientSeed: "lucky" };
  assert.deepEqual(await broken(dice, { ...rolled, told }), [HOUSE_SEED]);
  assert.deepEqual(await broken({ ...dice, commitment: OTHER }, undefined), [HOUSE_SEED]);
  assert.deepEqual(await broken(dice, seeing(rolled, { commitment: OTHER })), [HOUSE_SEED]);
});

test("another part than the player's is found, though it gives the same result", async () => {
  assert.deepEqual(await broken(dice, { ...rolled, told: { commitment: COMMITMENT, clientSeed: "unlucky" } }), [OWN_SEED]);
});

test("another number of the round, or another round, is found", async () => {
  assert.deepEqual(await broken(dice, seeing(rolled, { nonce: 8 })), [OWN_SEED]);
  assert.deepEqual(await broken(dice, seeing(rolled, { round: "r-2" })), [OWN_SEED]);
});

test("other terms, another stake, or another game than was asked for is found", async () => {
  const asked = { game: "dice", terms: dice.terms, stake: 100 };
  assert.deepEqual(await broken(dice, { ...rolled, asked: { ...asked, terms: { direction: "over", target: 4998 } } }), [BET]);
  assert.deepEqual(await broken(dice, { ...rolled, asked: { ...asked, stake: 101 } }), [BET]);
  assert.deepEqual(await broken(dice, { ...rolled, asked: { ...asked, game: "mines" } }), [BET]);
  assert.deepEqual(await broken(mines, { ...left, asked: { game: "mines", terms: { mines: 4 }, stake: 100 } }), [BET]);
});

test("a move that was made otherwise is found; one that another browser made is none of those", async () => {
  assert.deepEqual(await broken(mines, { ...left, moves: [reveal(2), leave] }), [BET]);
  assert.deepEqual(await broken(mines, { ...left, moves: [leave, reveal(1)] }), [BET]);
  assert.deepEqual(await broken(mines, { ...left, moves: [leave] }), []);
});

test("a roll that was shown otherwise is found", async () => {
  assert.deepEqual(await broken(dice, seeing(rolled, { view: { roll: 7401, won: true } })), [RESULT]);
  assert.deepEqual(await broken(dice, seeing(rolled, { view: { roll: 7400, won: false } })), [RESULT]);
});

test("a mine that was shown elsewhere is found, and a tile that was shown to be safe", async () => {
  assert.deepEqual(await broken(mines, seeing(left, { view: { ...field, mined: [0, 19, 24] } })), [RESULT]);
  assert.deepEqual(await broken(mines, seeing(left, { view: { ...field, revealed: [2] } })), [RESULT]);
  const lost = { ...mines, moves: [reveal(19)], payout: 0 };
  assert.deepEqual(await broken(lost, seenOf(lost, { revealed: [19] }, { state: "open", payout: null })), [RESULT]);
});

test("a wrong payout is found", async () => {
  assert.deepEqual(await broken({ ...dice, payout: 197 }, undefined), [PAYOUT]);
  assert.deepEqual(await broken(dice, seeing(rolled, { payout: 197 })), [PAYOUT]);
});

test("what this browser has not seen is not said to hold", async () => {
  assert.deepEqual(await unseen(dice, undefined), [HOUSE_SEED, OWN_SEED, BET, RESULT, PAYOUT]);
  assert.deepEqual(await unseen(dice, { shown: rolled.shown }), [HOUSE_SEED, OWN_SEED, BET]);
  assert.deepEqual(await unseen(mines, seeing(left, { state: "open", payout: null, view: { revealed: [1] } })), [RESULT, PAYOUT]);
});
