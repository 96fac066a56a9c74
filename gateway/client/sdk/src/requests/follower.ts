import type { EventFrame, Position, Welcome } from "../protocol/server-frames.js";

/** What an event is to the player: the next one, one that was given already, or one that comes too early. */
export type Step = "next" | "known" | "gap";

/**
 * Where the player is in its stream, and whether the stream comes in order, without gap or repeat.
 *
 * An answer that is given again, because its command was sent again, may come before the stream has got to its place.
 * It is told then, and not once more when its place is reached.
 */
export class Follower {
  #position: Position | undefined;
  /** What came before this was told to earlier clients, if to anybody. */
  #begun = 0;
  readonly #toldEarly = new Set<number>();

  /** Undefined before the first welcome. */
  get position(): Position | undefined {
    return this.#position;
  }

  /**
   * @param asked what the hello asked to resume from
   * @returns whether the stream goes on where the player was; else state has to be read anew
   */
  welcomed(asked: Position | undefined, welcome: Welcome): boolean {
    if (welcome.resumed && asked !== undefined && asked.epoch === welcome.epoch) {
      // The welcome may tell where the stream ends by now; what the player has seen is what it asked from.
      return true;
    }
    this.#position = { epoch: welcome.epoch, seq: welcome.seq };
    this.#begun = welcome.seq;
    this.#toldEarly.clear();
    return false;
  }

  /** An event that is no repeat. */
  follow(event: EventFrame): Step {
    const last = this.#position;
    if (last === undefined || event.seq > last.seq + 1) {
      return "gap";
    }
    if (event.seq <= last.seq) {
      return "known";
    }
    this.#position = { epoch: last.epoch, seq: event.seq };
    return this.#toldEarly.delete(event.seq) ? "known" : "next";
  }

  /**
   * An event that is given again, in answer to its command.
   *
   * @returns whether it was not told here yet: it is from before the beginning, or its place is still to come
   */
  again(event: EventFrame): boolean {
    if (event.seq > (this.#position?.seq ?? 0)) {
      const isNew = !this.#toldEarly.has(event.seq);
      this.#toldEarly.add(event.seq);
      return isNew;
    }
    return event.seq <= this.#begun;
  }
}
