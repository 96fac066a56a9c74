import assert from "node:assert/strict";
import { test } from "node:test";
import { IDBFactory } from "fake-indexeddb";
import { IndexedDbStore } from "../../src/index.js";
import { AT_A_TIME, COMMANDS, Conversation, OF_COMMANDS, Plan } from "../support/conversation.js";
import { cuttingSockets, seeded } from "../support/cutting.js";
import { clientOf, newPlayer, transfers } from "./platform.js";

const BOUND_MILLIS = 240_000;

const seed = Number(process.env["ROOKERY_SEED"] ?? Date.now() % 1_000_000);

test(`200 commands, cut at every step, have 200 effects (seed ${seed})`, { timeout: BOUND_MILLIS }, async (context) => {
  const random = seeded(seed);
  const plan = new Plan(random);
  const browser = new IDBFactory();
  const player = newPlayer();
  const conversation = new Conversation(() =>
    clientOf(player, {
      store: new IndexedDbStore(browser),
      WebSocket: cuttingSockets(plan.shears),
      backoff: { firstMillis: 5, longestMillis: 50 },
      window: AT_A_TIME,
      random,
    }),
  );
  context.after(() => conversation.client.close());

  await conversation.play(random, BOUND_MILLIS);

  const reader = clientOf(player);
  context.after(() => reader.close());
  await reader.connect();
  context.diagnostic(`${plan.total} cuts: ${plan}; ${conversation.pages} pages`);
  assert.deepEqual(await transfers(reader), Array.from({ length: COMMANDS }, (_, n) => n + 1));
  assert.deepEqual([...conversation.decided.values()].map(({ outcome }) => outcome), Array(COMMANDS).fill("done"));
  assert.deepEqual(conversation.violations, []);
  // Of each there are dozens planned; not all are reached, because one cut may spare a command the next.
  assert.deepEqual(OF_COMMANDS.filter((step) => !plan.cuts.has(step)), []);
  assert.ok(plan.total > COMMANDS / 2, `${plan}`);
});
