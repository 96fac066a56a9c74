import assert from "node:assert/strict";
import { test } from "node:test";
import { checkId, newId } from "../../src/requests/ids.js";

test("a new id is a UUID of version 7 and of this moment", () => {
  const before = Date.now();

  const id = newId();

  assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  const millis = Number.parseInt(id.replace("-", "").slice(0, 12), 16);
  assert.ok(millis >= before && millis <= Date.now(), id);
});

test("no two are alike", () => {
  assert.equal(new Set(Array.from({ length: 1_000 }, newId)).size, 1_000);
});

test("an id that the protocol does not know is told", () => {
  checkId("id", "Az09._:-");
  for (const id of ["", "a b", "ä", "x".repeat(65)]) {
    assert.throws(() => checkId("id", id), { name: "RangeError", message: /^id: .* \(expected: 1 to 64 of/ });
  }
});
