import type { FunctionState, Ledger, Letter, State } from "./contract.ts";
import { isOpen } from "./letters.ts";
import { count, lasting, money, number, span } from "./words.ts";

/** How the platform stands, in a sentence; and what is wrong, the worst first. */
export interface Verdict {
  readonly level: "well" | "warning" | "alarm";
  readonly sentence: string;
  readonly troubles: readonly Trouble[];
}

export interface Trouble {
  /** An alarm is about money, or players who cannot play. */
  readonly level: "warning" | "alarm";
  /** Stays the same as long as it is the same trouble. */
  readonly about: string;
  readonly text: string;
}

export const MOST_LAG = 1_000;
const REPLICA_MILLIS = 10_000;
/** A seal is due every minute. */
const SEAL_MILLIS = 600_000;
/** That a transfer may be without a seal: after a quiet hour the last seal is old, and nothing is wrong. */
const UNSEALED_MILLIS = 120_000;
/** What is gone after so many polls was under way, and no trouble. */
const SEVERAL_POLLS = 5;
const STUCK_POLLS = 15;

/**
 * @param polls   the newest last; trends are found in them
 * @param letters undefined when they are not known
 */
export function verdictOf(polls: readonly State[], letters: readonly Letter[] | undefined): Verdict | undefined {
  const now = polls.at(-1);
  if (now === undefined) {
    return undefined;
  }
  const troubles = [
    ...gateways(now),
    ...ledger(polls, now),
    ...functions(polls, now),
    ...sources(polls, now),
    ...replica(now),
    ...deadLetters(letters),
  ].sort((one, other) => Number(other.level === "alarm") - Number(one.level === "alarm"));
  const alarms = troubles.filter(({ level }) => level === "alarm").length;
  return {
    level: alarms > 0 ? "alarm" : troubles.length > 0 ? "warning" : "well",
    sentence: troubles.length === 0 ? `All is well: ${summary(now)}` : sentence(alarms, troubles.length - alarms),
    troubles,
  };
}

/** For who hears it: it changes when a trouble comes or goes, not with every number. */
export function announced({ troubles }: Verdict): string {
  return troubles.length === 0 ? "All is well" : `Needs a look: ${troubles.map(({ about }) => about).join("; ")}`;
}

function sentence(alarms: number, others: number): string {
  const looks = `${count(others, "thing")} ${others === 1 ? "needs" : "need"} a look`;
  return alarms === 0 ? looks : others === 0 ? count(alarms, "alarm") : `${count(alarms, "alarm")}, and ${looks}`;
}

function summary({ functions, gateways }: State): string {
  const running = functions.filter(({ ready }) => ready > 0).length;
  const all = functions.length;
  const open = gateways.reduce((sum, { figures }) => sum + (figures?.open ?? 0), 0);
  const every = all === 1 ? "" : all === 2 ? "both " : "all ";
  const how = running === 0 ? `${every}at zero` : running === all ? `${every}running` : `${running} running`;
  return `${count(all, "function")}${all === 0 ? "" : `, ${how}`}; ${count(open, "connection")}`;
}

function gateways({ gateways }: State): readonly Trouble[] {
  const isAnyReady = gateways.some(({ state }) => state === "ready");
  return gateways
    .filter(({ state }) => state !== "ready")
    .map(({ name, state }) => ({
      level: isAnyReady && state === "not ready" ? "warning" : "alarm",
      about: name,
      text: `${name} is ${state}${isAnyReady ? "" : ": no gateway takes players"}`,
    }));
}

function functions(polls: readonly State[], now: State): readonly Trouble[] {
  return now.functions.filter((each) => isStuck(polls, each)).map((each) => ({
    level: "alarm",
    about: each.function,
    text: `${each.function} does not come up: ${count(each.desired, "instance")} wanted, none ready for ${span(since(polls, STUCK_POLLS))}`,
  }));
}

function isStuck(polls: readonly State[], { function: name }: FunctionState): boolean {
  return throughout(polls, STUCK_POLLS, ({ functions }) =>
    functions.some((each) => each.function === name && each.desired > 0 && each.ready === 0),
  );
}

function sources(polls: readonly State[], now: State): readonly Trouble[] {
  return now.sources.flatMap(({ source, lag }): readonly Trouble[] => {
    const about = `lag of ${source}`;
    if (lag > MOST_LAG) {
      return [{ level: "alarm", about, text: `${source} is ${number(lag)} behind` }];
    }
    if (isGrowing(polls, source)) {
      return [{ level: "warning", about, text: `${source} falls behind: ${number(lag)} wait, more with each look` }];
    }
    return [];
  });
}

function isGrowing(polls: readonly State[], source: string): boolean {
  const lags = polls.slice(-SEVERAL_POLLS - 1).map(({ sources }) => sources.find((each) => each.source === source)?.lag);
  return lags.length > SEVERAL_POLLS && lags.every((lag, i) => i === 0 || (lag ?? 0) > (lags[i - 1] ?? Infinity));
}

function replica({ replica, replicaError }: State): readonly Trouble[] {
  const about = "replica";
  if (replicaError !== undefined || replica === undefined) {
    return [{ level: "warning", about, text: `How the replica stands is not known${replicaError ? `: ${replicaError}` : ""}` }];
  }
  if (replica === null) {
    return [{ level: "warning", about, text: "No replica follows: queries go to the primary" }];
  }
  if (replica.state !== "streaming") {
    return [{ level: "warning", about, text: `The replica is not streaming but ${replica.state}` }];
  }
  if (replica.millis > REPLICA_MILLIS) {
    return [{ level: "warning", about, text: `The replica is ${span(replica.millis)} behind` }];
  }
  return [];
}

function ledger(polls: readonly State[], now: State): readonly Trouble[] {
  const told = now.ledger;
  if ("error" in told) {
    return [{ level: "alarm", about: "ledger", text: `The ledger cannot be read: ${told.error}` }];
  }
  return [...imbalances(told), ...seals(polls, now, told), ...untold(polls, told)];
}

function imbalances({ balances }: Ledger): readonly Trouble[] {
  return balances
    .filter(({ imbalance }) => imbalance !== 0)
    .map(({ currency, scale, imbalance }) => ({
      level: "alarm",
      about: `imbalance of ${currency}`,
      text: `Debits and credits in ${currency} differ by ${money(imbalance, scale, currency)}`,
    }));
}

function seals(polls: readonly State[], { at }: State, ledger: Ledger): readonly Trouble[] {
  const troubles: Trouble[] = [];
  const now = Date.parse(at);
  const unsealed = unsealedSince(polls, ledger);
  const age = ledger.lastSeal === null ? Infinity : now - Date.parse(ledger.lastSeal);
  if (unsealed !== undefined && age > SEAL_MILLIS && now - unsealed > UNSEALED_MILLIS) {
    const last = ledger.lastSeal === null ? "there is no seal" : `the last seal is ${lasting(age)} old`;
    troubles.push({ level: "warning", about: "seals", text: `Transfers are not sealed: ${last}` });
  }
  if (throughout(polls, SEVERAL_POLLS, (state) => !("error" in state.ledger) && state.ledger.unpublishedSeals > 0)) {
    const text = `${count(ledger.unpublishedSeals, "seal")} ${ledger.unpublishedSeals === 1 ? "is" : "are"} not published`;
    troubles.push({ level: "warning", about: "unpublished seals", text });
  }
  return troubles;
}

/** The oldest transfer that is known to have come after the last seal. */
function unsealedSince(polls: readonly State[], { lastSeal }: Ledger): number | undefined {
  const sealed = lastSeal === null ? -Infinity : Date.parse(lastSeal);
  const later = polls
    .flatMap(({ ledger }) => ("error" in ledger || ledger.lastTransfer === null ? [] : Date.parse(ledger.lastTransfer)))
    .filter((transfer) => transfer > sealed);
  return later.length === 0 ? undefined : Math.min(...later);
}

function untold(polls: readonly State[], { untold }: Ledger): readonly Trouble[] {
  return Object.entries(untold)
    .filter(([name]) => throughout(polls, SEVERAL_POLLS, ({ ledger }) => !("error" in ledger) && (ledger.untold[name] ?? 0) > 0))
    .map(([name, many]) => ({
      level: "warning",
      about: `untold outcomes of ${name}`,
      text: `${count(many, "outcome")} of ${name} ${many === 1 ? "was" : "were"} not told to players yet`,
    }));
}

function deadLetters(letters: readonly Letter[] | undefined): readonly Trouble[] {
  const open = letters?.filter(isOpen).length ?? 0;
  return open === 0
    ? []
    : [{ level: "warning", about: "dead letters", text: `${count(open, "dead letter")} ${open === 1 ? "waits" : "wait"} for somebody` }];
}

function throughout(polls: readonly State[], many: number, holds: (state: State) => boolean): boolean {
  return polls.length >= many && polls.slice(-many).every(holds);
}

function since(polls: readonly State[], many: number): number {
  const [first, last] = [polls.at(-many), polls.at(-1)];
  return first === undefined || last === undefined ? 0 : Date.parse(last.at) - Date.parse(first.at);
}
