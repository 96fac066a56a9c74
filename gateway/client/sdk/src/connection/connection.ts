import { type Closing, CloseCode } from "./closing.js";
import type { WebSocketConstructor, WebSocketLike } from "./web-socket.js";

const SUBPROTOCOL = "rookery.v1.json";

/** Who a connection belongs to. It is told of the end once, and of nothing afterwards. */
export interface ConnectionOwner {
  opened(connection: Connection): void;
  received(connection: Connection, text: string): void;
  ended(connection: Connection, closing: Closing): void;
}

/** One socket, from the upgrade to its end: raw frames out, raw frames in, and the close code. */
export class Connection {
  readonly #owner: ConnectionOwner;
  readonly #socket: WebSocketLike;
  #hasEnded = false;
  #heardAt = performance.now();

  /** @param url of the gateway's endpoint, `ws://` or `wss://` */
  constructor(constructor: WebSocketConstructor, url: string, owner: ConnectionOwner) {
    this.#owner = owner;
    this.#socket = new constructor(url, [SUBPROTOCOL]);
    this.#socket.addEventListener("open", () => {
      if (!this.#hasEnded) {
        owner.opened(this);
      }
    });
    this.#socket.addEventListener("message", (event) => this.#received(event.data));
    this.#socket.addEventListener("close", (event) => this.#end({ code: event.code, reason: event.reason }));
    // An error is always followed by a close; without a listener Node would take it for an uncaught one.
    this.#socket.addEventListener("error", () => {});
  }

  /** Milliseconds since anything was heard from the server. */
  get silentMillis(): number {
    return performance.now() - this.#heardAt;
  }

  /** Sends one frame; that says nothing of its arrival. */
  send(frame: string): void {
    try {
      this.#socket.send(frame);
    } catch (error) {
      this.drop(`cannot send: ${String(error)}`);
    }
  }

  /** Says goodbye; nothing is heard of it any more. */
  leave(): void {
    this.#hasEnded = true;
    this.#socket.close(CloseCode.NORMAL);
  }

  /** Takes the connection for lost, without waiting for a goodbye: a server that is gone would say none. */
  drop(why: string): void {
    this.#end({ code: CloseCode.LOST, reason: why });
    this.#socket.close(CloseCode.NORMAL);
  }

  #received(data: unknown): void {
    this.#heardAt = performance.now();
    if (!this.#hasEnded) {
      if (typeof data === "string") {
        this.#owner.received(this, data);
      } else {
        this.drop("a binary message came (expected: text)");
      }
    }
  }

  #end(closing: Closing): void {
    if (!this.#hasEnded) {
      this.#hasEnded = true;
      this.#owner.ended(this, closing);
    }
  }
}
