import assert from "node:assert/strict";
import { test } from "node:test";
import { fewest, nearest, path, seriesOf, ticks } from "../../ops/src/chart.ts";
import type { Figures, Ledger, Letter, State } from "../../ops/src/contract.ts";
import { canReplay, isOpen, laidOut, nameOf } from "../../ops/src/letters.ts";
import { append, MOST_SAMPLES, sampleOf } from "../../ops/src/rates.ts";
import { announced, verdictOf } from "../../ops/src/verdict.ts";
import { longestOf, microsOf, rowsOf } from "../../ops/src/waterfall.ts";
import { ago, count, lasting, money, number, span } from "../../ops/src/words.ts";

const START = Date.parse("2026-11-26T18:50:00Z");
const time = (seconds: number) => new Date(START + seconds * 1000).toISOString();

const ledger: Ledger = {
  balances: [{ currency: "EUR", scale: 2, imbalance: 0, players: 123_400, held: 500 }],
  accounts: 12,
  openHolds: 3,
  transfers: 512,
  lastTransfer: time(-90),
  seals: 7,
  lastSeal: time(-30),
  unpublishedSeals: 0,
  untold: { wallet: 0 },
};
const wallet = {
  function: "wallet",
  revision: 1,
  desired: 0,
  ready: 0,
  starting: 0,
  max: 1,
  concurrency: 0,
  waiting: 0,
  average: 0,
  panicking: false,
  coldStarts: 0,
  lastColdStartMillis: 0,
};
const commands = { source: "wallet-commands", inFlight: 0, lag: 0, delivered: 10, retried: 0, deadLettered: 0 };

function figures(deposits: number, count = deposits, sum = deposits * 0.02): Figures {
  return { open: 12, draining: 1, attempts: {}, messages: { "wallet.deposit": deposits }, answerSeconds: { count, sum } };
}

function state(seconds: number, changes: Partial<State> = {}): State {
  return {
    at: time(seconds),
    started: time(-3600),
    port: 8080,
    gateways: [{ name: "gateway", state: "ready", restarts: 0, figures: figures(100) }],
    functions: [wallet, { ...wallet, function: "rounds" }],
    sources: [commands],
    replica: { state: "streaming", bytes: 0, millis: 0 },
    ledger,
    ...changes,
  };
}

const gateway = (told: Figures | null, changes = {}) => ({ gateways: [{ name: "gateway", state: "ready" as const, restarts: 0, figures: told, ...changes }] });
const polls = (many: number, changes: (i: number) => Partial<State>) => Array.from({ length: many }, (_, i) => state(i * 2, changes(i)));
const texts = (states: readonly State[], letters?: readonly Letter[]) => verdictOf(states, letters)?.troubles.map(({ text }) => text);

test("rates are what was counted between two polls", () => {
  const sample = sampleOf(
    state(2, { ...gateway(figures(110)), sources: [{ ...commands, delivered: 14 }] }),
    state(0, gateway(figures(100))),
  );
  assert.deepEqual(sample.messages, { "wallet.deposit": 5 });
  assert.equal(sample.answerMillis?.toFixed(6), "20.000000");
  assert.deepEqual(sample.delivered, { "wallet-commands": 2 });
  assert.equal(sample.open, 12);
});

test("a counter that begins anew has no rate for one step, and never a negative one", () => {
  const before = state(0, gateway(figures(100)));
  for (const now of [state(2, gateway(figures(3))), state(2, gateway(figures(300), { restarts: 1 }))]) {
    assert.equal(sampleOf(now, before).messages["wallet.deposit"], undefined);
    assert.equal(sampleOf(now, before).answerMillis, undefined);
  }
});

test("the first poll has no rates, nor has a silent gateway", () => {
  assert.equal(sampleOf(state(0), undefined).messages["wallet.deposit"], undefined);
  assert.deepEqual(sampleOf(state(0), undefined).delivered, { "wallet-commands": undefined });
  const silent = sampleOf(state(2, gateway(null)), state(0));
  assert.equal(silent.open, undefined);
  assert.deepEqual(silent.messages, {});
});

test("a type that was not there before was counted from 0", () => {
  const told = figures(100);
  const now = state(2, gateway({ ...told, messages: { ...told.messages, cast: 6 } }));
  assert.deepEqual(sampleOf(now, state(0)).messages, { cast: 3, "wallet.deposit": 0 });
});

test("without answers there is no mean time of them", () => {
  assert.equal(sampleOf(state(2), state(0)).answerMillis, undefined);
});

test("no more samples are kept than are drawn", () => {
  let kept: readonly number[] = [];
  for (let i = 0; i <= MOST_SAMPLES; i++) {
    kept = append(kept, i);
  }
  assert.equal(kept.length, MOST_SAMPLES);
  assert.equal(kept.at(-1), MOST_SAMPLES);
});

test("all is well", () => {
  assert.deepEqual(verdictOf([state(0)], []), {
    level: "well",
    sentence: "All is well: 2 functions, both at zero; 12 connections",
    troubles: [],
  });
  const one = [{ ...wallet, ready: 1 }, { ...wallet, function: "rounds" }];
  assert.equal(verdictOf([state(0, { functions: one })], undefined)?.sentence, "All is well: 2 functions, 1 running; 12 connections");
});

test("before the first poll there is no verdict", () => {
  assert.equal(verdictOf([], []), undefined);
});

test("money that does not add up is an alarm, and stands first", () => {
  const balances = [{ currency: "EUR", scale: 2, imbalance: -1, players: 0, held: 0 }];
  const verdict = verdictOf([state(0, { replica: null, ledger: { ...ledger, balances } })], []);
  assert.equal(verdict?.level, "alarm");
  assert.equal(verdict?.sentence, "1 alarm, and 1 thing needs a look");
  assert.deepEqual(verdict?.troubles.map(({ text }) => text), [
    "Debits and credits in EUR differ by -0.01 EUR",
    "No replica follows: queries go to the primary",
  ]);
  assert.equal(verdict && announced(verdict), "Needs a look: imbalance of EUR; replica");
});

test("a ledger that cannot be read is an alarm", () => {
  assert.deepEqual(texts([state(0, { ledger: { error: "no connection" } })]), ["The ledger cannot be read: no connection"]);
});

test("one of two gateways that is not ready is a warning, the only one an alarm", () => {
  const [ready, other] = [
    { name: "gateway-1", state: "ready" as const, restarts: 0, figures: null },
    { name: "gateway-2", state: "not ready" as const, restarts: 0, figures: null },
  ];
  assert.equal(verdictOf([state(0, { gateways: [ready, other] })], [])?.level, "warning");
  const alone = verdictOf([state(0, { gateways: [other] })], []);
  assert.equal(alone?.level, "alarm");
  assert.equal(alone?.troubles[0]?.text, "gateway-2 is not ready: no gateway takes players");
});

test("lag is a trouble when it is great, or when it only grows", () => {
  const lag = (of: (i: number) => number) => (i: number) => ({ sources: [{ ...commands, lag: of(i) }] });
  assert.deepEqual(texts(polls(1, lag(() => 1_001))), ["wallet-commands is 1,001 behind"]);
  assert.deepEqual(texts(polls(1, lag(() => 1_000))), []);
  assert.deepEqual(texts(polls(6, lag((i) => i * 10))), ["wallet-commands falls behind: 50 wait, more with each look"]);
  assert.deepEqual(texts(polls(6, lag((i) => (i === 3 ? 10 : i * 10)))), []);
});

test("a replica that is away, or far behind, is a trouble", () => {
  assert.deepEqual(texts([state(0, { replica: { state: "streaming", bytes: 9, millis: 10_001 } })]), ["The replica is 10 s behind"]);
  assert.deepEqual(texts([state(0, { replica: { state: "startup", bytes: 0, millis: 0 } })]), ["The replica is not streaming but startup"]);
});

test("a replica that could not be asked is not known: neither well nor away", () => {
  const { replica: _, ...unasked } = state(0);
  assert.deepEqual(texts([{ ...unasked, replicaError: "no connection" }]), ["How the replica stands is not known: no connection"]);
  assert.deepEqual(texts([unasked]), ["How the replica stands is not known"]);
});

test("an old seal is a trouble when transfers wait for the next one, not when nothing happened since", () => {
  const of = (lastTransfer: number, lastSeal: number) => () => ({ ledger: { ...ledger, lastTransfer: time(lastTransfer), lastSeal: time(lastSeal) } });
  assert.deepEqual(texts(polls(1, of(-3_700, -3_600))), []);
  assert.deepEqual(texts(polls(1, of(-1, -3_600))), []);
  assert.deepEqual(texts(polls(1, of(-300, -3_600))), ["Transfers are not sealed: the last seal is 1 h old"]);
  assert.deepEqual(texts(polls(1, of(-300, -599))), []);
  const busy = [...polls(1, of(-1, -3_600)), state(121, of(120, -3_600)())];
  assert.deepEqual(texts(busy), ["Transfers are not sealed: the last seal is 1 h 2 min old"]);
});

test("what is under way for a moment is no trouble", () => {
  const waiting = () => ({ ledger: { ...ledger, unpublishedSeals: 1, untold: { wallet: 2 } } });
  assert.deepEqual(texts(polls(4, waiting)), []);
  assert.deepEqual(texts(polls(5, waiting)), ["1 seal is not published", "2 outcomes of wallet were not told to players yet"]);
});

test("a function that does not come up is an alarm after half a minute", () => {
  const starting = () => ({ functions: [{ ...wallet, desired: 1, starting: 1, waiting: 4 }] });
  assert.deepEqual(texts(polls(14, starting)), []);
  assert.deepEqual(texts(polls(15, starting)), ["wallet does not come up: 1 instance wanted, none ready for 28 s"]);
});

test("dead letters are a trouble until something came of them", () => {
  const letter = (text: string): Letter => ({
    function: "wallet",
    source: "/players/p-7",
    id: "c-1",
    type: "wallet.deposit",
    key: "p-7",
    when: time(0),
    status: "500",
    reason: "",
    tries: 5,
    state: text,
    headers: {},
    data: "",
  });
  const all = ["failed", "failed, replay-2 too", "no outcome", "undeliverable", "done", "refused", "replayed, done"].map(letter);
  assert.deepEqual(all.map(canReplay), [true, true, true, false, false, false, false]);
  assert.deepEqual(all.map(isOpen), [true, true, true, true, false, false, false]);
  assert.deepEqual(texts([state(0)], all), ["4 dead letters wait for somebody"]);
  assert.equal(nameOf(letter("failed")), "p-7/c-1");
});

test("data are laid out when they are JSON", () => {
  assert.equal(laidOut('{"a":1}'), '{\n  "a": 1\n}');
  assert.equal(laidOut("{"), "{");
});

test("an axis has two or three round numbers above 0", () => {
  assert.deepEqual(ticks(0, true), [0, 1]);
  assert.deepEqual(ticks(1, true), [0, 1]);
  assert.deepEqual(ticks(2, true), [0, 1, 2]);
  assert.deepEqual(ticks(4, true), [0, 2, 4]);
  assert.deepEqual(ticks(7, true), [0, 5, 10]);
  assert.deepEqual(ticks(0.5, false), [0, 0.2, 0.4, 0.6]);
  for (let i = 1; i < 5_000; i++) {
    for (const greatest of [i, i / 100]) {
      const found = ticks(greatest, false);
      assert.ok((found.at(-1) as number) >= greatest, `${greatest}: ${found}`);
      assert.ok(found.length === 3 || found.length === 4, `${greatest}: ${found}`);
    }
    assert.ok(ticks(i, true).every(Number.isInteger), `${i}`);
  }
});

const frame = { fromMillis: 0, untilMillis: 10_000, top: 10 };

test("a line leaves out what is not known, and a step holds what was", () => {
  const times = [0, 2_000, 4_000, 6_000];
  assert.equal(path(times, [0, 5, undefined, 10], frame, "line"), "M0 100h0L20 50M60 0h0");
  assert.equal(path(times, [0, 0, 5, 5], frame, "step"), "M0 100h0L20 100H40V50L60 50");
});

test("a line is not drawn through a time when nobody looked", () => {
  assert.equal(path([0, 30_000], [0, 10], { ...frame, untilMillis: 30_000 }, "line"), "M0 100h0M100 0h0");
});

test("the sample under the pointer is the nearest one", () => {
  assert.equal(nearest(31, [0, 2_000, 4_000], frame), 2);
  assert.equal(nearest(31, [], frame), -1);
});

test("more series than a person can tell apart are drawn as one", () => {
  const samples = [Object.fromEntries("abcdefgh".split("").map((name, i) => [name, i]))];
  const drawn = fewest(seriesOf(samples, (sample) => sample));
  assert.deepEqual(drawn.map(({ name }) => name), ["d", "e", "f", "g", "h", "3 others"]);
  assert.deepEqual(drawn.at(-1)?.values, [3]);
});

test("a trip is drawn on one axis of time, and its longest step is named", () => {
  const hop = (micros: string, where: string, what: string) => ({ at: `2026-11-26T18:50:00.${micros}Z`, where, what, detail: "" });
  const rows = rowsOf({
    hops: [hop("000100", "gateway", "accepts"), hop("002600", "kafka", "has it"), hop("010100", "function", "decides")],
  });
  assert.deepEqual(
    rows.map(({ hop, sinceFirstMillis, stepMillis, left, width, isLongest }) => [hop.where, sinceFirstMillis, stepMillis, left, width, isLongest]),
    [
      ["gateway", 0, undefined, 0, 0, false],
      ["kafka", 2.5, 2.5, 0, 25, false],
      ["function", 10, 7.5, 25, 75, true],
    ],
  );
  assert.equal(longestOf(rows), "The longest step, 7.5 ms (75 % of the trip), is from “kafka has it” to “function decides”.");
});

test("a hop whose clock is behind keeps its place", () => {
  const hop = (fraction: string, where: string) => ({ at: `2026-11-26T18:50:00.${fraction}Z`, where, what: "", detail: "" });
  const rows = rowsOf({ hops: [hop("000900", "gateway"), hop("000", "kafka"), hop("001900", "function")] });
  assert.deepEqual(
    rows.map(({ hop, stepMillis }) => [hop.where, stepMillis]),
    [["gateway", undefined], ["kafka", 0], ["function", 1]],
  );
});

test("a trip of one hop, or of none, has no longest step", () => {
  const one = { at: "2026-11-26T18:50:00Z", where: "gateway", what: "accepts", detail: "" };
  assert.deepEqual(rowsOf({ hops: [] }), []);
  assert.equal(longestOf(rowsOf({ hops: [one] })), undefined);
  assert.equal(longestOf(rowsOf({ hops: [one, one] })), undefined);
});

test("microseconds are not lost", () => {
  assert.equal(microsOf("1970-01-01T00:00:01.000123Z"), 1_000_123);
  assert.equal(microsOf("1970-01-01T00:00:01Z"), 1_000_000);
  assert.equal(microsOf("1970-01-01T01:00:01.5+01:00"), 1_500_000);
  assert.throws(() => microsOf("yesterday"), /expected: RFC 3339/);
});

test("numbers and times for people", () => {
  assert.deepEqual([0.1234, 12.34, 123.4, 1_234, 61_000, 90_061_000].map(span), ["0.12 ms", "12.3 ms", "123 ms", "1.23 s", "1 min 1 s", "1 d 1 h"]);
  assert.deepEqual([0, 59_999, 60_000, 3_600_000].map(lasting), ["0 s", "59 s", "1 min", "1 h"]);
  assert.deepEqual([0, 0.123, 12.34, 1_234_567].map(number), ["0", "0.12", "12.3", "1,234,567"]);
  assert.equal(ago(time(0), START + 65_000), "1 min 5 s ago");
  assert.equal(ago(time(1), START), "now");
  assert.deepEqual([count(1, "seal"), count(2, "seal")], ["1 seal", "2 seals"]);
  assert.deepEqual([money(123_400, 2, "EUR"), money(5, 0, "JPY")], ["1,234.00 EUR", "5 JPY"]);
});
