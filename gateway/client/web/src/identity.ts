/** Who signs in: with a token of one's own, or by name where the gateway gives tokens to anybody. */
export interface Identity {
  readonly player: string;
  readonly token?: string;
}

const KEY = "rookery.identity";

export class NoDevTokensError extends Error {}

export function remember(identity: Identity | undefined): void {
  if (identity === undefined) {
    sessionStorage.removeItem(KEY);
  } else {
    sessionStorage.setItem(KEY, JSON.stringify(identity));
  }
}

/** Who was signed in in this tab before it was loaded again. */
export function remembered(): Identity | undefined {
  const kept = sessionStorage.getItem(KEY);
  return kept === null ? undefined : (JSON.parse(kept) as Identity);
}

/** @throws NoDevTokensError where the gateway gives none */
export async function tokenOf({ player, token }: Identity): Promise<string> {
  if (token !== undefined) {
    return token;
  }
  const answer = await fetch("/v1/dev/token", { method: "POST", body: JSON.stringify({ player }) });
  if (answer.status === 404) {
    throw new NoDevTokensError("this gateway gives no tokens");
  }
  if (!answer.ok) {
    throw new Error((await answer.text()).trim());
  }
  return ((await answer.json()) as { token: string }).token;
}

/** @returns the player that a token is of; undefined when it is none */
export function playerOf(token: string): string | undefined {
  try {
    const payload = (token.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/");
    const subject = (JSON.parse(atob(payload)) as { sub?: unknown }).sub;
    return typeof subject === "string" && subject !== "" ? subject : undefined;
  } catch {
    return undefined;
  }
}
