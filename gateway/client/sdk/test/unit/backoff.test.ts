import assert from "node:assert/strict";
import { test } from "node:test";
import { delayMillis } from "../../src/connection/backoff.js";

const BACKOFF = { firstMillis: 100, longestMillis: 5_000 };
const ALMOST_ONE = 1 - Number.EPSILON;

test("the bound doubles with each attempt and stays at the longest", () => {
  const bounds = [0, 1, 2, 5, 6, 2_000].map((attempt) => delayMillis(BACKOFF, attempt, () => ALMOST_ONE));

  assert.deepEqual(bounds, [100, 200, 400, 3_200, 5_000, 5_000]);
});

test("the whole range is drawn from, so that clients do not come back together", () => {
  const drawn = [0, 0.25, 0.5, 0.75].map((random) => delayMillis(BACKOFF, 0, () => random));

  assert.deepEqual(drawn, [0, 25, 50, 75]);
});
