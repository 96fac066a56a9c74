import { type Decision, type RookeryClient, StoppedError } from "../../src/index.js";
import { until } from "./clients.js";
import { type Shears, type Step } from "./cutting.js";
import type { Frame } from "./gateway.js";

/** Deposits of a conversation: the n-th is of n minor units. */
export const COMMANDS = 200;

/** How many of them are undecided at a time. */
export const AT_A_TIME = 6;

export const OF_CONNECTIONS: readonly Step[] = ["lost hello", "through hello", "lost welcome", "through welcome"];
export const OF_COMMANDS: readonly Step[] = [
  "lost command",
  "through command",
  "lost accepted",
  "through accepted",
  "lost event",
  "through event",
];

/**
 * Where a conversation is cut. Each command has two steps, one of them in turn, at each of which
 * the connection is cut when the command first gets there; one connection in ten is cut before it is of any use.
 */
export class Plan {
  readonly #random: () => number;
  readonly #ofCommand = new Map<string, Set<Step>>();
  readonly cuts = new Map<Step, number>();

  constructor(random: () => number) {
    this.#random = random;
    for (let n = 1; n <= COMMANDS; n++) {
      // Seldom reached, because most commands are decided while their player is away.
      const seldom = random() < 0.5 ? "lost accepted" : "through accepted";
      this.#ofCommand.set(idOf(n), new Set([OF_COMMANDS[n % OF_COMMANDS.length]!, seldom]));
    }
  }

  /** All cuts that were made. */
  get total(): number {
    return [...this.cuts.values()].reduce((sum, count) => sum + count, 0);
  }

  toString(): string {
    return JSON.stringify(Object.fromEntries(this.cuts));
  }

  readonly shears: Shears = (frame) => {
    const lost = this.#isCut("lost", frame) ? "lost" : undefined;
    return lost ?? (this.#isCut("through", frame) ? "through" : undefined);
  };

  #isCut(how: "lost" | "through", frame: Frame): boolean {
    const step = `${how} ${String(frame["op"])}` as Step;
    const id = String(frame["op"] === "event" ? frame["re"] : frame["id"]);
    const isCut = OF_CONNECTIONS.includes(step)
      ? this.#random() < 0.1 / OF_CONNECTIONS.length
      : this.#ofCommand.get(id)?.delete(step) === true;
    if (isCut) {
      this.cuts.set(step, (this.cuts.get(step) ?? 0) + 1);
    }
    return isCut;
  }
}

export function idOf(n: number): string {
  return `c-${n}`;
}

/** Plays one player through page after page until everything is decided. */
export class Conversation {
  readonly decided = new Map<string, Decision>();
  readonly violations: string[] = [];
  readonly #newClient: () => RookeryClient;
  #client: RookeryClient;
  #asked = new Set<string>();
  pages = 1;

  constructor(newClient: () => RookeryClient) {
    this.#newClient = newClient;
    this.#client = this.#open();
  }

  /** Asks on, in order, as long as not too much waits; what a page lost before it was kept is asked for again. */
  askOn(): void {
    for (let n = 1; n <= COMMANDS; n++) {
      const id = idOf(n);
      if (!this.decided.has(id) && !this.#asked.has(id)) {
        if (this.#client.undecided.length >= AT_A_TIME) {
          return;
        }
        this.#asked.add(id);
        this.#wait(id, this.#client.command("wallet.deposit", { amount: n, currency: "EUR" }, { id }));
      }
    }
  }

  /** Closes the page in the middle of whatever it does, and opens another. */
  async reload(): Promise<void> {
    this.pages++;
    this.#client.close();
    this.#asked = new Set();
    this.#client = this.#open();
    // What was left comes before what is asked now.
    await until(() => this.#client.state.name !== "idle");
  }

  /** Until everything is decided. */
  async play(random: () => number, boundMillis: number): Promise<void> {
    let nextReload = 10;
    const isDecided = (): boolean => this.decided.size >= COMMANDS;
    await until(isDecided, boundMillis, async () => {
      if (this.#client.state.name === "stopped") {
        throw new Error(`stopped: ${JSON.stringify(this.#client.state)}`);
      }
      this.askOn();
      if (this.decided.size >= nextReload) {
        nextReload += 5 + Math.floor(random() * 20);
        await this.reload();
      }
    });
    this.#client.close();
  }

  get client(): RookeryClient {
    return this.#client;
  }

  #open(): RookeryClient {
    const client = this.#newClient();
    client.on("violated", (what) => this.violations.push(what));
    client.on("recovered", (commands) => {
      for (const { id, decision } of commands) {
        this.#asked.add(id);
        this.#wait(id, decision);
      }
    });
    void client.connect();
    return client;
  }

  #wait(id: string, decision: Promise<Decision>): void {
    decision.then(
      (event) => this.decided.set(id, event),
      (error) => {
        if (!(error instanceof StoppedError)) {
          throw error;
        }
      },
    );
  }
}
