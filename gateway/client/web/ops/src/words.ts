/** Numbers and times for people. */

/** @param millis 0.123 → `0.12 ms`, 12.3 → `12 ms`, 1234 → `1.23 s` */
export function span(millis: number): string {
  if (millis < 1_000) {
    return `${millis < 10 ? trimmed(millis, 2) : millis < 100 ? trimmed(millis, 1) : Math.round(millis)} ms`;
  }
  if (millis < 60_000) {
    return `${trimmed(millis / 1000, 2)} s`;
  }
  return lasting(millis);
}

/** In its two greatest units, such as `3 d 4 h`; below a minute in seconds. */
export function lasting(millis: number): string {
  const seconds = Math.max(0, Math.floor(millis / 1000));
  const parts = [
    [Math.floor(seconds / 86_400), "d"],
    [Math.floor(seconds / 3_600) % 24, "h"],
    [Math.floor(seconds / 60) % 60, "min"],
    [seconds % 60, "s"],
  ] as const;
  const first = parts.findIndex(([count]) => count > 0);
  if (first < 0) {
    return "0 s";
  }
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(" ");
}

/** `3 min ago`; what is not a second old, or seems to be to come, is `now`. */
export function ago(at: string, nowMillis: number): string {
  const millis = nowMillis - Date.parse(at);
  return millis < 1_000 ? "now" : `${lasting(millis)} ago`;
}

/** Time of day of the person who looks. */
export function timeOfDay(at: string | number): string {
  const time = new Date(at);
  return [time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join(":");
}

/** To the millisecond. */
export function fineTimeOfDay(at: string): string {
  return `${timeOfDay(at)}.${String(new Date(at).getMilliseconds()).padStart(3, "0")}`;
}

/** Day and time, the day only when it is not today's. */
export function moment(at: string, nowMillis: number): string {
  const [time, now] = [new Date(at), new Date(nowMillis)];
  return time.toDateString() === now.toDateString()
    ? timeOfDay(at)
    : `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())} ${timeOfDay(at)}`;
}

/** With few digits: 1234567 → `1,234,567`, 0.123 → `0.12`, 12.34 → `12.3`. */
export function number(value: number): string {
  const size = Math.abs(value);
  const digits = Number.isInteger(value) || size >= 100 ? 0 : size >= 10 ? 1 : 2;
  return value.toLocaleString("en", { maximumFractionDigits: digits });
}

export const percent = (hundredths: number) => `${Math.round(hundredths)} %`;

export const count = (many: number, one: string, others = `${one}s`) => `${number(many)} ${many === 1 ? one : others}`;

/** @param scale digits after the point; the ledger says it, so the page need not know the currency */
export function money(minor: number, scale: number, currency: string): string {
  const amount = (minor / 10 ** scale).toLocaleString("en", { minimumFractionDigits: scale, maximumFractionDigits: scale });
  return `${amount} ${currency}`;
}

const two = (part: number) => String(part).padStart(2, "0");
const trimmed = (value: number, digits: number) => String(Number(value.toFixed(digits)));
