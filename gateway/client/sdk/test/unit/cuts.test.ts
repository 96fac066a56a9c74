import assert from "node:assert/strict";
import { test } from "node:test";
import { IDBFactory } from "fake-indexeddb";
import { WebSocket } from "ws";
import { IndexedDbStore, RookeryClient } from "../../src/index.js";
import { AT_A_TIME, COMMANDS, Conversation, OF_COMMANDS, OF_CONNECTIONS, Plan } from "../support/conversation.js";
import { cuttingSockets, seeded } from "../support/cutting.js";
import { SimulatedPlatform } from "../support/simulated-platform.js";

const BOUND_MILLIS = 60_000;

const given = process.env["ROOKERY_SEED"];
const seeds = given === undefined ? [1, 2, 3, 4] : [Number(given)];

for (const seed of seeds) {
  test(`200 commands, cut at every step, have 200 effects (seed ${seed})`, { timeout: BOUND_MILLIS }, async (context) => {
    const random = seeded(seed);
    const platform = await SimulatedPlatform.start(random);
    const plan = new Plan(random);
    const browser = new IDBFactory();
    const conversation = new Conversation(
      () =>
        new RookeryClient({
          url: platform.url,
          player: "p-7",
          token: () => "token",
          store: new IndexedDbStore(browser),
          WebSocket: cuttingSockets(plan.shears),
          backoff: { firstMillis: 1, longestMillis: 5 },
          window: AT_A_TIME,
          random,
        }),
    );
    context.after(async () => {
      conversation.client.close();
      await platform.stop();
    });

    await conversation.play(random, BOUND_MILLIS);

    context.diagnostic(`${plan.total} cuts: ${plan}; ${conversation.pages} pages`);
    assert.deepEqual(platform.effects, Array.from({ length: COMMANDS }, (_, n) => n + 1));
    assert.deepEqual([...conversation.decided.values()].map(({ outcome }) => outcome), Array(COMMANDS).fill("done"));
    assert.deepEqual(conversation.violations, []);
    assert.deepEqual(OF_COMMANDS.filter((step) => !plan.cuts.has(step)), []);
    // Which of them is left to chance.
    assert.ok(OF_CONNECTIONS.some((step) => plan.cuts.has(step)));
  });
}

test("without cuts there is nothing to see, and the conversation is as good", { timeout: BOUND_MILLIS }, async (context) => {
  const platform = await SimulatedPlatform.start(seeded(1));
  const browser = new IDBFactory();
  const conversation = new Conversation(
    () =>
      new RookeryClient({
        url: platform.url,
        player: "p-7",
        token: () => "token",
        store: new IndexedDbStore(browser),
        WebSocket,
        backoff: { firstMillis: 1, longestMillis: 5 },
      }),
  );
  context.after(async () => {
    conversation.client.close();
    await platform.stop();
  });

  await conversation.play(seeded(2), BOUND_MILLIS);

  assert.deepEqual(platform.effects, Array.from({ length: COMMANDS }, (_, n) => n + 1));
});
