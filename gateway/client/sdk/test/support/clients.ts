import { WebSocket } from "ws";
import {
  type CatalogTypes,
  type ClientEvents,
  type ClientOptions,
  type DoneOf,
  MemoryStore,
  RookeryClient,
  type Room,
  type RoomEvents,
} from "../../src/index.js";
import type { Gateway } from "./gateway.js";

/** A catalog that says nothing: any type, any data. */
export interface Anything extends CatalogTypes {
  readonly commands: Readonly<Record<string, { readonly data: object; readonly done: { type: string; data: unknown } }>>;
  readonly queries: Readonly<Record<string, { readonly data: object; readonly answer: unknown }>>;
}

/** A client of p-7 that waits for milliseconds where others wait for seconds. */
export function clientOf(gateway: Gateway, options: Partial<ClientOptions> = {}): RookeryClient<Anything> {
  return new RookeryClient<Anything>({
    url: gateway.url,
    player: "p-7",
    token: () => "token",
    store: new MemoryStore(),
    WebSocket,
    backoff: { firstMillis: 1, longestMillis: 10 },
    ...options,
  });
}

/** Everything that a client tells under a name, as it comes. */
export function told<Name extends keyof Told>(client: RookeryClient<Anything>, name: Name): Told[Name][] {
  const events: Told[Name][] = [];
  client.on(name, (event) => events.push(event));
  return events;
}

type Told = ClientEvents<DoneOf<Anything>>;

/** The same of a room. */
export function toldIn<Name extends keyof RoomEvents>(room: Room, name: Name): RoomEvents[Name][] {
  const events: RoomEvents[Name][] = [];
  room.on(name, (event) => events.push(event));
  return events;
}

/**
 * Waits until something is so, looking after each turn of the event loop.
 *
 * @param meanwhile done each time that it is not
 */
export async function until(
  isSo: () => boolean,
  boundMillis = 10_000,
  meanwhile: () => Promise<void> | void = () => {},
): Promise<void> {
  const end = performance.now() + boundMillis;
  while (!isSo()) {
    if (performance.now() > end) {
      throw new Error(`not so in ${boundMillis} ms: ${isSo}`);
    }
    await meanwhile();
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
