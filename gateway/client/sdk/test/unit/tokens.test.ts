import assert from "node:assert/strict";
import { test } from "node:test";
import { Tokens } from "../../src/connection/tokens.js";

const NOW_SECONDS = Math.floor(Date.now() / 1000);

function jwt(claims: object): string {
  return `h.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.s`;
}

async function renewInMillis(token: string): Promise<number | undefined> {
  const tokens = new Tokens(() => token, "p-7");
  await tokens.good();
  return tokens.renewInMillis;
}

function near(actual: number | undefined, expected: number): void {
  assert.ok(Math.abs((actual ?? Number.NaN) - expected) < 2_000, `${actual} (expected: about ${expected})`);
}

test("a token is replaced a minute before it ends", async () => {
  near(await renewInMillis(jwt({ iat: NOW_SECONDS, exp: NOW_SECONDS + 3_600 })), 3_540_000);
});

test("one that lives for a minute is replaced after nine tenths of it", async () => {
  near(await renewInMillis(jwt({ iat: NOW_SECONDS, exp: NOW_SECONDS + 60 })), 54_000);
});

test("this machine's clock does not count, only how long the token lives", async () => {
  const longAgo = NOW_SECONDS - 86_400;

  near(await renewInMillis(jwt({ iat: longAgo, exp: longAgo + 3_600 })), 3_540_000);
});

test("without its beginning the clock has to do", async () => {
  near(await renewInMillis(jwt({ exp: NOW_SECONDS + 3_600 })), 3_540_000);
});

test("what says nothing of its end, or is no JWT, is never replaced", async () => {
  assert.equal(await renewInMillis(jwt({})), undefined);
  assert.equal(await renewInMillis("opaque"), undefined);
});

test("a good one is given again, one whose time has come is not", async () => {
  const given = [jwt({ iat: 0, exp: 3_600 }), jwt({ iat: 0, exp: 0 }), jwt({ iat: 1, exp: 3_600 })];
  const tokens = new Tokens(() => given.shift()!, "p-7");

  const first = await tokens.good();
  assert.equal(await tokens.good(), first);
  tokens.forget();
  assert.equal(await tokens.good(), jwt({ iat: 0, exp: 0 }));
  assert.equal(await tokens.good(), jwt({ iat: 1, exp: 3_600 }));
});
