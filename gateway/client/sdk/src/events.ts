import type { Closing } from "./connection/closing.js";
import type { JsonValue } from "./json.js";
import type { Limits } from "./protocol/server-frames.js";
import type { UndecidedCommand } from "./undecided/store.js";

/** Why something was refused, or failed. */
export interface Problem {
  /** For programs: `insufficient-funds`, `internal`, … */
  readonly code: string;
  /** For people who read logs. */
  readonly message: string;
}

/** What every event of a player's stream has. */
export interface EventBase {
  /** Of the event itself: it is the same event wherever the id is. */
  readonly id: string;
  /** Its place in the stream; 0 when it was given again and has left the history. */
  readonly seq: number;
  /** RFC 3339, UTC. */
  readonly time: string;
}

/** The type of a done command and what it tells. */
export interface Told {
  readonly type: string;
  readonly data: JsonValue;
}

/** The one answer to a command. `D` is what it tells when it is done. */
export type Decision<D = Told> = EventBase & {
  /** The id of the command. */
  readonly re: string;
} & (
    | ({ readonly outcome: "done" } & D)
    /** By the rules: the command had no effect, and the same command never will. */
    | { readonly outcome: "refused"; readonly type: string; readonly data: Problem }
    /** By a defect: it had no effect, and operators know of it. */
    | { readonly outcome: "failed"; readonly type: string; readonly data: Problem }
  );

/** What happened to the player without a command of the player. */
export type Push = EventBase & Told & { readonly re?: never; readonly outcome?: never };

/** Whatever comes in a player's stream. */
export type PlayerEvent<D = Told> = Decision<D> | Push;

/** The answer to a query. `A` is what it tells when it is done. */
export type Answer<A = JsonValue> =
  | { readonly outcome: "done"; readonly data: A }
  | { readonly outcome: "refused" | "failed"; readonly data: Problem };

/** What a client is doing. */
export type ConnectionState =
  /** {@link RookeryClient.connect} was not called. */
  | { readonly name: "idle" }
  /** @param attempt how many there were before since the last good connection */
  | { readonly name: "connecting"; readonly attempt: number }
  /**
   * With `resumed` every event follows that was missed. Without, events may have been missed, or there were none
   * before: read state anew by queries.
   */
  | { readonly name: "online"; readonly session: string; readonly resumed: boolean; readonly limits: Limits }
  /** Tries again by itself. Commands and queries that are asked meanwhile wait. */
  | { readonly name: "offline"; readonly closing: Closing; readonly retryInMillis: number }
  /** For good: closed, replaced by a newer session, or sent away. */
  | { readonly name: "stopped"; readonly closing: Closing };

/** A command that an earlier client of the same player left undecided. */
export interface RecoveredCommand extends UndecidedCommand {
  /** Resolved when it is decided, like the promise of {@link RookeryClient.command}. */
  readonly decision: Promise<Decision>;
}

/** What {@link RookeryClient.on} tells. */
export interface ClientEvents<D = Told> {
  state: ConnectionState;
  /** Each event of the player's stream once and in order; answers too, before the promise of their command. */
  event: PlayerEvent<D>;
  /** Told once, before the first connection, if there are any. They are sent before all others. */
  recovered: readonly RecoveredCommand[];
  /** The server took a frame that nobody waits for ill, such as a cast that came too soon after others. */
  rejected: Problem;
  /** The server broke the protocol. The client goes on as well as it can; tell it to who runs the server. */
  violated: string;
}
