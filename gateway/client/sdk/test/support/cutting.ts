import { WebSocket } from "ws";
import type { WebSocketConstructor, WebSocketLike } from "../../src/index.js";
import type { Frame } from "./gateway.js";

/** A point of a conversation: a frame, and whether it still gets through when the connection is cut there. */
export type Step = `${"lost" | "through"} ${"hello" | "welcome" | "command" | "accepted" | "event"}`;

/** Random numbers that come again with the same seed: mulberry32. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Says of each frame, in either direction, whether the connection is to be cut there, and how. */
export type Shears = (frame: Frame) => "lost" | "through" | undefined;

/** WebSockets whose connections are cut where the shears say: without a word, as by a network. */
export function cuttingSockets(shears: Shears): WebSocketConstructor {
  return class implements WebSocketLike {
    readonly #socket: WebSocket;
    #isCut = false;

    constructor(url: string, protocols: string[]) {
      this.#socket = new WebSocket(url, protocols);
    }

    get protocol(): string {
      return this.#socket.protocol;
    }

    send(text: string): void {
      if (this.#isCut) {
        return;
      }
      const cut = shears(JSON.parse(text) as Frame);
      if (cut === "lost") {
        this.#cut();
      } else {
        // Cut only when it has left this process: what is not written when a socket is dropped is lost.
        this.#isCut = cut === "through";
        this.#socket.send(text, () => this.#isCut && this.#cut());
      }
    }

    close(): void {
      this.#socket.close();
    }

    addEventListener(type: string, listener: (event: never) => void): void {
      const told = listener as (event: object) => void;
      if (type !== "message") {
        this.#socket.addEventListener(type as "open", told);
        return;
      }
      this.#socket.addEventListener("message", (event) => {
        if (this.#isCut) {
          return;
        }
        const cut = shears(JSON.parse(String(event.data)) as Frame);
        if (cut !== "lost") {
          told(event);
        }
        if (cut !== undefined) {
          this.#cut();
        }
      });
    }

    #cut(): void {
      this.#isCut = true;
      this.#socket.terminate();
    }
  };
}
