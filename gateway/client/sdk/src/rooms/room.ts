import { asJson, type JsonValue } from "../json.js";
import { Listeners, type Unsubscribe } from "../listeners.js";
import type { EventBase, Told } from "../events.js";
import type { Position } from "../protocol/server-frames.js";

/** What {@link Room.on} tells. */
export interface RoomEvents {
  /**
   * The room was joined again over a new connection. With `resumed` every event of the room's stream follows that was
   * missed, without some may be missing. Casts that were missed are gone.
   */
  rejoined: { readonly resumed: boolean };
  /** Who came and who went. */
  presence: { readonly joined: readonly string[]; readonly left: readonly string[] };
  /** Another member said something. */
  cast: { readonly from: string; readonly data: JsonValue };
  /** An event of the room's own stream, written by a function: each once and in order. */
  event: EventBase & Told;
  /** The player is not in the room any more and will not be by itself: `revoked`, or an error code of the server. */
  left: { readonly code: string };
}

/** What a room needs of its client. */
export interface RoomOwner {
  /** @returns false when there is no connection */
  cast(room: string, data: JsonValue): boolean;
  leave(room: string): void;
}

/** A room that the player is in. It is joined again over each new connection, until it is left. */
export class Room {
  readonly name: string;
  readonly #owner: RoomOwner;
  readonly #listeners = new Listeners<RoomEvents>();
  #members: ReadonlySet<string> = new Set();
  #position: Position | undefined;

  /** @internal */
  constructor(name: string, owner: RoomOwner) {
    this.name = name;
    this.#owner = owner;
  }

  /** Who is in the room, the player too; as it was last told. */
  get members(): ReadonlySet<string> {
    return this.#members;
  }

  /** Where the room's stream has been followed to; undefined before it was joined. */
  get position(): Position | undefined {
    return this.#position;
  }

  /**
   * Tells the other members something: at most once, to those who are there now.
   *
   * @returns false when there is no connection; nothing is told then, and nothing is kept
   * @throws TooLargeError when the frame is larger than the server takes
   */
  cast(data: JsonValue): boolean {
    return this.#owner.cast(this.name, asJson("data", data));
  }

  /** Goes. Nothing is told by this room any more. */
  leave(): void {
    this.#owner.leave(this.name);
  }

  on<Name extends keyof RoomEvents>(name: Name, listener: (event: RoomEvents[Name]) => void): Unsubscribe {
    return this.#listeners.on(name, listener);
  }

  /** @internal */
  entered(members: readonly string[], position: Position, resumed: boolean): void {
    const isAgain = this.#position !== undefined;
    this.#members = new Set(members);
    if (!resumed || !isAgain) {
      this.#position = { epoch: position.epoch, seq: position.seq };
    }
    if (isAgain) {
      this.#listeners.tell("rejoined", { resumed });
    }
  }

  /** @internal */
  moved(joined: readonly string[], left: readonly string[]): void {
    const members = new Set(this.#members);
    left.forEach((player) => members.delete(player));
    joined.forEach((player) => members.add(player));
    this.#members = members;
    this.#listeners.tell("presence", { joined, left });
  }

  /**
   * @internal
   * @returns false when events before this one are missing
   */
  follow(event: EventBase & Told, at: Position): boolean {
    const last = this.#position;
    if (last === undefined || last.epoch !== at.epoch || at.seq > last.seq + 1) {
      return false;
    }
    if (at.seq > last.seq) {
      this.#position = { epoch: at.epoch, seq: at.seq };
      this.#listeners.tell("event", event);
    }
    return true;
  }

  /** @internal */
  tell<Name extends keyof RoomEvents>(name: Name, event: RoomEvents[Name]): void {
    this.#listeners.tell(name, event);
  }
}
