import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";

/** Longer than anything here takes, shorter than anybody wants to wait for a test that fails. */
const BOUND_MILLIS = 10_000;

export type Frame = Readonly<Record<string, unknown>>;

/** A queue that can be waited for. */
class Arrivals<T> {
  readonly #arrived: T[] = [];
  readonly #waiting: ((arrival: T) => void)[] = [];

  add(arrival: T): void {
    const waiting = this.#waiting.shift();
    if (waiting === undefined) {
      this.#arrived.push(arrival);
    } else {
      waiting(arrival);
    }
  }

  next(what: string): Promise<T> {
    const arrived = this.#arrived.shift();
    if (arrived !== undefined) {
      return Promise.resolve(arrived);
    }
    return new Promise((resolve, reject) => {
      const bound = setTimeout(() => reject(new Error(`${what}: none in ${BOUND_MILLIS} ms`)), BOUND_MILLIS);
      this.#waiting.push((arrival) => {
        clearTimeout(bound);
        resolve(arrival);
      });
    });
  }

  get size(): number {
    return this.#arrived.length;
  }
}

/** One client as the server sees it: the test says what the server says. */
export class Peer {
  readonly #socket: WebSocket;
  readonly #frames = new Arrivals<Frame>();
  readonly #closed: Promise<number>;

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on("message", (data) => this.#frames.add(JSON.parse(String(data)) as Frame));
    this.#closed = once(socket, "close").then(([code]) => code as number);
  }

  /** The next frame, which has to be of that op. */
  async next(op: string): Promise<Frame> {
    const frame = await this.#frames.next(op);
    if (frame["op"] !== op) {
      throw new Error(`frame: ${JSON.stringify(frame)} (expected: ${op})`);
    }
    return frame;
  }

  /** Frames that have come and that nobody asked for yet. */
  get waiting(): number {
    return this.#frames.size;
  }

  send(frame: object): void {
    this.#socket.send(JSON.stringify(frame));
  }

  sendText(text: string): void {
    this.#socket.send(text);
  }

  /** Awaits the hello and says welcome. */
  async welcome(fields: Frame = {}): Promise<Frame> {
    const hello = await this.next("hello");
    this.send({
      op: "welcome",
      player: "p-7",
      session: "s-1",
      epoch: "e1",
      seq: 0,
      resumed: hello["resume"] !== undefined,
      heartbeatMillis: 15_000,
      limits: { frameBytes: 16_384, commandsPerSecond: 50, pending: 32, rooms: 100 },
      ...fields,
    });
    return hello;
  }

  /** An event of the player's stream; with `re` it is the answer to that command. */
  event(seq: number, re?: unknown, fields: Frame = {}): void {
    const decided = re === undefined ? {} : { re, outcome: "done" };
    this.send({ op: "event", seq, id: `n-${seq}`, type: "test.event", time: "2026-01-01T00:00:00Z", data: {}, ...decided, ...fields });
  }

  close(code: number): void {
    this.#socket.close(code);
  }

  /** Drops the socket without a word, as a lost network does. */
  drop(): void {
    this.#socket.terminate();
  }

  /** Reads nothing any more, and so answers nothing. */
  freeze(): void {
    this.#socket.pause();
  }

  /** Resolved with the close code when the socket is gone. */
  get closed(): Promise<number> {
    return this.#closed;
  }
}

/** A real WebSocket server on loopback that does nothing by itself. */
export class Gateway {
  readonly #server: WebSocketServer;
  readonly #peers = new Arrivals<Peer>();
  readonly port: number;

  private constructor(server: WebSocketServer) {
    this.#server = server;
    this.port = (server.address() as AddressInfo).port;
    server.on("connection", (socket) => this.#peers.add(new Peer(socket)));
  }

  static async start(port = 0): Promise<Gateway> {
    const server = new WebSocketServer({ host: "127.0.0.1", port, path: "/v1/connect" });
    await once(server, "listening");
    return new Gateway(server);
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** The next client that connects. */
  next(): Promise<Peer> {
    return this.#peers.next("connection");
  }

  /** Clients that have connected and that nobody asked for yet. */
  get waiting(): number {
    return this.#peers.size;
  }

  async stop(): Promise<void> {
    for (const socket of this.#server.clients) {
      socket.terminate();
    }
    this.#server.close();
    await once(this.#server, "close").catch(() => {});
  }
}
