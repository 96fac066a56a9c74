import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import type { Frame } from "./gateway.js";

interface Decided {
  readonly seq: number;
  readonly event: Frame;
}

/**
 * What a whole platform is to one player, in memory: effects once for each id, a numbered stream that is resumed,
 * answers that are given again, commands that are sent back, drains; all at moments that chance chooses.
 */
export class SimulatedPlatform {
  /** The amounts of deposits, each when it had its effect. */
  readonly effects: number[] = [];
  readonly #server: WebSocketServer;
  readonly #random: () => number;
  readonly #stream: Frame[] = [];
  readonly #decided = new Map<string, Decided>();
  readonly #accepted = new Set<string>();
  #lane: Promise<void> = Promise.resolve();
  #session: WebSocket | undefined;
  /** Was sent back: nothing passes it until it comes again. */
  #first: string | undefined;

  private constructor(server: WebSocketServer, random: () => number) {
    this.#server = server;
    this.#random = random;
    server.on("connection", (socket) => {
      socket.on("message", (data) => this.#received(socket, JSON.parse(String(data)) as Frame));
    });
  }

  static async start(random: () => number): Promise<SimulatedPlatform> {
    const server = new WebSocketServer({ host: "127.0.0.1", port: 0, path: "/v1/connect" });
    await once(server, "listening");
    return new SimulatedPlatform(server, random);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    for (const socket of this.#server.clients) {
      socket.terminate();
    }
    this.#server.close();
    await once(this.#server, "close");
  }

  #received(socket: WebSocket, frame: Frame): void {
    if (frame["op"] === "hello") {
      this.#greet(socket, frame["resume"] as { epoch: string; seq: number } | undefined);
    } else if (frame["op"] === "command" && socket === this.#session) {
      this.#command(socket, frame);
    }
  }

  #greet(socket: WebSocket, resume: { epoch: string; seq: number } | undefined): void {
    this.#session?.close(4205);
    this.#session = socket;
    this.#first = undefined;
    const seq = this.#stream.length;
    const limits = { frameBytes: 16_384, commandsPerSecond: 50, pending: 4, rooms: 100 };
    send(socket, { op: "welcome", player: "p-7", session: "s", epoch: "e", seq, resumed: resume !== undefined, heartbeatMillis: 15_000, limits });
    for (const event of resume === undefined ? [] : this.#stream.slice(resume.seq)) {
      send(socket, event);
    }
    if (this.#random() < 0.05) {
      send(socket, { op: "drain", reconnectInMillis: Math.floor(this.#random() * 10) });
    }
  }

  #command(socket: WebSocket, frame: Frame): void {
    const id = String(frame["id"]);
    const decided = this.#decided.get(id);
    if (decided !== undefined) {
      send(socket, { ...decided.event, repeat: true, seq: this.#random() < 0.1 ? 0 : decided.seq });
      return;
    }
    if (this.#first !== undefined && this.#first !== id) {
      send(socket, { op: "error", re: id, code: "busy", message: "", retryable: true, retryAfterMillis: 2 });
      return;
    }
    this.#first = undefined;
    // One that is on its way already may be decided before it comes again, which it then never does.
    if (!this.#accepted.has(id) && this.#random() < 0.1) {
      this.#first = id;
      send(socket, { op: "error", re: id, code: "unavailable", message: "", retryable: false });
      return;
    }
    // What is on its way already will be answered by the stream.
    if (!this.#accepted.has(id)) {
      this.#accepted.add(id);
      this.#lane = this.#lane.then(() => this.#decide(id, frame["data"] as { amount: number }));
    }
    send(socket, { op: "accepted", id });
  }

  async #decide(id: string, { amount }: { amount: number }): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, this.#random() * 10));
    this.effects.push(amount);
    const seq = this.#stream.length + 1;
    const event = { op: "event", seq, id: `n-${seq}`, type: "wallet.deposited", re: id, outcome: "done", time: "", data: { amount } };
    this.#stream.push(event);
    this.#decided.set(id, { seq, event });
    if (this.#session !== undefined) {
      send(this.#session, event);
    }
  }
}

function send(socket: WebSocket, frame: object): void {
  if (socket.readyState === socket.OPEN) {
    socket.send(JSON.stringify(frame));
  }
}
