import type { Catalog, CommandData, CommandType, ConnectionState, DoneOf, RecoveredCommand } from "@rookery/client";
import { RookeryClient, StoppedError, StoreError } from "@rookery/client";
import { shallowReactive } from "vue";
import type { Asked, Move } from "./fairness.ts";
import { tokenOf, type Identity } from "./identity.ts";
import type { Balance, Current, Round } from "./model.ts";
import { say, why } from "./notices.ts";
import { toldOf, witness, witnessBet, witnessCommitment, witnessMove, witnessSeed, witnessSeedInUse } from "./witness.ts";

/** What the whole page knows of its player. Views read it; only this file changes it. */
export const session = shallowReactive({
  player: "",
  connection: { name: "idle" } as ConnectionState,
  /** Undefined until they are known. */
  balances: undefined as readonly Balance[] | undefined,
  current: undefined as Current | undefined,
  /** Counts what may have changed the player's money: views that list it read anew. */
  changes: 0,
  currency: "EUR",
  /** A reason why the player was sent away. */
  ended: "",
});

const TOKEN_ENDED = 4101;
const REPLACED = 4205;

let client: RookeryClient | undefined;
/** Whether what was told of the seed is surely of the one in use: nothing was missed since. */
let isFresh = false;
let changing: Promise<boolean> | undefined;

/** The client of who is signed in. */
export function theClient(): RookeryClient {
  if (client === undefined) {
    throw new Error("client: none (expected: a player who is signed in)");
  }
  return client;
}

export function signIn(identity: Identity): void {
  client?.close();
  const mine = new RookeryClient({
    url: location.origin,
    player: identity.player,
    token: () => tokenOf(identity),
  });
  client = mine;
  isFresh = false;
  Object.assign(session, { player: identity.player, balances: undefined, current: undefined, ended: "" });
  mine.on("state", (state) => {
    session.connection = state;
    isFresh &&= state.name !== "online" || state.resumed;
    if (state.name === "online" && !state.resumed) {
      void readAnew();
    }
    if (state.name === "offline" && state.closing.code === TOKEN_ENDED && identity.token !== undefined) {
      signOut("Your token has ended. Sign in with a new one.");
      return;
    }
    if (state.name === "stopped" && client === mine) {
      end(state.closing.code === REPLACED ? "You went on in another window." : `You were signed out: ${state.closing.reason}`);
    }
  });
  mine.on("event", (event) => {
    if (event.outcome === "done") {
      see(identity.player, event);
    }
    if (event.type.startsWith("wallet.") || event.type.startsWith("rounds.")) {
      void readAnew();
    }
  });
  mine.on("recovered", (commands) => recover(identity.player, commands));
  connect(mine);
}

function connect(mine: RookeryClient): void {
  mine.connect().catch((error) => {
    // Who is sent away is told by `state`.
    if (client === mine && !(error instanceof StoppedError)) {
      const why = reason(error instanceof StoreError ? error.cause : error);
      const again = { label: "Try again", act: () => connect(mine) };
      say("bad", `Not connected, because this browser does not let the page keep what you ask for: ${why}`, again);
    }
  });
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Commands of the page before. Its bet may have come after a change of the seed that this browser has not seen. */
function recover(player: string, commands: readonly RecoveredCommand[]): void {
  const told = toldOf(player);
  for (const { type, data, decision } of commands) {
    say("info", `Finding out how ${type} ended, which you asked for before the page was closed …`);
    decision.then(
      (decided) => {
        if (decided.outcome === "done" && type === "rounds.bet") {
          const round = decided.data as unknown as Round;
          witnessBet(player, round, data as unknown as Asked, told?.commitment === round.commitment ? told : undefined);
        }
        if (decided.outcome === "done" && type === "rounds.move") {
          witnessMove(player, decided.data as unknown as Round, (data as unknown as { move: Move }).move);
        }
        say(decided.outcome === "done" ? "good" : "bad", `${type}, from before: ${decided.outcome}`);
      },
      (error) => {
        // Stopped, it is left to the next page, which finds out.
        if (!(error instanceof StoppedError)) {
          say("bad", `${type}, from before, was not done: ${reason(error)}`);
        }
      },
    );
  }
}

function see(player: string, done: DoneOf<Catalog>): void {
  switch (done.type) {
    case "rounds.seed-committed":
      witnessCommitment(player, done.data.seed, done.data.commitment);
      break;
    case "rounds.seed-used":
      witnessSeed(player, done.data);
      isFresh = true;
      break;
    case "rounds.opened":
    case "rounds.moved":
    case "rounds.settled":
      witness(player, done.data);
  }
}

/** @param reason for the person to read, when it was not the person's wish */
export function signOut(reason = ""): void {
  const old = client;
  client = undefined;
  old?.close();
  end(reason);
}

function end(reason: string): void {
  client = undefined;
  Object.assign(session, { player: "", ended: reason });
}

/** Asks for an effect; what the rules refuse is told to the person. @returns undefined when it had no effect */
export async function ask<T extends CommandType<Catalog>>(
  type: T,
  data: CommandData<Catalog, T>,
): Promise<DoneOf<Catalog, T> | undefined> {
  try {
    const decision = await theClient().command(type, data);
    if (decision.outcome === "done") {
      return decision;
    }
    say("bad", why(decision.data), decision.data.code === "reality-check" ? goOn : undefined);
  } catch (error) {
    say("bad", reason(error));
  }
  return undefined;
}

const goOn = { label: "I want to go on", act: () => void ask("wallet.acknowledge-time", {}) };

/** Bets, with a seed of the player's when there is none yet. */
export async function bet(game: "dice" | "mines", terms: object, stake: number): Promise<Round | undefined> {
  if (session.current === undefined || session.current.seed === null) {
    await readAnew();
    if (session.current?.seed === null && !(await changeSeed(randomSeed()))) {
      return undefined;
    }
  }
  await changing;
  const player = session.player;
  const told = isFresh && session.connection.name === "online" ? toldOf(player) : undefined;
  const asked = { game, terms: { ...terms }, stake };
  const decision = await ask("rounds.bet", { ...asked, currency: session.currency });
  if (decision !== undefined) {
    witnessBet(player, decision.data, asked, told);
  }
  return decision?.data;
}

/** Makes a move in a round. */
export async function move(round: string, made: Move & { readonly tile?: number }): Promise<Round | undefined> {
  const player = session.player;
  const decision = await ask("rounds.move", { round, move: made });
  if (decision !== undefined) {
    witnessMove(player, decision.data, made);
  }
  return decision?.data;
}

/** The house commits first, then the player's part is told. */
export function changeSeed(clientSeed: string): Promise<boolean> {
  changing ??= commitAndUse(clientSeed).finally(() => (changing = undefined));
  return changing;
}

async function commitAndUse(clientSeed: string): Promise<boolean> {
  const committed = await ask("rounds.commit-seed", {});
  const used = committed === undefined ? undefined : await ask("rounds.use-seed", { clientSeed });
  if (committed === undefined || used === undefined) {
    return false;
  }
  if (used.data.clientSeed !== clientSeed || used.data.commitment !== committed.data.commitment) {
    say("bad", "The house uses another seed than it committed to, or not your part of it.");
  }
  return true;
}

export function randomSeed(): string {
  return [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

let reading: Promise<void> | undefined;
let isStale = false;

/** Reads what the server knows. Asked for while it is read, it is read once more. */
export function readAnew(): Promise<void> {
  isStale = true;
  reading ??= read().finally(() => (reading = undefined));
  return reading;
}

async function read(): Promise<void> {
  while (isStale && client !== undefined) {
    isStale = false;
    const mine = client;
    try {
      const [balance, current] = await Promise.all([
        mine.query("wallet.balance", {}),
        mine.query("rounds.current", {}),
      ]);
      if (mine === client && balance.outcome === "done") {
        session.balances = balance.data.balances;
      }
      if (mine === client && current.outcome === "done") {
        session.current = current.data;
        // What has happened since it was asked for may be newer.
        if (!isStale) {
          isFresh = true;
          if (current.data.seed !== null) {
            witnessSeedInUse(mine.player, current.data.seed);
          }
        }
      }
      session.changes++;
    } catch {
      return;
    }
  }
}
