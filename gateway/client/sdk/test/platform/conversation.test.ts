import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { type ClientOptions, MemoryStore, RejectedError, type RookeryClient, StoppedError } from "../../src/index.js";
import { until } from "../support/clients.js";
import { clientOf, gateways, newPlayer, transfers } from "./platform.js";

async function online(context: TestContext, player = newPlayer(), options: Partial<ClientOptions> = {}): Promise<RookeryClient> {
  const client = clientOf(player, options);
  context.after(() => client.close());
  await client.connect();
  return client;
}

const EUR = { amount: 1_000, currency: "EUR" };

test("a deposit is made durable, decided, and seen by the next query", async (context) => {
  const client = await online(context);
  let accepted = 0;

  const deposit = await client.command("wallet.deposit", EUR, { accepted: () => accepted++ });

  assert.equal(deposit.outcome, "done");
  assert.equal(deposit.type, "wallet.deposited");
  assert.equal(accepted, 1);
  assert.deepEqual(await transfers(client), [1_000]);
});

test("what the rules forbid is refused, and what the schema forbids is rejected", async (context) => {
  const client = await online(context);

  const withdrawal = await client.command("wallet.withdraw", EUR);

  assert.equal(withdrawal.outcome, "refused");
  assert.equal(withdrawal.outcome === "refused" && withdrawal.data.code, "insufficient-funds");
  await assert.rejects(
    client.command("wallet.deposit", { amount: -1, currency: "EUR" }),
    (error) => error instanceof RejectedError && error.code === "invalid-data",
  );
});

test("an id that was used for something else is refused for ever", async (context) => {
  const client = await online(context);
  await client.command("wallet.deposit", EUR, { id: "c-1" });

  await assert.rejects(
    client.command("wallet.deposit", { ...EUR, amount: 1 }, { id: "c-1" }),
    (error) => error instanceof RejectedError && error.code === "id-reused",
  );
  const again = await client.command("wallet.deposit", EUR, { id: "c-1" });

  assert.equal(again.outcome, "done");
  assert.deepEqual(await transfers(client), [1_000]);
});

test("players meet in a room, whichever gateway holds them", async (context) => {
  const [one, other] = [
    await online(context, newPlayer(), { url: gateways[0]! }),
    await online(context, newPlayer(), { url: gateways[1]! }),
  ];
  const room = await one.join("open:sdk");
  const casts: unknown[] = [];
  room.on("cast", (cast) => casts.push(cast));

  const theirs = await other.join("open:sdk");
  await until(() => room.members.has(other.player));
  theirs.cast({ say: "hello" });
  await until(() => casts.length === 1);
  theirs.leave();
  await until(() => !room.members.has(other.player));

  assert.deepEqual(casts, [{ from: other.player, data: { say: "hello" } }]);
});

test("a room that needs a grant is forbidden without", async (context) => {
  const client = await online(context);

  await assert.rejects(client.join("match:9"), (error) => error instanceof RejectedError && error.code === "forbidden");
});

test("a newer session takes the place of an older one", async (context) => {
  const player = newPlayer();
  const older = await online(context, player);

  const newer = await online(context, player);

  await until(() => older.state.name === "stopped");
  assert.equal(older.state.name === "stopped" && older.state.closing.code, 4205);
  assert.equal((await newer.command("wallet.deposit", EUR)).outcome, "done");
});

test("a bad token is sent away", async () => {
  const client = clientOf(newPlayer(), { token: () => "none" });

  await assert.rejects(client.connect(), (error) => error instanceof StoppedError && error.closing.code === 4200);
});

test("a page that is closed in the middle leaves its command to the next", async (context) => {
  const player = newPlayer();
  const store = new MemoryStore();
  const page = await online(context, player, { store });
  const left = page.command("wallet.deposit", EUR, { id: "c-1", accepted: () => page.close() });
  await assert.rejects(left, StoppedError);

  const next = clientOf(player, { store });
  context.after(() => next.close());
  const outcomes: string[] = [];
  next.on("recovered", (commands) => {
    commands.forEach(({ decision }) => void decision.then(({ outcome }) => outcomes.push(outcome)));
  });
  await next.connect();
  await until(() => outcomes.length === 1);

  assert.deepEqual(outcomes, ["done"]);
  assert.deepEqual(await transfers(next), [1_000]);
  assert.deepEqual(next.undecided, []);
});

test("the round trip to the gateway is measured", async (context) => {
  const client = await online(context);

  assert.ok((await client.ping()) > 0);
});
