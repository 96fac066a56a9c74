import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import type { Decision, JsonValue } from "../../src/index.js";
import { until } from "../support/clients.js";
import { clientOf, gateways, management, newPlayer, transfers } from "./platform.js";

/** Leaves a small machine the time to start gateways. */
const PACE_MILLIS = 250;
const BOUND_MILLIS = 240_000;

test("while gateways are drained one after the other, players go on playing", { timeout: BOUND_MILLIS }, async (context) => {
  const [player, other] = [clientOf(newPlayer()), clientOf(newPlayer(), { url: [...gateways].reverse() })];
  context.after(() => [player, other].forEach((client) => client.close()));
  const seen: string[] = [];
  player.on("state", (state) => seen.push(state.name === "online" ? `online ${state.resumed}` : state.name));
  const violations: string[] = [];
  player.on("violated", (what) => violations.push(what));
  await Promise.all([player.connect(), other.connect()]);
  const [room, theirs] = await Promise.all([player.join("open:drained"), other.join("open:drained")]);
  const heard: JsonValue[] = [];
  theirs.on("cast", ({ data }) => heard.push(data));

  const rolled = fetch(`${management}/roll/gateway`, { method: "POST" }).then((answer) => answer.text());
  let isRolled = false;
  void rolled.then(() => (isRolled = true));
  const decisions: Promise<Decision>[] = [];
  while (!isRolled) {
    const amount = decisions.length + 1;
    decisions.push(player.command("wallet.deposit", { amount, currency: "EUR" }));
    room.cast({ amount });
    await pause(PACE_MILLIS);
  }

  const outcomes = (await Promise.all(decisions)).map(({ outcome }) => outcome);
  context.diagnostic(`${decisions.length} deposits, ${heard.length} casts heard; ${seen.join(", ")}; ${await rolled}`);
  assert.ok(decisions.length > 2);
  assert.deepEqual(outcomes, Array(decisions.length).fill("done"));
  assert.deepEqual(await transfers(player), Array.from(decisions, (_, n) => n + 1));
  assert.deepEqual(violations, []);
  // Both gateways were drained, so the player moved, and every time went on where it was.
  const moves = seen.slice(seen.indexOf("online false") + 1).filter((state) => state.startsWith("online"));
  assert.ok(moves.length > 0, seen.join(", "));
  assert.deepEqual(moves.filter((state) => state !== "online true"), []);
  // Whoever moved is in the room as before.
  await until(() => room.cast("after all"));
  await until(() => heard.includes("after all"));
});
