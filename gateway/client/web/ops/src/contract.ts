/** What the platform tells its operators. Times are RFC 3339, amounts in minor units. */

/** `GET /ops/state` */
export interface State {
  readonly at: string;
  readonly started: string;
  /** Where players connect. */
  readonly port: number;
  readonly gateways: readonly Gateway[];
  readonly functions: readonly FunctionState[];
  readonly sources: readonly Source[];
  /** Null when none follows, and queries go to the primary; left out when it is not known. */
  readonly replica?: Replica | null;
  /** Why it could not be asked. */
  readonly replicaError?: string;
  readonly ledger: Ledger | { readonly error: string };
}

export interface Gateway {
  readonly name: string;
  readonly state: "ready" | "not ready" | "silent";
  readonly restarts: number;
  /** Null when it did not tell any. */
  readonly figures: Figures | null;
}

/** Of a gateway's process. Whatever counts begins at 0 when the process does. */
export interface Figures {
  readonly open: number;
  readonly draining: number;
  /** Connections, by how their handshake ended. */
  readonly attempts: Counts;
  /** By type. */
  readonly messages: Counts;
  readonly answerSeconds: { readonly count: number; readonly sum: number };
}

export type Counts = Readonly<Record<string, number>>;

export interface FunctionState {
  readonly function: string;
  readonly revision: number;
  readonly desired: number;
  readonly ready: number;
  readonly starting: number;
  readonly max: number;
  readonly concurrency: number;
  /** Requests that wait for an instance. */
  readonly waiting: number;
  readonly average: number;
  readonly panicking: boolean;
  readonly coldStarts: number;
  readonly lastColdStartMillis: number;
}

export interface Source {
  readonly source: string;
  readonly inFlight: number;
  readonly lag: number;
  readonly delivered: number;
  readonly retried: number;
  readonly deadLettered: number;
}

export interface Replica {
  readonly state: string;
  readonly bytes: number;
  readonly millis: number;
}

export interface Ledger {
  readonly balances: readonly {
    readonly currency: string;
    readonly scale: number;
    /** What debits and credits differ by: anything but 0 is a defect. */
    readonly imbalance: number;
    readonly players: number;
    readonly held: number;
  }[];
  readonly accounts: number;
  readonly openHolds: number;
  readonly transfers: number;
  readonly lastTransfer: string | null;
  readonly seals: number;
  readonly lastSeal: string | null;
  readonly unpublishedSeals: number;
  /** Outcomes that players were not told of yet, by function. */
  readonly untold: Counts;
}

/** One of `GET /ops/letters` */
export interface Letter {
  readonly function: string;
  readonly source: string;
  readonly id: string;
  readonly type: string;
  readonly key: string | null;
  readonly when: string;
  readonly status: string;
  readonly reason: string;
  readonly tries: number;
  readonly state: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly data: string;
}

/** `GET /ops/trip` */
export interface Trip {
  readonly player: string;
  readonly id: string;
  readonly type: string;
  readonly key: string | null;
  readonly function: string;
  readonly trace: string | null;
  readonly ending: string | null;
  /** In the order in which they follow from each other. */
  readonly hops: readonly Hop[];
}

export interface Hop {
  /** To the microsecond. */
  readonly at: string;
  readonly where: string;
  readonly what: string;
  readonly detail: string;
}
