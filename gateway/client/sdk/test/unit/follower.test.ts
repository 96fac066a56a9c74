import assert from "node:assert/strict";
import { test } from "node:test";
import type { EventFrame, Welcome } from "../../src/protocol/server-frames.js";
import { Follower } from "../../src/requests/follower.js";

const event = (seq: number): EventFrame => ({ op: "event", seq, id: `n-${seq}`, type: "t", time: "", data: null });

const welcome = (epoch: string, seq: number, resumed: boolean): Welcome => ({
  op: "welcome",
  player: "p-7",
  session: "s-1",
  epoch,
  seq,
  resumed,
  heartbeatMillis: 1_000,
  limits: { frameBytes: 1, commandsPerSecond: 1, pending: 1, rooms: 1 },
});

function followerAt(seq: number): Follower {
  const follower = new Follower();
  follower.welcomed(undefined, welcome("e1", seq, false));
  return follower;
}

test("events follow one another", () => {
  const follower = followerAt(7);

  assert.deepEqual([event(8), event(9)].map((each) => follower.follow(each)), ["next", "next"]);
  assert.deepEqual(follower.position, { epoch: "e1", seq: 9 });
});

test("one that was given is known and moves nothing", () => {
  const follower = followerAt(7);

  assert.equal(follower.follow(event(7)), "known");
  assert.deepEqual(follower.position, { epoch: "e1", seq: 7 });
});

test("one that leaves others out is a gap and moves nothing", () => {
  const follower = followerAt(7);

  assert.equal(follower.follow(event(9)), "gap");
  assert.deepEqual(follower.position, { epoch: "e1", seq: 7 });
});

test("a resumed stream goes on from what was seen, wherever it ends by now", () => {
  const follower = followerAt(7);

  const resumed = follower.welcomed({ epoch: "e1", seq: 7 }, welcome("e1", 12, true));

  assert.equal(resumed, true);
  assert.equal(follower.follow(event(8)), "next");
});

test("a stream that is not resumed begins where the welcome says", () => {
  const follower = followerAt(7);

  const resumed = follower.welcomed({ epoch: "e1", seq: 7 }, welcome("e2", 3, false));

  assert.equal(resumed, false);
  assert.equal(follower.follow(event(4)), "next");
});

test("nothing goes on in another epoch, whatever the welcome says", () => {
  const follower = followerAt(7);

  assert.equal(follower.welcomed({ epoch: "e1", seq: 7 }, welcome("e2", 7, true)), false);
  assert.deepEqual(follower.position, { epoch: "e2", seq: 7 });
});

test("an event that was told before its place was reached is known there", () => {
  const follower = followerAt(7);

  follower.again(event(9));

  assert.deepEqual([event(8), event(9), event(10)].map((each) => follower.follow(each)), ["next", "known", "next"]);
});

test("what was told in another epoch says nothing of this one", () => {
  const follower = followerAt(7);
  follower.again(event(9));

  follower.welcomed(undefined, welcome("e2", 8, false));

  assert.equal(follower.follow(event(9)), "next");
});

test("an event that is given again is told once, when it was not told before", () => {
  const follower = followerAt(7);
  follower.follow(event(8));

  assert.deepEqual([event(7), event(8), event(9), event(9)].map((each) => follower.again(each)), [true, false, true, false]);
});
