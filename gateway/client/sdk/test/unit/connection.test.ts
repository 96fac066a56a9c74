import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { MemoryStore, NotConnectedError, StoppedError } from "../../src/index.js";
import { clientOf, told, until } from "../support/clients.js";
import { Gateway } from "../support/gateway.js";

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

function clientWith(options: Parameters<typeof clientOf>[1] = {}) {
  const client = clientOf(gateway, options);
  open.push(client);
  return client;
}

async function online(options: Parameters<typeof clientOf>[1] = {}, fields = {}) {
  const client = clientWith(options);
  const connected = client.connect();
  const peer = await gateway.next();
  await peer.welcome(fields);
  await connected;
  return { client, peer };
}

function jwt(claims: object): string {
  return `h.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.s`;
}

test("the hello brings the token, and asks for nothing at first", async () => {
  const client = clientWith({ token: async (player) => `token of ${player}` });
  void client.connect();

  const hello = await (await gateway.next()).next("hello");

  assert.equal(hello["token"], "token of p-7");
  assert.equal("resume" in hello, false);
});

test("the next hello asks to go on from what was seen", async () => {
  const { client, peer } = await online({}, { epoch: "e5", seq: 40 });
  const events = told(client, "event");
  peer.event(41);
  await until(() => events.length === 1);

  peer.close(4001);

  const hello = await (await gateway.next()).next("hello");
  assert.deepEqual(hello["resume"], { epoch: "e5", seq: 41 });
});

test("a client tells what it is doing", async () => {
  const client = clientWith();
  const states = told(client, "state");
  void client.connect();
  await (await gateway.next()).welcome();
  await until(() => client.state.name === "online");
  await gateway.stop();
  await until(() => states.at(-1)?.name === "connecting");

  client.close();

  assert.deepEqual(
    states.slice(0, 4).map(({ name }) => name),
    ["connecting", "online", "offline", "connecting"],
  );
  assert.deepEqual(states.at(-1), { name: "stopped", closing: { code: 1000, reason: "closed" } });
  gateway = await Gateway.start();
});

test("a server that is not there is tried until it is", async () => {
  const port = gateway.port;
  await gateway.stop();
  const client = clientWith();
  const states = told(client, "state");
  const connected = client.connect();
  await until(() => states.filter(({ name }) => name === "offline").length >= 3);

  gateway = await Gateway.start(port);
  await (await gateway.next()).welcome();

  await connected;
});

test("a server that welcomes everybody and falls over is not run down: attempts are counted on", async () => {
  const client = clientWith();
  const states = told(client, "state");
  void client.connect();

  for (let fall = 0; fall < 3; fall++) {
    const peer = await gateway.next();
    await peer.welcome();
    peer.drop();
  }
  await gateway.next();

  const attempts = states.flatMap((state) => (state.name === "connecting" ? [state.attempt] : []));
  assert.deepEqual(attempts.slice(0, 4), [0, 1, 2, 3]);
});

test("several gateways are tried in turn", async () => {
  const other = await Gateway.start();
  const client = clientWith({ url: [gateway.url, other.url] });
  void client.connect();
  const peer = await gateway.next();
  await peer.welcome();

  peer.drop();

  await (await other.next()).welcome();
  await other.stop();
  await (await gateway.next()).next("hello");
});

test("who is not welcome in time tries again", async () => {
  const client = clientWith({ connectTimeoutMillis: 50 });
  void client.connect();

  await (await gateway.next()).next("hello");

  await (await gateway.next()).welcome();
});

test("a token that does not come is a connection that does not come", async () => {
  const tokens = [() => Promise.reject(new Error("401")), () => new Promise<string>(() => {}), () => "good"];
  const client = clientWith({ token: () => tokens.shift()!(), connectTimeoutMillis: 50 });
  const states = told(client, "state");
  void client.connect();

  const hello = await (await gateway.next()).next("hello");

  assert.equal(hello["token"], "good");
  assert.deepEqual(
    states.flatMap((state) => (state.name === "offline" ? [state.closing.reason] : [])),
    ["no token: Error: 401", "no connection in time"],
  );
});

test("an expired token is replaced, a lost connection keeps it", async () => {
  let asked = 0;
  const client = clientWith({ token: () => `token ${++asked}` });
  void client.connect();
  const first = await gateway.next();
  await first.welcome();

  first.close(4003);
  const second = await gateway.next();
  assert.equal((await second.welcome())["token"], "token 1");
  second.close(4101);

  assert.equal((await (await gateway.next()).next("hello"))["token"], "token 2");
});

test("a token is replaced on the connection that is there, before it ends", async () => {
  const now = Math.floor(Date.now() / 1000);
  const given = [jwt({ iat: now, exp: now + 1 }), jwt({ iat: now, exp: now + 3_600 })];
  const [, renewed] = given;
  const { peer } = await online({ token: () => given.shift()! });

  assert.deepEqual(await peer.next("refresh"), { op: "refresh", token: renewed });
});

test("a new token that seems to have ended is not asked for again at once", async () => {
  let asked = 0;
  const ended = jwt({ exp: Math.floor(Date.now() / 1000) - 600 });
  const { client, peer } = await online({ token: () => (asked++, ended) });
  const events = told(client, "event");
  await peer.next("refresh");
  const renewed = asked;

  for (let seq = 1; seq <= 20; seq++) {
    peer.event(seq);
    await until(() => events.length === seq);
  }

  assert.equal(asked, renewed);
});

test("who is closed while its store is read leaves nothing behind", async () => {
  const listeners = new Set<string>();
  let load = (_: []): void => {};
  const store = new MemoryStore();
  store.load = () => new Promise((resolve) => (load = resolve));
  Object.assign(globalThis, {
    addEventListener: (name: string) => listeners.add(name),
    removeEventListener: (name: string) => listeners.delete(name),
  });
  try {
    const client = clientWith({ store });
    const connected = client.connect();

    client.close();
    load([]);

    await assert.rejects(connected, StoppedError);
    // What was to follow the reading has followed.
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual([...listeners], []);
  } finally {
    Reflect.deleteProperty(globalThis, "addEventListener");
    Reflect.deleteProperty(globalThis, "removeEventListener");
  }
});

test("whoever is sent away stays away, and everybody who waits is told", async () => {
  const { client, peer } = await online();
  const decision = client.command("wallet.deposit", {});
  const answer = client.query("wallet.balance", {});

  peer.close(4205);

  await assert.rejects(decision, StoppedError);
  await assert.rejects(answer, (error) => error instanceof StoppedError && error.closing.code === 4205);
  assert.equal(client.state.name, "stopped");
});

test("who is sent away before the first welcome is told by connect", async () => {
  const client = clientWith();
  const connected = client.connect();

  (await gateway.next()).close(4200);

  await assert.rejects(connected, (error) => error instanceof StoppedError && error.closing.code === 4200);
});

test("a token of somebody else gets nothing sent", async () => {
  const client = clientWith();
  void client.command("wallet.deposit", {}).catch(() => {});
  const connected = client.connect();
  const peer = await gateway.next();

  await peer.welcome({ player: "p-9" });

  await assert.rejects(connected, { message: "stopped: 1000 the token is of player p-9 (expected: p-7)" });
  await peer.closed;
  assert.equal(peer.waiting, 0);
});

test("when the server drains the next connection is there before the old one goes", async () => {
  const { client, peer } = await online();
  const states = told(client, "state");
  const decision = client.command("wallet.deposit", {}, { id: "c-1" });
  await peer.next("command");

  peer.send({ op: "drain", reconnectInMillis: 1 });
  const second = await gateway.next();
  await second.next("hello");
  // What the old one still says comes again over the new one.
  peer.event(1, "c-1");
  second.send({
    op: "welcome", player: "p-7", session: "s-2", epoch: "e1", seq: 1, resumed: true, heartbeatMillis: 15_000,
    limits: { frameBytes: 16_384, commandsPerSecond: 50, pending: 32, rooms: 100 },
  });
  await second.next("command");
  second.event(1, "c-1");

  await decision;
  assert.equal(await peer.closed, 1000);
  assert.deepEqual(states.map(({ name }) => name), ["online"]);
});

test("while the server drains it still answers, and is asked nothing new", async () => {
  const { client, peer } = await online();
  const first = client.command("wallet.deposit", {}, { id: "c-1" });
  await peer.next("command");
  peer.send({ op: "drain", reconnectInMillis: 60_000 });
  const events = told(client, "event");
  peer.event(1, "c-1");
  await first;

  void client.command("wallet.deposit", {}, { id: "c-2" }).catch(() => {});
  peer.event(2);
  await until(() => events.length === 2);
  assert.equal(peer.waiting, 0);
  peer.close(4000);

  const second = await gateway.next();
  await second.welcome();
  assert.equal((await second.next("command"))["id"], "c-2");
});

test("a gap in the stream is told, and closed by resuming from before it", async () => {
  const { client, peer } = await online();
  const violations = told(client, "violated");
  const events = told(client, "event");
  peer.event(1);
  peer.event(3);

  const second = await gateway.next();
  const hello = await second.welcome();
  second.event(2);
  second.event(3);
  await until(() => events.length === 3);

  assert.deepEqual(hello["resume"], { epoch: "e1", seq: 1 });
  assert.deepEqual(events.map(({ seq }) => seq), [1, 2, 3]);
  assert.deepEqual(violations, ['seq: 3 (expected: the one after {"epoch":"e1","seq":1})']);
});

test("an event that comes twice is told once", async () => {
  const { client, peer } = await online();
  const events = told(client, "event");

  peer.event(1);
  peer.event(1);
  peer.event(2);
  await until(() => events.length === 2);

  assert.deepEqual(events.map(({ seq }) => seq), [1, 2]);
});

test("whether state has to be read anew is told", async () => {
  const { client, peer } = await online();
  const states = told(client, "state");
  peer.drop();
  const second = await gateway.next();
  await second.welcome();
  await until(() => client.state.name === "online");
  second.drop();

  await (await gateway.next()).welcome({ epoch: "e2", seq: 9, resumed: false });
  await until(() => states.filter(({ name }) => name === "online").length === 2);

  assert.deepEqual(states.flatMap((state) => (state.name === "online" ? [state.resumed] : [])), [true, false]);
  assert.deepEqual(client.position, { epoch: "e2", seq: 9 });
});

test("a server that answers no ping is taken for gone", async () => {
  const { client, peer } = await online({}, { heartbeatMillis: 40 });
  const states = told(client, "state");

  peer.freeze();

  await (await gateway.next()).welcome();
  assert.deepEqual(states[0], {
    name: "offline",
    closing: { code: 1006, reason: "the server is silent" },
    retryInMillis: states[0]?.name === "offline" ? states[0].retryInMillis : 0,
  });
});

test("one that answers is not, however little it has to say", async () => {
  const { client, peer } = await online({}, { heartbeatMillis: 40 });

  for (let round = 0; round < 4; round++) {
    peer.send({ op: "pong", at: (await peer.next("ping"))["at"] });
  }

  assert.equal(client.state.name, "online");
});

test("what is no frame is told, and lived with", async () => {
  const { client, peer } = await online();
  const violations = told(client, "violated");
  const events = told(client, "event");

  peer.sendText("{");
  peer.send({ op: "dance" });
  peer.send({ op: "welcome", player: "p-7", session: "s", epoch: "e", seq: 1, resumed: true, heartbeatMillis: 1, limits: {} });
  peer.event(1);
  await until(() => events.length === 1);

  assert.equal(violations.length, 2);
  assert.match(violations[0]!, /^SyntaxError/);
  assert.match(violations[1]!, /^frame out of place: /);
});

test("a round trip is measured, and lost with its connection", async () => {
  const { client, peer } = await online();
  const millis = client.ping();
  peer.send({ op: "pong", at: (await peer.next("ping"))["at"] });
  assert.ok((await millis) >= 0);

  const lost = client.ping();
  await peer.next("ping");
  peer.drop();

  await assert.rejects(lost, NotConnectedError);
});

test("a round trip over a connection that was left is lost too", async () => {
  const { client, peer } = await online();
  const lost = client.ping();
  await peer.next("ping");

  peer.send({ op: "drain", reconnectInMillis: 1 });
  await (await gateway.next()).welcome();

  await assert.rejects(lost, NotConnectedError);
});

test("an error that nobody waits for is told", async () => {
  const { client, peer } = await online();
  const rejected = told(client, "rejected");

  peer.send({ op: "error", code: "rate-limited", message: "casts", retryable: true, retryAfterMillis: 9 });
  await until(() => rejected.length === 1);

  assert.deepEqual(rejected, [{ code: "rate-limited", message: "casts" }]);
});

test("who is told no more is told no more", async () => {
  const { client, peer } = await online();
  const events: number[] = [];
  const stop = client.on("event", ({ seq }) => events.push(seq));
  const all = told(client, "event");
  peer.event(1);
  await until(() => all.length === 1);

  stop();
  peer.event(2);
  await until(() => all.length === 2);

  assert.deepEqual(events, [1]);
});

test("a listener that throws keeps nobody from being told", async (context) => {
  const { client, peer } = await online();
  const uncaught: unknown[] = [];
  const handlers = process.listeners("uncaughtException");
  process.removeAllListeners("uncaughtException");
  process.once("uncaughtException", (error) => uncaught.push(error));
  context.after(() => handlers.forEach((handler) => process.on("uncaughtException", handler)));
  client.on("event", () => {
    throw new Error("a defect of the page");
  });
  const events = told(client, "event");

  peer.event(1);
  await until(() => events.length === 1 && uncaught.length === 1);

  assert.equal(client.state.name, "online");
});

test("closed before it is connected, it connects no more", async () => {
  const client = clientWith();
  const connected = client.connect();

  client.close();

  await assert.rejects(connected, StoppedError);
  assert.equal(gateway.waiting, 0);
});
