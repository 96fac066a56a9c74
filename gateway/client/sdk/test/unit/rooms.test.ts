import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { QueueFullError, RejectedError, TooLargeError } from "../../src/index.js";
import { clientOf, toldIn, until } from "../support/clients.js";
import { Gateway, type Peer } from "../support/gateway.js";

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

async function online(options: Parameters<typeof clientOf>[1] = {}) {
  const client = clientOf(gateway, options);
  open.push(client);
  const connected = client.connect();
  const peer = await gateway.next();
  await peer.welcome();
  await connected;
  return { client, peer };
}

async function answerJoin(peer: Peer, fields = {}) {
  const join = await peer.next("join");
  peer.send({ op: "joined", re: join["id"], room: join["room"], members: ["p-7"], epoch: "e9", seq: 7, resumed: false, ...fields });
  return join;
}

async function inLobby() {
  const { client, peer } = await online();
  const entering = client.join("open:lobby");
  await answerJoin(peer);
  return { client, peer, room: await entering };
}

const roomEvent = (seq: number) => ({
  op: "event", room: "open:lobby", epoch: "e9", seq, id: `n-${seq}`, type: "match.moved", time: "", data: {},
});

test("who joins is told who is there, and who comes and goes", async () => {
  const { peer, room } = await inLobby();
  const changes = toldIn(room, "presence");
  assert.deepEqual([...room.members], ["p-7"]);

  peer.send({ op: "presence", room: "open:lobby", joined: ["p-9", "p-8"], left: [] });
  peer.send({ op: "presence", room: "open:lobby", joined: [], left: ["p-9"] });
  await until(() => changes.length === 2);

  assert.deepEqual([...room.members], ["p-7", "p-8"]);
});

test("a cast goes to the room, and comes from others", async () => {
  const { peer, room } = await inLobby();
  const casts = toldIn(room, "cast");

  assert.equal(room.cast({ say: "hello" }), true);
  assert.deepEqual(await peer.next("cast"), { op: "cast", room: "open:lobby", data: { say: "hello" } });
  peer.send({ op: "cast", room: "open:lobby", from: "p-9", data: { say: "hi" } });
  await until(() => casts.length === 1);

  assert.deepEqual(casts, [{ from: "p-9", data: { say: "hi" } }]);
});

test("without a connection nothing is cast, and nothing is kept of it", async () => {
  const { peer, room } = await inLobby();
  peer.drop();
  const second = await gateway.next();

  assert.equal(room.cast("lost"), false);

  await second.welcome();
  await answerJoin(second);
  assert.equal(second.waiting, 0);
});

test("a cast that would end the connection is not sent", async () => {
  const { room } = await inLobby();

  assert.throws(() => room.cast("x".repeat(16_384)), TooLargeError);
});

test("a room is joined again over a new connection, from where its stream was", async () => {
  const { peer, room } = await inLobby();
  const events = toldIn(room, "event");
  const rejoined = toldIn(room, "rejoined");
  peer.send(roomEvent(8));
  await until(() => events.length === 1);

  peer.drop();
  const second = await gateway.next();
  await second.welcome();
  const join = await answerJoin(second, { seq: 9, resumed: true, members: ["p-7", "p-9"] });
  second.send(roomEvent(8));
  second.send(roomEvent(9));
  await until(() => events.length === 2);

  assert.deepEqual(join["since"], { epoch: "e9", seq: 8 });
  assert.deepEqual(events.map(({ seq }) => seq), [8, 9]);
  assert.deepEqual(rejoined, [{ resumed: true }]);
  assert.deepEqual([...room.members], ["p-7", "p-9"]);
});

test("a room's stream that cannot be resumed goes on from where it is", async () => {
  const { peer, room } = await inLobby();
  const rejoined = toldIn(room, "rejoined");

  peer.drop();
  const second = await gateway.next();
  await second.welcome();
  await answerJoin(second, { epoch: "e10", seq: 3 });
  await until(() => rejoined.length === 1);

  assert.deepEqual(rejoined, [{ resumed: false }]);
  assert.deepEqual(room.position, { epoch: "e10", seq: 3 });
});

test("a gap in a room's stream is closed by resuming from before it", async () => {
  const { peer } = await inLobby();
  peer.send(roomEvent(9));

  const second = await gateway.next();
  await second.welcome();

  assert.deepEqual((await second.next("join"))["since"], { epoch: "e9", seq: 7 });
});

test("who may not enter is told why", async () => {
  const { client, peer } = await online();
  const entering = client.join("match:9");

  const { id } = await peer.next("join");
  peer.send({ op: "error", re: id, code: "forbidden", message: "no grant", retryable: false });

  await assert.rejects(entering, new RejectedError("forbidden", "no grant"));
});

test("who may not enter yet tries again", async () => {
  const { client, peer } = await online();
  const entering = client.join("open:lobby");

  const { id } = await peer.next("join");
  peer.send({ op: "error", re: id, code: "busy", message: "full", retryable: true, retryAfterMillis: 1 });
  await answerJoin(peer);

  assert.equal((await entering).name, "open:lobby");
});

test("who is put out is told, and does not come back", async () => {
  const { peer, room } = await inLobby();
  const left = toldIn(room, "left");
  peer.send({ op: "left", room: "open:lobby" });
  await until(() => left.length === 1);
  assert.deepEqual(left, [{ code: "revoked" }]);

  peer.drop();
  const second = await gateway.next();
  await second.welcome();
  second.event(1);

  assert.equal(room.cast("anybody?"), false);
  assert.equal(second.waiting, 0);
});

test("a room that is left is not joined again", async () => {
  const { client, peer, room } = await inLobby();

  room.leave();
  assert.equal((await peer.next("leave"))["room"], "open:lobby");
  peer.drop();
  const second = await gateway.next();
  await second.welcome();
  void client.query("wallet.balance", {}).catch(() => {});

  await second.next("query");
});

test("whoever leaves and comes back is not answered by what was said before", async () => {
  const { client, peer, room } = await inLobby();
  room.leave();
  await peer.next("leave");
  const entering = client.join("open:lobby");

  peer.send({ op: "left", re: "r-2", room: "open:lobby" });
  await answerJoin(peer, { members: ["p-7", "p-9"] });

  assert.deepEqual([...(await entering).members], ["p-7", "p-9"]);
});

test("the same room is joined once", async () => {
  const { client, peer } = await online();
  const entering = [client.join("open:lobby"), client.join("open:lobby")];

  await answerJoin(peer);

  const [one, other] = await Promise.all(entering);
  assert.equal(one, other);
  assert.equal(peer.waiting, 0);
});

test("there are no more rooms than may be", async () => {
  const { client } = await online({ maxRooms: 1 });
  void client.join("open:lobby").catch(() => {});

  await assert.rejects(client.join("open:bar"), new QueueFullError("rooms", 1));
});
