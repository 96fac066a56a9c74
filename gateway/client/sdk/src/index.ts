/**
 * The client of Rookery's player protocol. Start with {@link RookeryClient}.
 *
 * @packageDocumentation
 */
export type { AnswerOf, CatalogTypes, CommandData, CommandType, DoneOf, QueryData, QueryType } from "./catalog-types.js";
export { type CommandOptions, RookeryClient } from "./client.js";
export type { Backoff } from "./connection/backoff.js";
export { type Closing, CloseCode } from "./connection/closing.js";
export type { TokenProvider } from "./connection/tokens.js";
export type { WebSocketConstructor, WebSocketLike } from "./connection/web-socket.js";
export {
  IdTakenError,
  NotConnectedError,
  QueueFullError,
  RejectedError,
  RookeryError,
  StoppedError,
  StoreError,
  TooLargeError,
} from "./errors.js";
export type {
  Answer,
  ClientEvents,
  ConnectionState,
  Decision,
  EventBase,
  PlayerEvent,
  Problem,
  Push,
  RecoveredCommand,
  Told,
} from "./events.js";
export type * from "./generated/catalog.js";
export type { JsonObject, JsonValue } from "./json.js";
export type { Unsubscribe } from "./listeners.js";
export type { ClientOptions } from "./options.js";
export type { Limits, Outcome, Position } from "./protocol/server-frames.js";
export type { Room, RoomEvents } from "./rooms/room.js";
export { IndexedDbStore } from "./undecided/indexed-db-store.js";
export { MemoryStore } from "./undecided/memory-store.js";
export type { UndecidedCommand, UndecidedStore } from "./undecided/store.js";
