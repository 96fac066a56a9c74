import assert from "node:assert/strict";
import { test } from "node:test";
import { BadFrameError, readFrame } from "../../src/protocol/server-frames.js";

test("fields that are not known are left alone", () => {
  assert.deepEqual(readFrame('{"op":"accepted","id":"c-1","new":true}'), { op: "accepted", id: "c-1", new: true });
});

test("an event of a room is never taken for one of the player", () => {
  const text = '{"op":"event","room":"match:9","epoch":"e9","seq":8,"id":"n","type":"match.moved","time":"","data":{}}';

  assert.equal(readFrame(text)?.op, "room-event");
});

test("an op that is not known is nothing", () => {
  assert.equal(readFrame('{"op":"dance"}'), undefined);
  assert.equal(readFrame('{"op":"toString"}'), undefined);
});

for (const [text, complaint] of [
  ["{", /SyntaxError/],
  ["[]", /op: undefined/],
  ["null", /frame: object/],
  ['{"op":1}', /op: number \(expected: a string\)/],
  ['{"op":"accepted"}', /id: undefined \(expected: string\)/],
  ['{"op":"event","seq":"8","id":"n","type":"t"}', /seq: string \(expected: number\)/],
  ['{"op":"event","seq":8,"id":"n","type":"t","re":null}', /re: null \(expected: string\)/],
  ['{"op":"joined","re":"r","room":"o","members":null}', /members: null \(expected: object\)/],
] as const) {
  test(`no frame: ${text}`, () => {
    assert.throws(() => readFrame(text), (error) => error instanceof BadFrameError && complaint.test(error.message));
  });
}
