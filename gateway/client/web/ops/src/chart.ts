/** Geometry of charts, in a field of 100 by 100 whose origin is at the top left, as SVG has it. */

export interface Series {
  readonly name: string;
  /** One for each time; undefined where it is not known. */
  readonly values: readonly (number | undefined)[];
}

/** What a person can tell apart. */
export const MOST_SERIES = 6;

/** Values further apart than this are not joined: nobody looked in between. */
const GAP_MILLIS = 10_000;

/**
 * Two or three round numbers above 0, of which the last is not below the greatest value.
 *
 * @param whole of things that cannot be halved
 */
export function ticks(greatest: number, whole: boolean): readonly number[] {
  if (greatest <= 0 || (whole && greatest <= 1)) {
    return [0, 1];
  }
  const power = 10 ** Math.floor(Math.log10(greatest / 3));
  const steps = [1, 2, 2.5, 5, 10, 20].map((each) => each * power).filter((each) => !whole || Number.isInteger(each));
  const step = steps.find((each) => each * 3 >= greatest * (1 - 1e-9)) ?? (whole ? 1 : power * 20);
  const count = Math.max(2, Math.ceil(greatest / step - 1e-9));
  return Array.from({ length: count + 1 }, (_, i) => Number((i * step).toPrecision(12)));
}

export interface Frame {
  readonly fromMillis: number;
  readonly untilMillis: number;
  readonly top: number;
}

/** @returns a path through what is known; `step` holds a value until the next one is known */
export function path(
  times: readonly number[],
  values: readonly (number | undefined)[],
  frame: Frame,
  kind: "line" | "step",
): string {
  const drawn: string[] = [];
  let last: { readonly y: number; readonly millis: number } | undefined;
  times.forEach((millis, i) => {
    const value = values[i];
    if (value === undefined) {
      last = undefined;
      return;
    }
    const [x, y] = [across(millis, frame), down(value, frame.top)];
    if (last === undefined || millis - last.millis > GAP_MILLIS) {
      // A value that stands alone is seen as a dot: a line without length, with round ends.
      drawn.push(`M${x} ${y}h0`);
    } else if (kind === "step" && y !== last.y) {
      drawn.push(`H${x}V${y}`);
    } else {
      drawn.push(`L${x} ${y}`);
    }
    last = { y, millis };
  });
  return drawn.join("");
}

export const across = (millis: number, { fromMillis, untilMillis }: Frame) =>
  round(((millis - fromMillis) / (untilMillis - fromMillis)) * 100);

export const down = (value: number, top: number) => round(100 - (value / top) * 100);

/** Which time is nearest to a place from 0 to 100. @returns -1 when there is none */
export function nearest(place: number, times: readonly number[], frame: Frame): number {
  let best = -1;
  times.forEach((millis, i) => {
    const distance = Math.abs(across(millis, frame) - place);
    if (best < 0 || distance < Math.abs(across(times[best] as number, frame) - place)) {
      best = i;
    }
  });
  return best;
}

/** The greatest series by what they came to of late, in the order given; the others as one. */
export function fewest(series: readonly Series[]): readonly Series[] {
  if (series.length <= MOST_SERIES) {
    return series;
  }
  const size = ({ values }: Series) => values.reduce<number>((all, each) => all + (each ?? 0), 0);
  const kept = new Set([...series].sort((one, other) => size(other) - size(one)).slice(0, MOST_SERIES - 1));
  const others = series.filter((each) => !kept.has(each));
  const values = (others[0] as Series).values.map((_, i) => {
    const known = others.flatMap((each) => each.values[i] ?? []);
    return known.length === 0 ? undefined : known.reduce((all, each) => all + each, 0);
  });
  return [...series.filter((each) => kept.has(each)), { name: `${others.length} others`, values }];
}

/** Every name that any of the samples has, sorted, with a value for each sample. */
export function seriesOf<S>(samples: readonly S[], of: (sample: S) => Readonly<Record<string, number | undefined>>): readonly Series[] {
  const names = new Set(samples.flatMap((sample) => Object.keys(of(sample))));
  return [...names].sort().map((name) => ({ name, values: samples.map((sample) => of(sample)[name]) }));
}

const round = (number: number) => Math.round(number * 100) / 100;
