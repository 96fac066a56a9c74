import assert from "node:assert/strict";
import { test } from "node:test";
import { WebSocket } from "ws";
import { MemoryStore, RookeryClient, type WebSocketConstructor } from "../../src/index.js";

// What is asserted here is asserted by the compiler: a line that is expected to be wrong and is not stops the build.

const client = new RookeryClient({
  url: "http://127.0.0.1:1",
  player: "p-7",
  token: () => "",
  store: new MemoryStore(),
  WebSocket,
});
client.close();

/** Both are taken for one. */
export const constructors: readonly WebSocketConstructor[] = [WebSocket, globalThis.WebSocket];

test("commands are checked by the compiler", async () => {
  const rejected = [
    client.command("wallet.deposit", { amount: 1_000, currency: "EUR" }),
    client.command("wallet.set-limit", { kind: "deposit", period: "day", currency: "EUR" }),
    client.command("wallet.exclude", {}),
    // @ts-expect-error: no such type
    client.command("wallet.dance", {}),
    // @ts-expect-error: a query is no command
    client.command("wallet.balance", {}),
    // @ts-expect-error: the currency is missing
    client.command("wallet.deposit", { amount: 1_000 }),
    // @ts-expect-error: an amount is a number
    client.command("wallet.deposit", { amount: "1000", currency: "EUR" }),
    // @ts-expect-error: there is no such field
    client.command("wallet.deposit", { amount: 1_000, currency: "EUR", bonus: 1 }),
    // @ts-expect-error: one of a few
    client.command("wallet.set-limit", { kind: "sleep", period: "day", currency: "EUR" }),
  ];

  assert.equal((await Promise.allSettled(rejected)).length, 9);
});

test("queries are checked by the compiler", async () => {
  const rejected = [
    client.query("wallet.statement", { limit: 20 }),
    client.query("wallet.balance", {}),
    // @ts-expect-error: a command is no query
    client.query("wallet.deposit", { amount: 1_000, currency: "EUR" }),
    // @ts-expect-error: how many is missing
    client.query("wallet.statement", {}),
    // @ts-expect-error: there is nothing to say
    client.query("wallet.balance", { currency: "EUR" }),
  ];

  assert.equal((await Promise.allSettled(rejected)).length, 5);
});

test("what is told is known to the compiler", () => {
  const readers: readonly unknown[] = [
    async (): Promise<number | undefined> => {
      const deposit = await client.command("wallet.deposit", { amount: 1_000, currency: "EUR" });
      return deposit.outcome === "done" ? deposit.data.balance : undefined;
    },
    async (): Promise<number | undefined> => {
      const deposit = await client.command("wallet.deposit", { amount: 1_000, currency: "EUR" });
      // @ts-expect-error: one that was refused has no balance
      return deposit.data.balance;
    },
    async (): Promise<string | undefined> => {
      const bet = await client.command("rounds.bet", { game: "dice", terms: {}, stake: 1, currency: "EUR" });
      return bet.outcome === "done" && bet.type === "rounds.settled" ? bet.data.state : undefined;
    },
    async (): Promise<number | undefined> => {
      const answer = await client.query("wallet.balance", {});
      return answer.outcome === "done" ? answer.data.balances[0]?.held : undefined;
    },
    () =>
      client.on("event", (event) => {
        if (event.outcome === "done" && event.type === "rounds.seed-used") {
          const seed: string | undefined = event.data.shown?.serverSeed;
          console.log(seed);
        }
      }),
  ];

  assert.equal(readers.length, 5);
});
