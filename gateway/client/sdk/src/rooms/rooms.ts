import { QueueFullError, RejectedError } from "../errors.js";
import type { JsonValue } from "../json.js";
import { ClientFrames } from "../protocol/client-frames.js";
import type { ErrorFrame, JoinedFrame, ServerFrame } from "../protocol/server-frames.js";
import { Room, type RoomOwner } from "./room.js";

interface Wanted {
  readonly room: Room;
  readonly entered: Promise<Room>;
  readonly resolve: (room: Room) => void;
  readonly reject: (error: Error) => void;
  /** Of the join that counts: what comes for an earlier one is of a room that was left, or of an old connection. */
  join: string;
  isIn: boolean;
  hasBeenIn: boolean;
  tries: number;
  retry: ReturnType<typeof setTimeout> | undefined;
}

/** What the rooms need of the client. */
export interface RoomsOwner extends Omit<RoomOwner, "leave"> {
  send(frame: string): boolean;
  drop(why: string): void;
  delayMillis(attempt: number): number;
}

/** The rooms that the player wants to be in: joined as soon as there is a connection, and again over each new one. */
export class Rooms implements RoomOwner {
  readonly #owner: RoomsOwner;
  readonly #limit: number;
  readonly #wanted = new Map<string, Wanted>();
  #joins = 0;

  /** @param limit rooms at most */
  constructor(limit: number, owner: RoomsOwner) {
    this.#limit = limit;
    this.#owner = owner;
  }

  /** Rejected with RejectedError when the server says no, with QueueFullError when there are too many. */
  join(name: string): Promise<Room> {
    const known = this.#wanted.get(name);
    if (known !== undefined) {
      return known.entered;
    }
    if (this.#wanted.size >= this.#limit) {
      return Promise.reject(new QueueFullError("rooms", this.#limit));
    }
    const wanted = this.#want(new Room(name, this));
    this.#wanted.set(name, wanted);
    this.#ask(wanted);
    return wanted.entered;
  }

  cast(room: string, data: JsonValue): boolean {
    return this.#wanted.get(room)?.isIn === true && this.#owner.cast(room, data);
  }

  leave(name: string): void {
    const wanted = this.#wanted.get(name);
    if (wanted !== undefined) {
      this.#forget(wanted);
      this.#owner.send(ClientFrames.leave(this.#nextId(), name));
      wanted.reject(new RejectedError("left", `${name} was left`));
    }
  }

  /** There is a new connection. */
  connected(): void {
    for (const wanted of this.#wanted.values()) {
      wanted.tries = 0;
      this.#ask(wanted);
    }
  }

  /** There is none; members and positions stay as they were last told. */
  parted(): void {
    for (const wanted of this.#wanted.values()) {
      wanted.isIn = false;
    }
  }

  /** There will be none any more. */
  end(why: Error): void {
    for (const wanted of [...this.#wanted.values()]) {
      this.#forget(wanted);
      wanted.reject(why);
    }
  }

  /** A frame that may be of a room. */
  frame(frame: ServerFrame): void {
    switch (frame.op) {
      case "joined":
        return this.#entered(frame);
      case "presence":
        return this.#wanted.get(frame.room)?.room.moved(frame.joined, frame.left);
      case "cast":
        return this.#wanted.get(frame.room)?.room.tell("cast", { from: frame.from, data: frame.data });
      case "room-event": {
        const { room, epoch, ...event } = frame;
        const wanted = this.#wanted.get(room);
        if (wanted?.isIn === true && !wanted.room.follow(event, { epoch, seq: frame.seq })) {
          this.#owner.drop(`gap in the stream of ${room}`);
        }
        return;
      }
      case "left":
        return frame.re === undefined ? this.#sentAway(this.#wanted.get(frame.room), "revoked", "no grant") : undefined;
      case "error":
        return this.#refused(frame);
      default:
    }
  }

  #entered(frame: JoinedFrame): void {
    const wanted = this.#wanted.get(frame.room);
    if (wanted?.join === frame.re) {
      wanted.isIn = true;
      wanted.hasBeenIn = true;
      wanted.tries = 0;
      wanted.room.entered(frame.members, frame, frame.resumed);
      wanted.resolve(wanted.room);
    }
  }

  #refused(error: ErrorFrame): void {
    const wanted = [...this.#wanted.values()].find(({ join }) => join === error.re);
    if (wanted === undefined) {
      return;
    }
    if (error.retryable || error.code === "unavailable") {
      const wait = error.retryAfterMillis ?? this.#owner.delayMillis(wanted.tries++);
      wanted.retry = setTimeout(() => this.#ask(wanted), wait);
    } else {
      this.#sentAway(wanted, error.code, error.message);
    }
  }

  #sentAway(wanted: Wanted | undefined, code: string, message: string): void {
    if (wanted === undefined) {
      return;
    }
    this.#forget(wanted);
    wanted.reject(new RejectedError(code, message));
    if (wanted.hasBeenIn) {
      wanted.room.tell("left", { code });
    }
  }

  #ask(wanted: Wanted): void {
    clearTimeout(wanted.retry);
    wanted.join = this.#nextId();
    this.#owner.send(ClientFrames.join(wanted.join, wanted.room.name, wanted.room.position));
  }

  #forget(wanted: Wanted): void {
    clearTimeout(wanted.retry);
    this.#wanted.delete(wanted.room.name);
  }

  #want(room: Room): Wanted {
    let resolve!: (room: Room) => void;
    let reject!: (error: Error) => void;
    const entered = new Promise<Room>((onEntered, onRefused) => {
      resolve = onEntered;
      reject = onRefused;
    });
    return { room, entered, resolve, reject, join: "", isIn: false, hasBeenIn: false, tries: 0, retry: undefined };
  }

  #nextId(): string {
    return `r-${++this.#joins}`;
  }
}
