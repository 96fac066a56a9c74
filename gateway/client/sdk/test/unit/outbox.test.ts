import assert from "node:assert/strict";
import { test } from "node:test";
import { QueueFullError } from "../../src/errors.js";
import { Outbox } from "../../src/requests/outbox.js";

const asked = (id: string) => ({ id, frame: id, resolve: () => {}, reject: () => {}, accepted: () => {} });

function outboxOf(ids: string, window = 10, limit = 10): Outbox<string> {
  const outbox = new Outbox<string>("commands", window, limit);
  for (const id of ids) {
    outbox.add(asked(id), true);
  }
  return outbox;
}

/** Everything that may go now. */
function sent(outbox: Outbox<string>, now = 0, allowed = 10): string {
  let ids = "";
  for (let next = outbox.next(allowed, now); next !== undefined; next = outbox.next(allowed, now)) {
    ids += next.id;
  }
  return ids;
}

test("what was asked goes in the order of asking, each once", () => {
  const outbox = outboxOf("abc");

  assert.equal(sent(outbox), "abc");
  assert.equal(sent(outbox), "");
});

test("no more is on its way than the window, or the server, allows", () => {
  assert.equal(sent(outboxOf("abcd", 2)), "ab");
  assert.equal(sent(outboxOf("abcd"), 0, 3), "abc");
});

test("what is decided makes room", () => {
  const outbox = outboxOf("abc", 2);
  sent(outbox);

  outbox.settle("a");

  assert.equal(sent(outbox), "c");
});

test("over a new connection everything undecided is sent again, in order", () => {
  const outbox = outboxOf("abc", 2);
  sent(outbox);
  outbox.settle("b");

  outbox.connectionLost();

  assert.equal(sent(outbox), "ac");
});

test("when one is sent back all wait for its time, and it is first", () => {
  const outbox = outboxOf("abc", 2);
  sent(outbox);

  outbox.sentBack("a", 100);
  outbox.settle("b");

  assert.equal(sent(outbox, 99), "");
  assert.equal(sent(outbox, 100), "ac");
});

test("a later answer that names an earlier time shortens no wait", () => {
  const outbox = outboxOf("ab");
  sent(outbox);

  outbox.sentBack("a", 100);
  outbox.sentBack("b", 50);

  assert.equal(outbox.heldMillis(60), 40);
  assert.equal(sent(outbox, 60), "");
});

test("one that is sent back twice does not widen the window", () => {
  const outbox = outboxOf("abcd", 2);
  sent(outbox);

  outbox.sentBack("a", 0);
  outbox.sentBack("a", 0);

  assert.equal(sent(outbox), "a");
});

test("one that is not kept yet is not sent, and nothing passes it", () => {
  const outbox = outboxOf("");
  outbox.add(asked("a"), false);
  outbox.add(asked("b"), true);
  assert.equal(sent(outbox), "");

  outbox.kept("a");

  assert.equal(sent(outbox), "ab");
});

test("what was asked earlier comes first, and is taken beyond the limit", () => {
  const outbox = outboxOf("cd", 10, 3);

  outbox.addEarlier([asked("a"), asked("b")]);

  assert.equal(sent(outbox), "abcd");
});

test("beyond the limit there is no room, until something is decided", () => {
  const outbox = outboxOf("ab", 10, 2);
  assert.throws(() => outbox.checkRoom(), new QueueFullError("commands", 2));

  outbox.settle("a");

  outbox.checkRoom();
});

test("when it ends everybody is told", () => {
  const outbox = outboxOf("");
  const errors: Error[] = [];
  outbox.add({ ...asked("a"), reject: (error) => errors.push(error) }, true);

  outbox.end(new Error("over"));

  assert.deepEqual(errors.map(String), ["Error: over"]);
  assert.equal(outbox.size, 0);
});
