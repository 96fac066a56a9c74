import assert from "node:assert/strict";
import { test } from "node:test";
import { actionOf } from "../../src/connection/closing.js";

const action = (code: number) => actionOf({ code, reason: "" });

test("what the protocol names does what the protocol says", () => {
  assert.deepEqual([4000, 4001, 4002, 4003, 4004, 4005].map(action), Array(6).fill("resume"));
  assert.equal(action(4101), "afresh");
  assert.deepEqual([4200, 4201, 4202, 4203, 4204, 4205].map(action), Array(6).fill("stop"));
});

test("whatever it does not name is a lost connection", () => {
  assert.deepEqual([1000, 1001, 1006, 4300].map(action), Array(4).fill("resume"));
});
