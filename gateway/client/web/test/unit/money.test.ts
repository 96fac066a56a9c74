import assert from "node:assert/strict";
import { test } from "node:test";
import { parse, scaleOf } from "../../src/money.ts";

test("an amount has the digits of its currency", () => {
  assert.deepEqual(["EUR", "JPY", "BHD"].map(scaleOf), [2, 0, 3]);
  assert.equal(parse("10", "EUR"), 1000);
  assert.equal(parse("10,5", "EUR"), 1050);
  assert.equal(parse("0.29", "EUR"), 29);
  assert.equal(parse("10", "JPY"), 10);
  assert.equal(parse("1.005", "BHD"), 1005);
});

test("what is no amount is none", () => {
  for (const text of ["", "0", "-1", "1.001", "1e3", "1.", "ten", "1.2.3"]) {
    assert.equal(parse(text, "EUR"), undefined, text);
  }
});
