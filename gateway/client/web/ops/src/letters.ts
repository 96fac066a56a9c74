import type { Letter } from "./contract.ts";

/** Whether somebody has to look after it: nothing, or nothing good, has come of it yet. */
export function isOpen({ state }: Letter): boolean {
  return canReplay({ state }) || state === "undeliverable";
}

/** What a replay may mend. */
export function canReplay({ state }: Pick<Letter, "state">): boolean {
  return state.startsWith("failed") || state === "no outcome";
}

const PLAYERS = "/players/";

/** How a letter is called: `p-7/c-1`. */
export function nameOf({ source, id }: Pick<Letter, "source" | "id">): string {
  return `${source.startsWith(PLAYERS) ? source.slice(PLAYERS.length) : source}/${id}`;
}

/** JSON is laid out; whatever else stays as it is. */
export function laidOut(data: string): string {
  try {
    return JSON.stringify(JSON.parse(data), null, 2);
  } catch {
    return data;
  }
}
