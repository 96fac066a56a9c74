import assert from "node:assert/strict";
import { test } from "node:test";
import { WebSocket } from "ws";
import type { ClientOptions } from "../../src/index.js";
import { settingsOf } from "../../src/options.js";

const OPTIONS: ClientOptions = { url: "https://play.example.com", player: "p-7", token: () => "", WebSocket };

test("what is left out has its default", () => {
  const { backoff, connectTimeoutMillis, window, maxUndecided, maxRooms, random } = settingsOf(OPTIONS);

  assert.deepEqual(
    { backoff, connectTimeoutMillis, window, maxUndecided, maxRooms, random },
    {
      backoff: { firstMillis: 100, longestMillis: 5_000 },
      connectTimeoutMillis: 10_000,
      window: 32,
      maxUndecided: 1_000,
      maxRooms: 100,
      random: Math.random,
    },
  );
});

test("the endpoint is found from whatever names the gateway", () => {
  const url = ["https://play.example.com", "http://127.0.0.1:8080/", "wss://play.example.com/eu/", "ws://[::1]:1"];

  assert.deepEqual(settingsOf({ ...OPTIONS, url }).urls, [
    "wss://play.example.com/v1/connect",
    "ws://127.0.0.1:8080/v1/connect",
    "wss://play.example.com/eu/v1/connect",
    "ws://[::1]:1/v1/connect",
  ]);
});

for (const [wrong, message] of [
  [{ url: [] }, "url: none (expected: a gateway's)"],
  [{ url: "ftp://play.example.com" }, "url: ftp://play.example.com (expected: https:, http:, wss: or ws:)"],
  [{ player: "" }, "player: '' (expected: the subject of the tokens)"],
  [{ window: 0 }, "window: 0 (expected: >= 1)"],
  [{ maxUndecided: Number.NaN }, "maxUndecided: NaN (expected: >= 1)"],
  [{ maxRooms: 0 }, "maxRooms: 0 (expected: >= 1)"],
  [{ connectTimeoutMillis: -1 }, "connectTimeoutMillis: -1 (expected: >= 1)"],
  [{ backoff: { firstMillis: 0, longestMillis: 9 } }, "backoff.firstMillis: 0 (expected: >= 1)"],
  [{ backoff: { firstMillis: 9, longestMillis: 1 } }, "backoff.longestMillis: 1 (expected: >= 9)"],
] as const) {
  test(`refused: ${message}`, () => {
    assert.throws(() => settingsOf({ ...OPTIONS, ...wrong }), { message });
  });
}

test("where there is no WebSocket one has to be given", { skip: typeof globalThis.WebSocket === "function" }, () => {
  const { WebSocket: _, ...others } = OPTIONS;

  assert.throws(() => settingsOf(others), {
    message: "WebSocket: undefined (expected: a constructor; here is no global one)",
  });
});
