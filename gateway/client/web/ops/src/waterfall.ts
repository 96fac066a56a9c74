import type { Hop, Trip } from "./contract.ts";
import { percent, span } from "./words.ts";

/** One hop of a trip, and where its bar is: from the hop before to this one, in hundredths of the trip. */
export interface Row {
  readonly hop: Hop;
  readonly sinceFirstMillis: number;
  /** Undefined of the first. */
  readonly stepMillis: number | undefined;
  readonly left: number;
  readonly width: number;
  readonly isLongest: boolean;
}

/**
 * Rows in the order of the hops, which follow from each other. Clocks differ, and some tell milliseconds only: a hop that
 * seems to be before the one that it follows from is drawn at the same moment.
 * Of steps that are as long as each other the first is the longest.
 */
export function rowsOf({ hops }: Pick<Trip, "hops">): readonly Row[] {
  let latest = -Infinity;
  const timed = hops.map((hop) => ({ hop, micros: (latest = Math.max(latest, microsOf(hop.at))) }));
  const first = timed[0]?.micros ?? 0;
  const total = (timed.at(-1)?.micros ?? 0) - first;
  const steps = timed.map(({ micros }, i) => (i === 0 ? 0 : micros - (timed[i - 1]?.micros ?? micros)));
  const longest = total === 0 ? -1 : steps.indexOf(Math.max(...steps));
  return timed.map(({ hop, micros }, i) => {
    const step = steps[i] ?? 0;
    return {
      hop,
      sinceFirstMillis: (micros - first) / 1000,
      stepMillis: i === 0 ? undefined : step / 1000,
      left: total === 0 ? 0 : ((micros - first - step) / total) * 100,
      width: total === 0 ? 0 : (step / total) * 100,
      isLongest: i === longest,
    };
  });
}

/** The longest step in words; undefined when there is none. */
export function longestOf(rows: readonly Row[]): string | undefined {
  const at = rows.findIndex(({ isLongest }) => isLongest);
  const [before, row] = [rows[at - 1], rows[at]];
  if (before === undefined || row?.stepMillis === undefined) {
    return undefined;
  }
  const from = `${before.hop.where} ${before.hop.what}`;
  return `The longest step, ${span(row.stepMillis)} (${percent(row.width)} of the trip), is from “${from}” to “${row.hop.where} ${row.hop.what}”.`;
}

/** Microseconds since 1970: `Date` forgets those of a millisecond. */
export function microsOf(at: string): number {
  const parts = /^(.*?)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)$/.exec(at);
  if (parts === null) {
    throw new Error(`at: ${at} (expected: RFC 3339)`);
  }
  return Date.parse(`${parts[1]}${parts[3]}`) * 1000 + Number((parts[2] ?? "").padEnd(6, "0").slice(0, 6));
}
