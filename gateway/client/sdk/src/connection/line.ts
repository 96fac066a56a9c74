import { ClientFrames } from "../protocol/client-frames.js";
import {
  BadFrameError,
  type Limits,
  type Position,
  readFrame,
  type ServerFrame,
  type Welcome,
} from "../protocol/server-frames.js";
import { type Backoff, delayMillis } from "./backoff.js";
import { actionOf, type Closing, CloseCode } from "./closing.js";
import { Connection, type ConnectionOwner } from "./connection.js";
import type { Tokens } from "./tokens.js";
import type { WebSocketConstructor } from "./web-socket.js";

/** How to get to the gateways, and how patiently. */
export interface Way {
  readonly WebSocket: WebSocketConstructor;
  /** Of endpoints; they are tried in turn. */
  readonly urls: readonly string[];
  readonly tokens: Tokens;
  readonly backoff: Backoff;
  /** For a token and a connection, and again for the welcome. */
  readonly connectTimeoutMillis: number;
  readonly random: () => number;
}

/** Whose line it is. */
export interface LineOwner {
  /** Where the player is; undefined when it saw nothing yet. */
  readonly position: Position | undefined;
  connecting(attempt: number): void;
  /** @param asked what the hello asked to resume from */
  welcomed(asked: Position | undefined, welcome: Welcome): void;
  /** A frame after the welcome. */
  frame(frame: ServerFrame): void;
  /** The server broke the protocol. */
  violated(what: string): void;
  parted(closing: Closing, retryInMillis: number): void;
  /** There will be no other connection. */
  stopped(closing: Closing): void;
}

/** A connection that was welcome for so long was a good one: who loses it begins again with the shortest waits. */
const GOOD_MILLIS = 5_000;

/** The longest that timers can wait is some 24 days. */
const LONGEST_TIMER_MILLIS = 2 ** 31 - 1;

/** A new token that seems to have ended is not asked for again before: this machine's clock may be what is wrong. */
const RENEWED_MILLIS = 10_000;

type Timer = ReturnType<typeof setTimeout>;

/**
 * Keeps one player connected: whenever the connection ends it makes another, as the close code says.
 *
 * The idea: there is at most one connection that counts, the one that was said hello to last; what an older one still
 * brings is not heard, because the newer gives it again. So when the server drains, the next connection is made while
 * the old one still serves, and there is no moment at which an event comes over both.
 */
export class Line implements ConnectionOwner {
  readonly #way: Way;
  readonly #owner: LineOwner;
  /** One that is being opened; it does not count yet. */
  #opening: Connection | undefined;
  #current: Connection | undefined;
  #leaving: Connection | undefined;
  #token = "";
  #asked: Position | undefined;
  #welcome: Welcome | undefined;
  #welcomedAt = 0;
  #pingedAt: number | undefined;
  #isDraining = false;
  #isConnecting = false;
  #hasEnded = false;
  #attempts = 0;
  #connections = 0;
  #retry: Timer | undefined;
  #watch: Timer | undefined;
  #renewal: Timer | undefined;

  constructor(way: Way, owner: LineOwner) {
    this.#way = way;
    this.#owner = owner;
  }

  /** Begins, or tries at once instead of waiting any longer. */
  connect(): void {
    if (this.#isConnecting || this.#hasEnded) {
      return;
    }
    this.#isConnecting = true;
    clearTimeout(this.#retry);
    if (this.#current === undefined) {
      this.#owner.connecting(this.#attempts);
    }
    const connection = this.#connections++;
    // A token may come when its connection has been given up.
    const isWanted = (): boolean => this.#isConnecting && this.#connections === connection + 1;
    this.#retry = setTimeout(() => this.#failed("no connection in time"), this.#way.connectTimeoutMillis);
    this.#way.tokens.good().then(
      (token) => isWanted() && this.#open(this.#way.urls[connection % this.#way.urls.length]!, token),
      (error) => isWanted() && this.#failed(`no token: ${String(error)}`),
    );
  }

  /** Whether commands may go out. */
  get isReady(): boolean {
    return this.#welcome !== undefined && !this.#isDraining;
  }

  /** What the server allows; undefined before a welcome. */
  get limits(): Limits | undefined {
    return this.#welcome?.limits;
  }

  /** @returns false when there is no connection for it */
  send(frame: string): boolean {
    if (this.#current === undefined || !this.isReady) {
      return false;
    }
    this.#current.send(frame);
    return true;
  }

  /** Takes the connection for lost. */
  drop(why: string): void {
    this.#current?.drop(why);
  }

  /** The network may have changed: looks at once whether the connection is alive, or tries to make one. */
  nudge(): void {
    if (this.#welcome !== undefined) {
      this.#ping();
    } else if (this.#current === undefined && this.#connections > 0) {
      this.connect();
    }
  }

  /** Ends for good. */
  end(): void {
    this.#hasEnded = true;
    this.#stopTimers();
    this.#letGo();
    this.#abandonOpening();
    this.#current?.leave();
    this.#current = undefined;
    this.#welcome = undefined;
  }

  #open(url: string, token: string): void {
    this.#token = token;
    try {
      this.#opening = new Connection(this.#way.WebSocket, url, this);
    } catch (error) {
      this.#failed(`cannot connect: ${String(error)}`);
    }
  }

  opened(connection: Connection): void {
    if (connection !== this.#opening) {
      return;
    }
    this.#opening = undefined;
    this.#isConnecting = false;
    this.#stopTimers();
    this.#letGo();
    this.#leaving = this.#current;
    this.#current = connection;
    this.#welcome = undefined;
    this.#isDraining = false;
    this.#pingedAt = undefined;
    this.#asked = this.#owner.position;
    this.#watch = setTimeout(() => connection.drop("no welcome in time"), this.#way.connectTimeoutMillis);
    connection.send(ClientFrames.hello(this.#token, this.#asked));
  }

  received(connection: Connection, text: string): void {
    if (connection !== this.#current) {
      return;
    }
    this.#pingedAt = undefined;
    try {
      const frame = readFrame(text);
      if (frame?.op === "welcome" && this.#welcome === undefined) {
        this.#begin(connection, frame);
      } else if (this.#welcome === undefined || frame?.op === "welcome") {
        this.#owner.violated(`frame out of place: ${text}`);
      } else if (frame !== undefined) {
        this.#heard(frame);
      }
    } catch (error) {
      if (!(error instanceof BadFrameError)) {
        throw error;
      }
      this.#owner.violated(`${error.message}: ${text}`);
    }
  }

  ended(connection: Connection, closing: Closing): void {
    if (connection === this.#opening) {
      this.#opening = undefined;
      this.#failed(`cannot connect: ${closing.code} ${closing.reason}`);
    } else if (connection === this.#current) {
      this.#lost(closing);
    }
  }

  #begin(connection: Connection, welcome: Welcome): void {
    this.#welcome = welcome;
    this.#welcomedAt = performance.now();
    clearTimeout(this.#watch);
    this.#letGo();
    this.#watchOver(connection, welcome.heartbeatMillis);
    this.#renewInTime(0);
    this.#owner.welcomed(this.#asked, welcome);
  }

  #heard(frame: ServerFrame): void {
    if (frame.op === "drain") {
      this.#drain(frame.reconnectInMillis);
    }
    this.#owner.frame(frame);
  }

  /** The next connection is made while this one still serves. */
  #drain(reconnectInMillis: number): void {
    this.#isDraining = true;
    if (!this.#isConnecting) {
      clearTimeout(this.#retry);
      this.#retry = setTimeout(() => this.connect(), reconnectInMillis);
    }
  }

  /**
   * The server's own heartbeats are not shown to scripts, so a silent connection is asked for a sign of life. After a
   * sleep of the machine the silence alone would prove nothing: only a ping that stays without an answer does.
   */
  #watchOver(connection: Connection, heartbeatMillis: number): void {
    this.#watch = setTimeout(() => {
      const isUnanswered = this.#pingedAt !== undefined && performance.now() - this.#pingedAt >= heartbeatMillis;
      if (isUnanswered) {
        connection.drop("the server is silent");
        return;
      }
      if (connection.silentMillis >= heartbeatMillis) {
        this.#ping();
      }
      this.#watchOver(connection, heartbeatMillis);
    }, heartbeatMillis / 2);
  }

  #ping(): void {
    if (this.#pingedAt === undefined) {
      this.#pingedAt = performance.now();
      this.#current?.send(ClientFrames.ping(0));
    }
  }

  /** A token that is about to end is replaced on the connection that is there. */
  #renewInTime(attempt: number, leastMillis = 0): void {
    clearTimeout(this.#renewal);
    const due = this.#way.tokens.renewInMillis;
    if (due === undefined) {
      return;
    }
    const wait = attempt > 0 ? 1_000 + this.#delay(attempt) : Math.max(leastMillis, Math.min(due, LONGEST_TIMER_MILLIS));
    this.#renewal = setTimeout(() => {
      if (attempt === 0 && due > wait) {
        this.#renewInTime(0);
      } else {
        this.#renew(attempt);
      }
    }, wait);
  }

  #renew(attempt: number): void {
    const connection = this.#current;
    this.#way.tokens.renew().then(
      (token) => {
        if (connection !== undefined && connection === this.#current && this.#welcome !== undefined) {
          connection.send(ClientFrames.refresh(token));
          this.#renewInTime(0, RENEWED_MILLIS);
        }
      },
      () => {
        if (connection === this.#current && this.#welcome !== undefined) {
          this.#renewInTime(attempt + 1);
        }
      },
    );
  }

  #lost(closing: Closing): void {
    if (this.#welcome !== undefined && performance.now() - this.#welcomedAt >= GOOD_MILLIS) {
      this.#attempts = 0;
    }
    clearTimeout(this.#watch);
    clearTimeout(this.#renewal);
    this.#current = undefined;
    this.#welcome = undefined;
    this.#letGo();
    const action = actionOf(closing);
    if (action === "stop") {
      this.#hasEnded = true;
      this.#stopTimers();
      this.#abandonOpening();
      this.#owner.stopped(closing);
      return;
    }
    if (action === "afresh") {
      this.#way.tokens.forget();
    }
    this.#again(closing);
  }

  #failed(reason: string): void {
    this.#abandonOpening();
    this.#again({ code: CloseCode.LOST, reason });
  }

  #again(closing: Closing): void {
    const wait = this.#delay(this.#attempts++);
    if (this.#current === undefined) {
      this.#owner.parted(closing, wait);
    }
    if (!this.#isConnecting && !this.#hasEnded) {
      clearTimeout(this.#retry);
      this.#retry = setTimeout(() => this.connect(), wait);
    }
  }

  #delay(attempt: number): number {
    return delayMillis(this.#way.backoff, attempt, this.#way.random);
  }

  #abandonOpening(): void {
    this.#isConnecting = false;
    clearTimeout(this.#retry);
    const opening = this.#opening;
    this.#opening = undefined;
    opening?.leave();
  }

  #letGo(): void {
    this.#leaving?.leave();
    this.#leaving = undefined;
  }

  #stopTimers(): void {
    clearTimeout(this.#retry);
    clearTimeout(this.#watch);
    clearTimeout(this.#renewal);
  }
}
