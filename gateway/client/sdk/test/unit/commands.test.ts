import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import {
  IdTakenError,
  MemoryStore,
  QueueFullError,
  RejectedError,
  StoppedError,
  StoreError,
  TooLargeError,
} from "../../src/index.js";
import { clientOf, told, until } from "../support/clients.js";
import { Gateway } from "../support/gateway.js";

const EUR = { amount: 1_000, currency: "EUR" };

let gateway: Gateway;
let open: { close(): void }[];

beforeEach(async () => {
  gateway = await Gateway.start();
  open = [];
});

afterEach(async () => {
  open.forEach((client) => client.close());
  await gateway.stop();
});

/** A client of which the test need not take leave. */
function clientWith(options: Parameters<typeof clientOf>[1] = {}) {
  const client = clientOf(gateway, options);
  open.push(client);
  return client;
}

/** One that is connected, and the other end of its connection. */
async function online(options: Parameters<typeof clientOf>[1] = {}) {
  const client = clientWith(options);
  const connected = client.connect();
  const peer = await gateway.next();
  await peer.welcome();
  await connected;
  return { client, peer };
}

test("a command is decided by the event that names it", async () => {
  const { client, peer } = await online();
  const accepted: string[] = [];

  const decision = client.command("wallet.deposit", EUR, { id: "c-1", accepted: () => accepted.push("c-1") });

  assert.deepEqual(await peer.next("command"), { op: "command", id: "c-1", type: "wallet.deposit", data: EUR });
  peer.send({ op: "accepted", id: "c-1" });
  peer.event(1, "c-1", { type: "wallet.deposited", data: { balance: 1_000 } });
  assert.deepEqual(await decision, {
    seq: 1,
    id: "n-1",
    type: "wallet.deposited",
    time: "2026-01-01T00:00:00Z",
    data: { balance: 1_000 },
    re: "c-1",
    outcome: "done",
  });
  assert.deepEqual(accepted, ["c-1"]);
});

test("a refusal by the rules is an answer, not an error", async () => {
  const { client, peer } = await online();
  const decision = client.command("wallet.withdraw", EUR);
  const { id } = await peer.next("command");

  const problem = { code: "insufficient-funds", message: "1000 (expected: at most 0)" };
  peer.event(1, id, { type: "wallet.withdraw-refused", outcome: "refused", data: problem });

  assert.deepEqual((await decision).outcome, "refused");
  assert.deepEqual((await decision).data, problem);
});

test("listeners are told of an answer before whoever waits for it", async () => {
  const { client, peer } = await online();
  const order: string[] = [];
  client.on("event", () => order.push("listener"));
  const decision = client.command("wallet.deposit", EUR).then(() => order.push("promise"));

  peer.event(1, (await peer.next("command"))["id"]);
  await decision;

  assert.deepEqual(order, ["listener", "promise"]);
});

test("what is asked without a connection waits for one, in order", async () => {
  const client = clientWith();
  void client.command("wallet.deposit", EUR, { id: "c-1" }).catch(() => {});
  void client.command("wallet.withdraw", EUR, { id: "c-2" }).catch(() => {});

  void client.connect();
  const peer = await gateway.next();
  await peer.welcome();

  assert.equal((await peer.next("command"))["id"], "c-1");
  assert.equal((await peer.next("command"))["id"], "c-2");
});

test("over a new connection every undecided command is sent again under its id, in order", async () => {
  const { client, peer } = await online();
  void client.command("wallet.deposit", EUR, { id: "c-1" }).catch(() => {});
  const second = client.command("wallet.deposit", EUR, { id: "c-2" });
  void client.command("wallet.deposit", EUR, { id: "c-3" }).catch(() => {});
  for (let frames = 0; frames < 3; frames++) {
    await peer.next("command");
  }
  peer.event(1, "c-2");
  await second;

  peer.drop();
  const other = await gateway.next();
  await other.welcome();

  assert.equal((await other.next("command"))["id"], "c-1");
  assert.equal((await other.next("command"))["id"], "c-3");
});

test("the resumed stream decides what was sent again, once", async () => {
  const { client, peer } = await online();
  const events = told(client, "event");
  const decision = client.command("wallet.deposit", EUR, { id: "c-1" });
  await peer.next("command");

  peer.drop();
  const second = await gateway.next();
  await second.welcome();
  await second.next("command");
  second.event(1, "c-1");
  await decision;
  second.event(1, "c-1", { repeat: true });
  second.event(2);
  await until(() => events.length === 2);

  assert.deepEqual(events.map(({ seq }) => seq), [1, 2]);
});

test("an answer that is given again before its place in the stream is told once", async () => {
  const { client, peer } = await online();
  const events = told(client, "event");
  const decision = client.command("wallet.deposit", EUR, { id: "c-1" });
  await peer.next("command");

  peer.event(2, "c-1", { repeat: true });
  await decision;
  peer.event(1);
  peer.event(2, "c-1");
  peer.event(3);
  await until(() => events.length >= 3);

  assert.deepEqual(events.map(({ seq }) => seq), [2, 1, 3]);
  assert.deepEqual(client.position, { epoch: "e1", seq: 3 });
});

test("a command that is asked again after its decision is decided again, and its event not told again", async () => {
  const { client, peer } = await online();
  const events = told(client, "event");
  const decision = client.command("wallet.deposit", EUR, { id: "c-1" });
  await peer.next("command");
  peer.event(1, "c-1");
  await decision;

  const again = client.command("wallet.deposit", EUR, { id: "c-1" });
  await peer.next("command");
  peer.event(1, "c-1", { repeat: true });

  assert.equal((await again).seq, 1);
  assert.deepEqual(events.map(({ seq }) => seq), [1]);
});

test("a repeat moves no position, also when its place has left the history", async () => {
  const { client, peer } = await online();
  const decision = client.command("wallet.deposit", EUR, { id: "c-1" });
  await peer.next("command");

  peer.event(0, "c-1", { repeat: true });

  assert.equal((await decision).seq, 0);
  assert.deepEqual(client.position, { epoch: "e1", seq: 0 });
});

test("a command that the server sends back goes again before those behind it", async () => {
  const { client, peer } = await online({ window: 1 });
  void client.command("wallet.deposit", EUR, { id: "c-1" }).catch(() => {});
  void client.command("wallet.deposit", EUR, { id: "c-2" }).catch(() => {});
  await peer.next("command");

  peer.send({ op: "error", re: "c-1", code: "busy", message: "", retryable: true, retryAfterMillis: 5 });

  assert.equal((await peer.next("command"))["id"], "c-1");
  peer.event(1, "c-1");
  assert.equal((await peer.next("command"))["id"], "c-2");
});

test("a timer that is early is set again", async (context) => {
  const { client, peer } = await online();
  const { setTimeout } = globalThis;
  const early = (then: () => void, millis: number) => setTimeout(then, millis > 10 && millis < 1_000 ? millis - 10 : millis);
  globalThis.setTimeout = early as typeof setTimeout;
  context.after(() => (globalThis.setTimeout = setTimeout));
  void client.command("wallet.deposit", EUR, { id: "c-1" }).catch(() => {});
  await peer.next("command");

  peer.send({ op: "error", re: "c-1", code: "busy", message: "", retryable: true, retryAfterMillis: 50 });

  assert.equal((await peer.next("command"))["id"], "c-1");
});

test("one whose effect is open is sent again, whatever else the error says", async () => {
  const { client, peer } = await online();
  void client.command("wallet.deposit", EUR, { id: "c-1" }).catch(() => {});
  await peer.next("command");

  peer.send({ op: "error", re: "c-1", code: "unavailable", message: "", retryable: false });

  assert.equal((await peer.next("command"))["id"], "c-1");
});

test("one that the server will never take is an error with the server's code", async () => {
  const { client, peer } = await online();
  const decision = client.command("wallet.dance", EUR);
  const { id } = await peer.next("command");

  peer.send({ op: "error", re: id, code: "unknown-type", message: "wallet.dance", retryable: false });

  await assert.rejects(decision, new RejectedError("unknown-type", "wallet.dance"));
  assert.deepEqual(client.undecided, []);
});

test("the same id asked again is the same command", async () => {
  const { client, peer } = await online();
  const first = client.command("wallet.deposit", EUR, { id: "c-1" });
  const second = client.command("wallet.deposit", EUR, { id: "c-1" });

  await peer.next("command");
  peer.event(1, "c-1");

  assert.deepEqual(await second, await first);
  assert.equal(peer.waiting, 0);
});

test("the same id for something else is refused", async () => {
  const { client } = await online();
  void client.command("wallet.deposit", EUR, { id: "c-1" }).catch(() => {});

  await assert.rejects(client.command("wallet.withdraw", EUR, { id: "c-1" }), new IdTakenError("c-1"));
  await assert.rejects(client.command("wallet.deposit", { ...EUR, amount: 1 }, { id: "c-1" }), IdTakenError);
});

test("when as much is undecided as may be, the next is not taken", async () => {
  const { client, peer } = await online({ maxUndecided: 2 });
  const first = client.command("wallet.deposit", EUR, { id: "c-1" });
  void client.command("wallet.deposit", EUR, { id: "c-2" }).catch(() => {});

  await assert.rejects(client.command("wallet.deposit", EUR), new QueueFullError("commands", 2));

  peer.event(1, "c-1");
  await first;
  void client.command("wallet.deposit", EUR, { id: "c-3" }).catch(() => {});
  for (const id of ["c-1", "c-2", "c-3"]) {
    assert.equal((await peer.next("command"))["id"], id);
  }
});

test("a frame that would end the connection is not sent", async () => {
  const { client, peer } = await online();

  await assert.rejects(client.command("wallet.note", { text: "x".repeat(16_384) }), TooLargeError);
  await assert.rejects(client.query("wallet.note", { text: "ä".repeat(8_192) }), TooLargeError);

  void client.command("wallet.deposit", EUR, { id: "c-1" }).catch(() => {});
  assert.equal((await peer.next("command"))["id"], "c-1");
});

test("data is as it was when it was asked for", async () => {
  const client = clientWith();
  const data = { amount: 1 };
  void client.command("wallet.deposit", data).catch(() => {});

  data.amount = 2;
  void client.connect();
  const peer = await gateway.next();
  await peer.welcome();

  assert.deepEqual((await peer.next("command"))["data"], { amount: 1 });
});

test("nothing is sent before it is kept", async () => {
  const store = new MemoryStore();
  let keep!: () => void;
  const kept = new Promise<void>((resolve) => (keep = resolve));
  const { client, peer } = await online({
    store: { load: store.load.bind(store), remove: store.remove.bind(store), add: () => kept },
  });
  void client.command("wallet.deposit", EUR, { id: "c-1" }).catch(() => {});
  const answer = client.query("wallet.balance", {});
  peer.send({ op: "answer", re: (await peer.next("query"))["id"], outcome: "done", data: {} });
  await answer;
  assert.equal(peer.waiting, 0);

  keep();

  assert.equal((await peer.next("command"))["id"], "c-1");
});

test("what cannot be kept is not sent, and holds up nothing", async () => {
  const full = new Error("quota");
  const store = new MemoryStore();
  let refuse!: (why: Error) => void;
  const refused = new Promise<void>((_, reject) => (refuse = reject));
  const { client, peer } = await online({
    store: {
      load: store.load.bind(store),
      remove: store.remove.bind(store),
      add: async (_, { id }) => (id === "c-1" ? refused : undefined),
    },
  });

  const first = client.command("wallet.deposit", EUR, { id: "c-1" });
  void client.command("wallet.deposit", EUR, { id: "c-2" }).catch(() => {});
  await new Promise(setImmediate);
  refuse(full);

  await assert.rejects(first, new StoreError("c-1", full));
  assert.equal((await peer.next("command"))["id"], "c-2");
});

test("what one client leaves undecided the next sends first, and tells of", async () => {
  const store = new MemoryStore();
  const { client, peer } = await online({ store });
  const left = client.command("wallet.deposit", EUR, { id: "c-1" });
  await peer.next("command");
  client.close();
  await assert.rejects(left, StoppedError);

  const next = clientWith({ store });
  const recovered = told(next, "recovered");
  const events = told(next, "event");
  void next.command("wallet.deposit", EUR, { id: "c-2" }).catch(() => {});
  void next.connect();
  const second = await gateway.next();
  await second.welcome();

  assert.equal((await second.next("command"))["id"], "c-1");
  assert.equal((await second.next("command"))["id"], "c-2");
  second.event(1, "c-1", { repeat: true });
  assert.deepEqual(recovered.flat().map(({ id, type, data }) => ({ id, type, data })), [
    { id: "c-1", type: "wallet.deposit", data: EUR },
  ]);
  assert.equal((await recovered[0]![0]!.decision).outcome, "done");
  assert.deepEqual(events.map(({ re }) => re), ["c-1"]);
});

test("what is decided is not left to the next client", async () => {
  const store = new MemoryStore();
  const { client, peer } = await online({ store });
  const decision = client.command("wallet.deposit", EUR, { id: "c-1" });
  await peer.next("command");
  assert.deepEqual((await store.load("p-7")).map(({ id }) => id), ["c-1"]);

  peer.event(1, "c-1");
  await decision;

  assert.deepEqual(await store.load("p-7"), []);
});

test("nothing is sent when it cannot be known what was left", async () => {
  const lost = new Error("lost");
  const store = new MemoryStore();
  const client = clientWith({
    store: { add: store.add.bind(store), remove: store.remove.bind(store), load: () => Promise.reject(lost) },
  });

  await assert.rejects(client.connect(), new StoreError("of earlier clients", lost));

  assert.equal(client.state.name, "idle");
  assert.equal(gateway.waiting, 0);
});

test("a query is answered, and asked again over a new connection", async () => {
  const { client, peer } = await online();
  const answer = client.query("wallet.statement", { limit: 2 });
  const first = await peer.next("query");

  peer.drop();
  const second = await gateway.next();
  await second.welcome();
  const again = await second.next("query");
  second.send({ op: "answer", re: again["id"], outcome: "done", data: { transfers: [] } });

  assert.deepEqual(again, first);
  assert.deepEqual(await answer, { outcome: "done", data: { transfers: [] } });
});

test("a query that the server sends back holds up no command", async () => {
  const { client, peer } = await online();
  void client.query("wallet.balance", {}).catch(() => {});
  const { id } = await peer.next("query");
  peer.send({ op: "error", re: id, code: "rate-limited", message: "", retryable: true, retryAfterMillis: 60_000 });
  const pong = client.ping();
  peer.send({ op: "pong", at: (await peer.next("ping"))["at"] });
  await pong;

  void client.command("wallet.deposit", EUR, { id: "c-1" }).catch(() => {});

  assert.equal((await peer.next("command"))["id"], "c-1");
});

test("what cannot be asked any more says so", async () => {
  const { client } = await online();

  client.close();

  await assert.rejects(client.command("wallet.deposit", EUR), StoppedError);
  await assert.rejects(client.query("wallet.balance", {}), StoppedError);
  await assert.rejects(client.join("open:lobby"), StoppedError);
  await assert.rejects(client.connect(), StoppedError);
});

test("an id that the protocol does not know is not sent", async () => {
  const { client } = await online();

  await assert.rejects(client.command("wallet.deposit", EUR, { id: "c 1" }), RangeError);
});
