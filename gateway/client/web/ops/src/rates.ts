import type { Counts, Gateway, State } from "./contract.ts";

/** What is drawn of one poll; a number that cannot be known is undefined. */
export interface Sample {
  readonly atMillis: number;
  readonly open: number | undefined;
  readonly draining: number | undefined;
  /** A second, by type. */
  readonly messages: Readonly<Record<string, number | undefined>>;
  readonly answerMillis: number | undefined;
  readonly lag: Counts;
  /** A second, by source. */
  readonly delivered: Readonly<Record<string, number | undefined>>;
  readonly instances: Counts;
}

/** Five minutes of polls. */
export const MOST_SAMPLES = 150;

/** @param before the poll before, if there was one: rates are of the time between */
export function sampleOf(now: State, before: State | undefined): Sample {
  const told = now.gateways.flatMap(({ figures }) => figures ?? []);
  return {
    atMillis: Date.parse(now.at),
    open: told.length === 0 ? undefined : sum(told.map(({ open }) => open)),
    draining: told.length === 0 ? undefined : sum(told.map(({ draining }) => draining)),
    messages: messages(now, before),
    answerMillis: answerMillis(now, before),
    lag: Object.fromEntries(now.sources.map(({ source, lag }) => [source, lag])),
    delivered: Object.fromEntries(now.sources.map(({ source }) => [source, delivered(source, now, before)])),
    instances: Object.fromEntries(now.functions.map((each) => [each.function, each.ready])),
  };
}

/** The newest last, and no more than are drawn. */
export function append<T>(items: readonly T[], item: T): readonly T[] {
  return [...items, item].slice(-MOST_SAMPLES);
}

/**
 * What was counted between two polls.
 *
 * @returns undefined when it began anew in between, since nobody knows what it had come to before
 */
export function step(now: number, before: number | undefined): number | undefined {
  return before === undefined || now < before ? undefined : now - before;
}

function messages(now: State, before: State | undefined): Sample["messages"] {
  const seconds = secondsBetween(now, before);
  const pairs = both(now, before);
  const types = new Set(now.gateways.flatMap(({ figures }) => Object.keys(figures?.messages ?? {})));
  return Object.fromEntries(
    [...types].sort().map((type) => {
      // A type that a gateway did not tell of before was counted from 0, unless the gateway is a new process.
      const steps = pairs?.map(([one, other]) =>
        hasBegunAnew(one, other) ? undefined : step(one.messages[type] ?? 0, other.messages[type] ?? 0),
      );
      return [type, perSecond(total(steps), seconds)];
    }),
  );
}

function answerMillis(now: State, before: State | undefined): number | undefined {
  const pairs = both(now, before);
  const counts = total(pairs?.map(([one, other]) => step(one.answerSeconds.count, other.answerSeconds.count)));
  const sums = total(pairs?.map(([one, other]) => step(one.answerSeconds.sum, other.answerSeconds.sum)));
  return counts === undefined || sums === undefined || counts === 0 ? undefined : (sums / counts) * 1000;
}

function delivered(source: string, now: State, before: State | undefined): number | undefined {
  const count = (state: State | undefined) => state?.sources.find((each) => each.source === source)?.delivered;
  return perSecond(step(count(now) ?? 0, count(before)), secondsBetween(now, before));
}

type Told = NonNullable<Gateway["figures"]>;

/** Figures of each gateway that tells some, now and before; undefined when one was not there before. */
function both(now: State, before: State | undefined): readonly (readonly [Told, Told])[] | undefined {
  const pairs: (readonly [Told, Told])[] = [];
  for (const { name, figures, restarts } of now.gateways) {
    if (figures === null) {
      continue;
    }
    const other = before?.gateways.find((each) => each.name === name);
    if (other === undefined || other.figures === null || other.restarts !== restarts) {
      return undefined;
    }
    pairs.push([figures, other.figures]);
  }
  return pairs.length === 0 ? undefined : pairs;
}

function hasBegunAnew(now: Told, before: Told): boolean {
  return (
    now.answerSeconds.count < before.answerSeconds.count ||
    Object.entries(before.messages).some(([type, count]) => (now.messages[type] ?? 0) < count)
  );
}

function secondsBetween(now: State, before: State | undefined): number {
  return before === undefined ? 0 : (Date.parse(now.at) - Date.parse(before.at)) / 1000;
}

function perSecond(count: number | undefined, seconds: number): number | undefined {
  return count === undefined || seconds <= 0 ? undefined : count / seconds;
}

function total(steps: readonly (number | undefined)[] | undefined): number | undefined {
  return steps?.reduce((all, each) => (all === undefined || each === undefined ? undefined : all + each), 0);
}

const sum = (numbers: readonly number[]) => numbers.reduce((all, each) => all + each, 0);
