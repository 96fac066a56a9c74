/**
 * How long to wait before trying again: full jitter, so that clients who lost the same server do not come back
 * together. The bound doubles with each attempt.
 */
export interface Backoff {
  /** Bound of the first wait, in milliseconds. */
  readonly firstMillis: number;
  /** Bound of every wait, in milliseconds. */
  readonly longestMillis: number;
}

/**
 * @param attempt 0 for the first
 * @param random  from 0 to 1, 1 left out
 * @returns milliseconds, from 0 up to the attempt's bound, each as likely
 */
export function delayMillis(backoff: Backoff, attempt: number, random: () => number): number {
  const bound = Math.min(backoff.longestMillis, backoff.firstMillis * 2 ** attempt);
  return Math.floor(random() * (bound + 1));
}
