import type { AnswerOf, CatalogTypes, CommandData, CommandType, DoneOf, QueryData, QueryType } from "./catalog-types.js";
import { delayMillis } from "./connection/backoff.js";
import { type Closing, CloseCode } from "./connection/closing.js";
import { Line, type LineOwner } from "./connection/line.js";
import { Tokens } from "./connection/tokens.js";
import { IdTakenError, NotConnectedError, RejectedError, StoppedError, StoreError, TooLargeError } from "./errors.js";
import type { Answer, ClientEvents, ConnectionState, Decision, PlayerEvent, RecoveredCommand } from "./events.js";
import type { Catalog } from "./generated/catalog.js";
import { asJson, type JsonValue } from "./json.js";
import { Listeners, type Unsubscribe } from "./listeners.js";
import { type ClientOptions, type Settings, settingsOf } from "./options.js";
import { bytesOf, ClientFrames } from "./protocol/client-frames.js";
import type { AnswerFrame, ErrorFrame, EventFrame, Position, ServerFrame, Welcome } from "./protocol/server-frames.js";
import { Follower } from "./requests/follower.js";
import { checkId, newId } from "./requests/ids.js";
import { Outbox } from "./requests/outbox.js";
import type { Room } from "./rooms/room.js";
import { Rooms } from "./rooms/rooms.js";
import type { UndecidedCommand } from "./undecided/store.js";

/** What the protocol says of frames' sizes, until a server says otherwise. */
const FRAME_BYTES = 16_384;

/** How one command is sent. */
export interface CommandOptions {
  /**
   * Unique for the player for ever; made up when it is left out. The same id again is the same command: it has one
   * effect and one answer, however often it is asked for.
   */
  readonly id?: string;

  /** Called when the server has made the command durable: from then on it will be decided, whatever happens. */
  readonly accepted?: () => void;
}

interface Undecided {
  readonly command: UndecidedCommand;
  readonly decision: Promise<Decision>;
}

/**
 * A player who plays on whatever happens to the connection.
 *
 * A command is kept until it is decided: it is sent, sent again under the same id when the server sends it back, and
 * sent again in the order of asking over each new connection, also by the next page when this one is closed. It has
 * one effect at most, and one answer.
 *
 * ```ts
 * const client = new RookeryClient({ url: "https://play.example.com", player: "p-7", token: fetchToken });
 * await client.connect();
 * const deposit = await client.command("wallet.deposit", { amount: 1000, currency: "EUR" });
 * if (deposit.outcome === "done") {
 *   console.log(deposit.data.balance);
 * }
 * ```
 *
 * @typeParam C what may be asked of the platform
 */
export class RookeryClient<C extends CatalogTypes = Catalog> {
  readonly #settings: Settings;
  readonly #listeners = new Listeners<ClientEvents<DoneOf<C>>>();
  readonly #follower = new Follower();
  readonly #commands: Outbox<Decision>;
  readonly #queries: Outbox<Answer>;
  readonly #undecided = new Map<string, Undecided>();
  readonly #rooms: Rooms;
  readonly #line: Line;
  readonly #pings = new Map<number, { readonly sentAt: number; resolve(millis: number): void; reject(why: Error): void }>();
  readonly #nudge = (): void => this.#line.nudge();
  #state: ConnectionState = { name: "idle" };
  #connected: Promise<void> | undefined;
  #welcomed: { readonly resolve: () => void; readonly reject: (why: Error) => void } | undefined;
  #stopped: StoppedError | undefined;
  #pinged = 0;
  readonly #held = new Map<Outbox<never>, ReturnType<typeof setTimeout>>();

  /** Nothing is connected yet: see {@link connect}. */
  constructor(options: ClientOptions) {
    const settings = settingsOf(options);
    this.#settings = settings;
    this.#commands = new Outbox("commands", settings.window, settings.maxUndecided);
    this.#queries = new Outbox("queries", settings.window, settings.maxUndecided);
    this.#line = new Line(
      { ...settings, tokens: new Tokens(settings.token, settings.player) },
      this.#lineOwner(),
    );
    this.#rooms = new Rooms(settings.maxRooms, {
      cast: (room, data) => this.#line.send(this.#checked("cast", ClientFrames.cast(room, data))),
      send: (frame) => this.#line.send(frame),
      drop: (why) => this.#violated(why, true),
      delayMillis: (attempt) => this.#delay(attempt),
    });
  }

  /** Whose client it is. */
  get player(): string {
    return this.#settings.player;
  }

  /** What it is doing; `on("state", …)` tells of changes. */
  get state(): ConnectionState {
    return this.#state;
  }

  /** Where the player is in its stream; undefined before the first welcome. */
  get position(): Position | undefined {
    return this.#follower.position;
  }

  /** Commands that are not decided, in the order of asking. */
  get undecided(): readonly UndecidedCommand[] {
    return [...this.#undecided.values()].map(({ command }) => command);
  }

  /** Is told of what happens until what it returns is called. Listen before {@link connect} to miss nothing. */
  on<Name extends keyof ClientEvents<DoneOf<C>>>(
    name: Name,
    listener: (event: ClientEvents<DoneOf<C>>[Name]) => void,
  ): Unsubscribe {
    return this.#listeners.on(name, listener);
  }

  /**
   * Connects, and stays connected until {@link close}. A server that is not there is no error: it is tried again for
   * ever, and `state` tells.
   *
   * @returns resolved at the first welcome; rejected with StoppedError when the server sends the player away, with
   *     StoreError when it cannot be known what an earlier client left undecided
   */
  connect(): Promise<void> {
    if (this.#stopped !== undefined) {
      return Promise.reject(this.#stopped);
    }
    if (this.#connected === undefined) {
      this.#connected = this.#begin();
      // Who listens to `state` need not wait for this as well.
      this.#connected.catch(() => {});
    }
    return this.#connected;
  }

  /**
   * Asks for an effect. May be called at any time, also when there is no connection; commands take effect in the order
   * of the calls.
   *
   * @returns the event that decides it: done, refused by the rules, or failed by a defect. Rejected when it had no
   *     effect (RejectedError, TooLargeError, QueueFullError, StoreError, IdTakenError), or with StoppedError when it is
   *     left to the next client
   */
  async command<T extends CommandType<C>>(
    type: T,
    data: CommandData<C, T>,
    options: CommandOptions = {},
  ): Promise<Decision<DoneOf<C, T>>> {
    const command = { id: options.id ?? newId(), type, data: asJson("data", data) };
    checkId("id", command.id);
    const decision = this.#ask(command, options.accepted ?? (() => {}));
    return (await decision) as Decision<DoneOf<C, T>>;
  }

  /**
   * Asks to know something. It sees every effect whose answer the player has been given. It is asked again over a new
   * connection, and not kept beyond the page's life.
   *
   * @returns rejected with RejectedError, TooLargeError, QueueFullError or StoppedError
   */
  async query<T extends QueryType<C>>(type: T, data: QueryData<C, T>): Promise<Answer<AnswerOf<C, T>>> {
    this.#checkRunning();
    this.#queries.checkRoom();
    const id = newId();
    const frame = this.#checked("query", ClientFrames.query(id, type, asJson("data", data)));
    const answer = new Promise<Answer>((resolve, reject) => {
      this.#queries.add({ id, frame, resolve, reject, accepted: () => {} }, true);
    });
    this.#send();
    return (await answer) as Answer<AnswerOf<C, T>>;
  }

  /**
   * Enters a room, and enters it again over each new connection until the room is left.
   *
   * @returns resolved when the player is in it; rejected with RejectedError (`forbidden`), QueueFullError or StoppedError
   */
  async join(room: string): Promise<Room> {
    this.#checkRunning();
    return this.#rooms.join(room);
  }

  /**
   * Measures the round trip to the gateway.
   *
   * @returns milliseconds; rejected with NotConnectedError when there is no connection, or it is lost meanwhile
   */
  ping(): Promise<number> {
    const at = ++this.#pinged;
    return new Promise((resolve, reject) => {
      if (this.#line.send(ClientFrames.ping(at))) {
        this.#pings.set(at, { sentAt: performance.now(), resolve, reject });
      } else {
        reject(new NotConnectedError());
      }
    });
  }

  /** Ends for good. Whoever waits is told by StoppedError; undecided commands are left to the next client. */
  close(): void {
    if (this.#stopped === undefined) {
      this.#line.end();
      this.#stop({ code: CloseCode.NORMAL, reason: "closed" });
    }
  }

  async #begin(): Promise<void> {
    const welcomed = new Promise<void>((resolve, reject) => (this.#welcomed = { resolve, reject }));
    // It may end while the store is read, when nobody waits for this yet.
    welcomed.catch(() => {});
    try {
      this.#recover(await this.#settings.store.load(this.player));
    } catch (error) {
      this.#connected = undefined;
      throw new StoreError("of earlier clients", error);
    }
    // It may have ended meanwhile, and would be held by the page for ever.
    if (this.#stopped === undefined) {
      globalThis.addEventListener?.("online", this.#nudge);
      this.#line.connect();
    }
    return welcomed;
  }

  /** What an earlier client left comes before everything that was asked of this one. */
  #recover(left: readonly UndecidedCommand[]): void {
    if (this.#stopped !== undefined) {
      return;
    }
    const commands = left.filter(({ id }) => !this.#undecided.has(id));
    const later = [...this.#undecided.values()];
    this.#undecided.clear();
    const recovered = commands.map((command) => this.#recovered(command));
    this.#commands.addEarlier(recovered.map(({ asked }) => asked));
    for (const each of later) {
      this.#undecided.set(each.command.id, each);
    }
    if (recovered.length > 0) {
      this.#listeners.tell("recovered", recovered.map(({ told }) => told));
    }
  }

  #recovered(command: UndecidedCommand) {
    const { promise, waiting } = this.#promised(command);
    // Nobody has to wait for what an earlier client asked.
    promise.catch(() => {});
    const frame = ClientFrames.command(command.id, command.type, command.data);
    const asked = { ...waiting, id: command.id, frame, accepted: () => {} };
    const told: RecoveredCommand = { ...command, decision: promise };
    return { asked, told };
  }

  #ask(command: UndecidedCommand, accepted: () => void): Promise<Decision> {
    this.#checkRunning();
    const same = this.#undecided.get(command.id);
    if (same !== undefined) {
      if (same.command.type !== command.type || !isSame(same.command.data, command.data)) {
        throw new IdTakenError(command.id);
      }
      return same.decision;
    }
    this.#commands.checkRoom();
    const frame = this.#checked("command", ClientFrames.command(command.id, command.type, command.data));
    const { promise, waiting } = this.#promised(command);
    this.#commands.add({ ...waiting, id: command.id, frame, accepted }, false);
    this.#keep(command);
    return promise;
  }

  #promised(command: UndecidedCommand) {
    let resolve!: (decision: Decision) => void;
    let reject!: (error: Error) => void;
    const promise = new Promise<Decision>((onDecision, onError) => {
      resolve = onDecision;
      reject = onError;
    });
    this.#undecided.set(command.id, { command, decision: promise });
    return { promise, waiting: { resolve, reject } };
  }

  /** Sent is only what is kept: else a page that is closed would forget what may have its effect. */
  #keep(command: UndecidedCommand): void {
    this.#settings.store.add(this.player, command).then(
      () => {
        this.#commands.kept(command.id);
        this.#send();
      },
      (error) => {
        this.#undecided.delete(command.id);
        this.#commands.settle(command.id)?.reject(new StoreError(command.id, error));
        this.#send();
      },
    );
  }

  /** A command is decided. One that the store does not forget is sent once more by the next client, and has one effect. */
  #settle(id: string) {
    const waiting = this.#commands.settle(id);
    if (waiting !== undefined) {
      this.#undecided.delete(id);
      this.#settings.store.remove(this.player, id).catch(() => {});
    }
    return waiting;
  }

  /** Sends what may go now. */
  #send(): void {
    for (const outbox of [this.#commands, this.#queries]) {
      while (this.#line.isReady) {
        const next = outbox.next(this.#line.limits?.pending ?? 1, performance.now());
        if (next === undefined) {
          break;
        }
        this.#line.send(next.frame);
      }
    }
  }

  #event(frame: EventFrame): void {
    if (frame.repeat === true) {
      this.#repeat(frame);
      return;
    }
    const step = this.#follower.follow(frame);
    if (step === "gap") {
      this.#violated(`seq: ${frame.seq} (expected: the one after ${JSON.stringify(this.position)})`, true);
      return;
    }
    if (step === "next") {
      this.#tellEvent(frame);
    }
    if (frame.re !== undefined) {
      this.#settle(frame.re)?.resolve(eventOf(frame) as Decision);
    }
    this.#send();
  }

  /** It decides what is undecided here; else, or when its command had been decided before, it was told before. */
  #repeat(frame: EventFrame): void {
    const waiting = this.#settle(frame.re ?? "");
    if (waiting !== undefined) {
      if (this.#follower.again(frame)) {
        this.#tellEvent(frame);
      }
      waiting.resolve(eventOf(frame) as Decision);
      this.#send();
    }
  }

  #tellEvent(frame: EventFrame): void {
    this.#listeners.tell("event", eventOf(frame) as PlayerEvent<DoneOf<C>>);
  }

  #answer({ re, outcome, data }: AnswerFrame): void {
    this.#queries.settle(re)?.resolve({ outcome, data } as Answer);
    this.#send();
  }

  #error(error: ErrorFrame): void {
    const id = error.re ?? "";
    if (!this.#commands.has(id) && !this.#queries.has(id)) {
      this.#rooms.frame(error);
      if (error.re === undefined) {
        this.#listeners.tell("rejected", { code: error.code, message: error.message });
      }
      return;
    }
    // When it is open whether it had its effect, giving up would be to forget what may have been booked.
    if (error.retryable || error.code === "unavailable") {
      this.#again(id, error.retryAfterMillis);
    } else {
      const why = new RejectedError(error.code, error.message);
      (this.#settle(id) ?? this.#queries.settle(id))?.reject(why);
    }
    this.#send();
  }

  #again(id: string, retryAfterMillis: number | undefined): void {
    const outbox = this.#commands.has(id) ? this.#commands : this.#queries;
    outbox.sentBack(id, performance.now() + (retryAfterMillis ?? this.#delay(outbox.sendings(id))));
    this.#sendWhenReleased(outbox);
  }

  /** Timers may be early: what is still held then is looked at again. */
  #sendWhenReleased(outbox: Outbox<never>): void {
    clearTimeout(this.#held.get(outbox));
    const left = outbox.heldMillis(performance.now());
    if (left > 0) {
      const timer = setTimeout(() => {
        this.#send();
        this.#sendWhenReleased(outbox);
      }, left);
      this.#held.set(outbox, timer);
    }
  }

  #lineOwner(): LineOwner {
    const client = this;
    return {
      get position() {
        return client.position;
      },
      connecting: (attempt) => this.#tellState({ name: "connecting", attempt }),
      welcomed: (asked, welcome) => this.#greeted(asked, welcome),
      frame: (frame) => this.#frame(frame),
      violated: (what) => this.#violated(what, false),
      parted: (closing, retryInMillis) => {
        this.#lost();
        this.#tellState({ name: "offline", closing, retryInMillis });
      },
      stopped: (closing) => this.#stop(closing),
    };
  }

  #greeted(asked: Position | undefined, welcome: Welcome): void {
    if (welcome.player !== this.player) {
      // Its commands would be this one's.
      this.#line.end();
      const reason = `the token is of player ${welcome.player} (expected: ${this.player})`;
      this.#stop({ code: CloseCode.NORMAL, reason });
      return;
    }
    this.#lost();
    const resumed = this.#follower.welcomed(asked, welcome);
    this.#commands.connectionLost();
    this.#queries.connectionLost();
    this.#tellState({ name: "online", session: welcome.session, resumed, limits: welcome.limits });
    this.#welcomed?.resolve();
    this.#rooms.connected();
    this.#send();
  }

  #frame(frame: ServerFrame): void {
    switch (frame.op) {
      case "event":
        return this.#event(frame);
      case "answer":
        return this.#answer(frame);
      case "error":
        return this.#error(frame);
      case "accepted":
        return this.#commands.accepted(frame.id);
      case "pong":
        return this.#ponged(frame.at);
      default:
        return this.#rooms.frame(frame);
    }
  }

  #ponged(at: JsonValue): void {
    const ping = this.#pings.get(Number(at));
    if (ping !== undefined) {
      this.#pings.delete(Number(at));
      ping.resolve(performance.now() - ping.sentAt);
    }
  }

  #violated(what: string, isToBeResumed: boolean): void {
    this.#listeners.tell("violated", what);
    if (isToBeResumed) {
      this.#line.drop(what);
    }
  }

  #lost(): void {
    this.#rooms.parted();
    for (const { reject } of this.#pings.values()) {
      reject(new NotConnectedError());
    }
    this.#pings.clear();
  }

  #stop(closing: Closing): void {
    const why = new StoppedError(closing);
    this.#stopped = why;
    globalThis.removeEventListener?.("online", this.#nudge);
    this.#held.forEach((timer) => clearTimeout(timer));
    this.#lost();
    this.#tellState({ name: "stopped", closing });
    this.#welcomed?.reject(why);
    this.#undecided.clear();
    this.#commands.end(why);
    this.#queries.end(why);
    this.#rooms.end(why);
  }

  #tellState(state: ConnectionState): void {
    this.#state = state;
    this.#listeners.tell("state", state);
  }

  #checkRunning(): void {
    if (this.#stopped !== undefined) {
      throw this.#stopped;
    }
  }

  /** A larger frame would end the connection, and a command is sent again over each next one. */
  #checked(what: string, frame: string): string {
    const limit = this.#line.limits?.frameBytes ?? FRAME_BYTES;
    const bytes = bytesOf(frame);
    if (bytes > limit) {
      throw new TooLargeError(what, bytes, limit);
    }
    return frame;
  }

  #delay(attempt: number): number {
    return delayMillis(this.#settings.backoff, attempt, this.#settings.random);
  }
}

function eventOf({ op, repeat, ...event }: EventFrame): object {
  return event;
}

/** Both have been written and read once, so that what is equal is written alike, if it was asked for alike. */
function isSame(one: JsonValue, other: JsonValue): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
