import { QueueFullError } from "../errors.js";

/** Who waits for a decision. */
export interface Waiting<R> {
  readonly resolve: (decision: R) => void;
  readonly reject: (error: Error) => void;
}

/** What was asked and is not decided yet. */
export interface Asked<R> extends Waiting<R> {
  readonly id: string;
  readonly frame: string;
  /** Called when the server says that it is durable, each time that it does. */
  readonly accepted: () => void;
}

interface Entry<R> {
  readonly asked: Asked<R>;
  /** Whether it may be sent: a command is kept before. */
  isKept: boolean;
  isOnItsWay: boolean;
  sendings: number;
}

/**
 * What was asked and is not decided yet, in the order in which it was asked: what is on its way, and what is to be
 * sent, for the first time or again.
 *
 * The idea: there is one order for ever, the order of asking. Whatever happens, a lost connection or a frame sent
 * back, only marks frames as to be sent; the next frame to go is always the first so marked. When a frame is sent back
 * all wait for its time, not it alone, or those behind it would overtake it.
 */
export class Outbox<R> {
  readonly #undecided = new Map<string, Entry<R>>();
  readonly #what: string;
  readonly #window: number;
  readonly #limit: number;
  #onTheirWay = 0;
  #heldUntil = 0;

  /**
   * @param what   how it is called in errors
   * @param window on their way at a time
   * @param limit  undecided at all
   */
  constructor(what: string, window: number, limit: number) {
    this.#what = what;
    this.#window = window;
    this.#limit = limit;
  }

  get size(): number {
    return this.#undecided.size;
  }

  has(id: string): boolean {
    return this.#undecided.has(id);
  }

  /** @throws QueueFullError when there is no room for one more */
  checkRoom(): void {
    if (this.size >= this.#limit) {
      throw new QueueFullError(this.#what, this.#limit);
    }
  }

  /**
   * Takes one whose id is not here.
   *
   * @param isKept whether it may be sent; else when {@link kept} is called
   */
  add(asked: Asked<R>, isKept: boolean): void {
    this.#undecided.set(asked.id, { asked, isKept, isOnItsWay: false, sendings: 0 });
  }

  /** Takes some that were asked before all that are here. They are never refused: they may have had their effect. */
  addEarlier(earlier: readonly Asked<R>[]): void {
    const later = [...this.#undecided.values()];
    this.#undecided.clear();
    for (const asked of earlier) {
      this.add(asked, true);
    }
    for (const entry of later) {
      this.#undecided.set(entry.asked.id, entry);
    }
  }

  /** One may be sent from now on. */
  kept(id: string): void {
    const entry = this.#undecided.get(id);
    if (entry !== undefined) {
      entry.isKept = true;
    }
  }

  /**
   * What goes next, which counts as on its way from now on; undefined when nothing may go now.
   *
   * @param allowed on their way at a time, as the server says
   * @param now     in milliseconds of any clock that only goes forward
   */
  next(allowed: number, now: number): Asked<R> | undefined {
    if (this.#heldUntil > now || this.#onTheirWay >= Math.min(this.#window, allowed)) {
      return undefined;
    }
    for (const entry of this.#undecided.values()) {
      if (!entry.isOnItsWay) {
        return entry.isKept ? this.#send(entry) : undefined;
      }
    }
    return undefined;
  }

  accepted(id: string): void {
    this.#undecided.get(id)?.asked.accepted();
  }

  /** The connection is gone: over the next everything is sent again. */
  connectionLost(): void {
    for (const entry of this.#undecided.values()) {
      entry.isOnItsWay = false;
    }
    this.#onTheirWay = 0;
    this.#heldUntil = 0;
  }

  /** How often one was sent; 0 when it is not here. */
  sendings(id: string): number {
    return this.#undecided.get(id)?.sendings ?? 0;
  }

  /**
   * The server sent one back.
   *
   * @param until nothing goes before, on the clock of {@link next}
   */
  sentBack(id: string, until: number): void {
    const entry = this.#undecided.get(id);
    if (entry?.isOnItsWay) {
      entry.isOnItsWay = false;
      this.#onTheirWay--;
    }
    this.#heldUntil = Math.max(this.#heldUntil, until);
  }

  /** For how long nothing goes; 0 or less when something may. */
  heldMillis(now: number): number {
    return this.#heldUntil - now;
  }

  /** One is decided and no longer here; whoever waits for it is to be told. Undefined when it was not here. */
  settle(id: string): Waiting<R> | undefined {
    const entry = this.#undecided.get(id);
    if (entry === undefined) {
      return undefined;
    }
    this.#undecided.delete(id);
    if (entry.isOnItsWay) {
      this.#onTheirWay--;
    }
    return entry.asked;
  }

  /** Nothing will be decided any more. */
  end(why: Error): void {
    for (const id of [...this.#undecided.keys()]) {
      this.settle(id)?.reject(why);
    }
  }

  #send(entry: Entry<R>): Asked<R> {
    entry.isOnItsWay = true;
    entry.sendings++;
    this.#onTheirWay++;
    return entry.asked;
  }
}
