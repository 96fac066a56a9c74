/** What commands tell and queries answer, as the page needs it. Amounts are in minor units, times in RFC 3339. */

export interface Balance {
  readonly currency: string;
  readonly amount: number;
  /** Part of it that is promised, such as stakes of open rounds. */
  readonly held: number;
}

export interface Round {
  readonly round: string;
  readonly game: "dice" | "mines";
  readonly terms: { readonly direction?: "under" | "over"; readonly target?: number; readonly mines?: number };
  readonly stake: number;
  readonly currency: string;
  readonly state: "open" | "settled" | "void";
  readonly cashOut: number;
  readonly payout: number | null;
  readonly view: {
    readonly roll?: number;
    readonly won?: boolean;
    readonly revealed?: readonly number[];
    readonly mined?: readonly number[];
  };
  readonly opened: string;
  readonly deadline: string | null;
  readonly nonce: number;
  readonly commitment: string;
}

export interface Current {
  readonly rounds: readonly Round[];
  readonly seed: {
    readonly seed: number;
    readonly commitment: string;
    readonly clientSeed: string;
    readonly rounds: number;
  } | null;
  readonly committed: string | null;
}

export interface Transfer {
  readonly id: string;
  readonly at: string;
  readonly code: string;
  readonly amount: number;
  readonly currency: string;
  readonly balance: number;
  readonly round: string | null;
}

export interface Limits {
  readonly excludedUntil: string | null;
  readonly realityCheckSeconds: number | null;
  readonly sessionLimitSeconds: number | null;
  readonly limits: readonly {
    readonly kind: string;
    readonly period: string;
    readonly amount: number | null;
    readonly currency: string;
    readonly requested: string;
    readonly effective: string;
  }[];
}
