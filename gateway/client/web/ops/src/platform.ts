import { shallowReactive } from "vue";
import type { Letter, Source, State, Trip } from "./contract.ts";
import { append, type Sample, sampleOf } from "./rates.ts";

const POLL_MILLIS = 2_000;
/** Of a poll: an answer that comes later is no longer how things stand. */
const POLL_PATIENCE_MILLIS = 10_000;
/** Of what a person asked for. */
const PATIENCE_MILLIS = 60_000;
/** A replay is on its way for a moment before its letter stands otherwise. */
const REPLAY_MILLIS = 1_000;

/** The platform answered, and said no. Whatever else fails, its own failure too, leaves open what was done. */
export class SaidNoError extends Error {}

/** What the page knows. Sections read it; only this file changes it. */
export const platform = shallowReactive({
  /** The newest last. */
  polls: [] as readonly State[],
  samples: [] as readonly Sample[],
  /** Why the last poll has no answer; empty when it has. */
  failure: "",
  letters: undefined as readonly Letter[] | undefined,
  lettersFailure: "",
  isReadingLetters: false,
});

/** Polls as long as somebody can see it. @returns what stops it */
export function watchPlatform(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isPolling = false;

  async function poll(): Promise<void> {
    if (isPolling || document.hidden) {
      return;
    }
    isPolling = true;
    const began = Date.now();
    await readState();
    isPolling = false;
    if (!document.hidden) {
      timer = setTimeout(() => void poll(), Math.max(0, began + POLL_MILLIS - Date.now()));
    }
  }

  function look(): void {
    clearTimeout(timer);
    void poll();
  }

  document.addEventListener("visibilitychange", look);
  look();
  void readLetters();
  return () => {
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", look);
  };
}

async function readState(): Promise<void> {
  try {
    const state = (await ask("state", { signal: AbortSignal.timeout(POLL_PATIENCE_MILLIS) })) as State;
    const before = platform.polls.at(-1);
    platform.samples = append(platform.samples, sampleOf(state, before));
    platform.polls = append(platform.polls, state);
    platform.failure = "";
    if (before !== undefined && hasMoreLetters(state.sources, before.sources)) {
      void readLetters();
    }
  } catch (failure) {
    platform.failure = reason(failure);
  }
}

function hasMoreLetters(now: readonly Source[], before: readonly Source[]): boolean {
  const counted = (source: string) => before.find((each) => each.source === source)?.deadLettered ?? 0;
  return now.some(({ source, deadLettered }) => deadLettered > counted(source));
}

let areLettersStale = false;

/** Asked for while they are read, they are read once more after that: two answers could come in the wrong order. */
export async function readLetters(): Promise<void> {
  areLettersStale = true;
  if (platform.isReadingLetters) {
    return;
  }
  platform.isReadingLetters = true;
  while (areLettersStale) {
    areLettersStale = false;
    try {
      platform.letters = (await ask("letters")) as readonly Letter[];
      platform.lettersFailure = "";
    } catch (failure) {
      platform.lettersFailure = reason(failure);
    }
  }
  platform.isReadingLetters = false;
}

/**
 * @returns the id that it is sent again as
 * @throws SaidNoError when it was not; after any other error it may have been
 */
export async function replay(name: string): Promise<string> {
  const headers = { "Content-Type": "application/json" };
  const answer = (await ask("letters/replay", { method: "POST", headers, body: JSON.stringify({ name }) })) as { id: string };
  setTimeout(() => void readLetters(), REPLAY_MILLIS);
  return answer.id;
}

/** @param command `c-1`, or `p-7/c-1` where several players have one of that id */
export async function tripOf(command: string): Promise<Trip> {
  return (await ask(`trip?command=${encodeURIComponent(command)}`)) as Trip;
}

export function reason(failure: unknown): string {
  if (failure instanceof DOMException && failure.name === "TimeoutError") {
    return "nothing came in time";
  }
  return failure instanceof Error ? failure.message : String(failure);
}

/** @throws SaidNoError with what the platform says when it was not done; Error when it may have been */
async function ask(path: string, options: RequestInit = {}): Promise<unknown> {
  const answer = await fetch(`${import.meta.env.BASE_URL}${path}`, {
    cache: "no-store",
    signal: AbortSignal.timeout(PATIENCE_MILLIS),
    ...options,
  });
  if (!answer.ok) {
    const text = (await answer.text()).trim();
    const said = text === "" ? `status ${answer.status}` : text;
    throw answer.status < 500 ? new SaidNoError(said) : new Error(said);
  }
  return answer.json();
}
