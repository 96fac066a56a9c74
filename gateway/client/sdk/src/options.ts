import type { Backoff } from "./connection/backoff.js";
import type { TokenProvider } from "./connection/tokens.js";
import type { WebSocketConstructor } from "./connection/web-socket.js";
import { IndexedDbStore } from "./undecided/indexed-db-store.js";
import { MemoryStore } from "./undecided/memory-store.js";
import type { UndecidedStore } from "./undecided/store.js";

/** How a client is made. What has a default may be left out. */
export interface ClientOptions {
  /** Of the gateway, or of several that are tried in turn: `https://play.example.com`; also `http:`, `ws:`, `wss:`. */
  readonly url: string | readonly string[];

  /**
   * Whose client it is: the subject of the tokens. Undecided commands are kept by it, so that nobody sends what
   * another player of the same browser has left.
   */
  readonly player: string;

  /** Asked for the first connection, and again before a token ends; a token is never put into a URL. */
  readonly token: TokenProvider;

  /** Where undecided commands are kept: IndexedDB in a browser, else memory. */
  readonly store?: UndecidedStore;

  /** `globalThis.WebSocket`. Node has one from version 22 on; before, that of the package `ws` serves. */
  readonly WebSocket?: WebSocketConstructor;

  /** Between connections that fail, and for a retry for which the server names no time: 100 ms, at most 5 s. */
  readonly backoff?: Backoff;

  /** For a token and a connection, and again for the welcome: 10,000. */
  readonly connectTimeoutMillis?: number;

  /** Commands, and as many queries, on their way at a time, at most what the server allows: 32. */
  readonly window?: number;

  /** Commands, and as many queries, that wait to be decided; beyond it {@link QueueFullError}: 1,000. */
  readonly maxUndecided?: number;

  /** Rooms, beyond it {@link QueueFullError}: 100. */
  readonly maxRooms?: number;

  /** For waits, from 0 to 1, 1 left out: `Math.random`. */
  readonly random?: () => number;
}

/** Options with nothing left out. */
export interface Settings {
  /** Of endpoints. */
  readonly urls: readonly string[];
  readonly player: string;
  readonly token: TokenProvider;
  readonly store: UndecidedStore;
  readonly WebSocket: WebSocketConstructor;
  readonly backoff: Backoff;
  readonly connectTimeoutMillis: number;
  readonly window: number;
  readonly maxUndecided: number;
  readonly maxRooms: number;
  readonly random: () => number;
}

/** @throws RangeError or TypeError when one cannot be */
export function settingsOf(options: ClientOptions): Settings {
  const settings = {
    backoff: { firstMillis: 100, longestMillis: 5_000 },
    connectTimeoutMillis: 10_000,
    window: 32,
    maxUndecided: 1_000,
    maxRooms: 100,
    random: Math.random,
    ...options,
    urls: [options.url].flat().map(endpoint),
    store: options.store ?? (typeof indexedDB === "undefined" ? new MemoryStore() : new IndexedDbStore()),
    WebSocket: options.WebSocket ?? globalThis.WebSocket,
  };
  if (settings.urls.length === 0) {
    throw new RangeError("url: none (expected: a gateway's)");
  }
  if (settings.player === "") {
    throw new RangeError("player: '' (expected: the subject of the tokens)");
  }
  if (typeof settings.WebSocket !== "function") {
    throw new TypeError(`WebSocket: ${typeof settings.WebSocket} (expected: a constructor; here is no global one)`);
  }
  const { firstMillis, longestMillis } = settings.backoff;
  atLeast("backoff.firstMillis", firstMillis, 1);
  atLeast("backoff.longestMillis", longestMillis, firstMillis);
  for (const name of ["connectTimeoutMillis", "window", "maxUndecided", "maxRooms"] as const) {
    atLeast(name, settings[name], 1);
  }
  return settings;
}

function atLeast(name: string, value: number, least: number): void {
  if (!(value >= least)) {
    throw new RangeError(`${name}: ${value} (expected: >= ${least})`);
  }
}

function endpoint(url: string): string {
  const { protocol, host, pathname } = new URL(url);
  if (!/^(http|ws)s?:$/.test(protocol)) {
    throw new RangeError(`url: ${url} (expected: https:, http:, wss: or ws:)`);
  }
  return `${protocol.replace("http", "ws")}//${host}${pathname.replace(/\/$/, "")}/v1/connect`;
}
