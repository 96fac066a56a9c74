/** Gives a token that is good from now on: asked for the first connection, and again before a token ends. */
export type TokenProvider = (player: string) => Promise<string> | string;

/** What is left of a token's life when a new one is asked for, at most; never more than a tenth of its life. */
const MARGIN_MILLIS = 60_000;

interface Held {
  readonly token: string;
  /** When it is to be replaced, by this machine's clock; never when it does not say. */
  readonly renewAt: number;
}

/** Holds a player's token and knows when it is to be replaced. */
export class Tokens {
  readonly #provider: TokenProvider;
  readonly #player: string;
  #held: Held | undefined;

  constructor(provider: TokenProvider, player: string) {
    this.#provider = provider;
    this.#player = player;
  }

  /** The one that is held, or a new one when there is none or its time has come. */
  async good(): Promise<string> {
    return this.#held !== undefined && this.#held.renewAt > Date.now() ? this.#held.token : this.renew();
  }

  /** A new one, which is held from now on. */
  async renew(): Promise<string> {
    const token = await this.#provider(this.#player);
    this.#held = { token, renewAt: Date.now() + lifeMillis(token) };
    return token;
  }

  /** The server says that it has ended. */
  forget(): void {
    this.#held = undefined;
  }

  /** Milliseconds until the one that is held is to be replaced; undefined when it never is, or none is held. */
  get renewInMillis(): number | undefined {
    return this.#held === undefined || this.#held.renewAt === Infinity ? undefined : this.#held.renewAt - Date.now();
  }
}

/**
 * How long a token may be used, from when it was given on. Clocks of players are wrong: with `iat` only the difference
 * of the issuer's own times counts.
 */
function lifeMillis(token: string): number {
  const { exp, iat } = claims(token);
  if (typeof exp !== "number") {
    return Infinity;
  }
  const millis = 1000 * exp - (typeof iat === "number" ? 1000 * iat : Date.now());
  return millis - Math.min(MARGIN_MILLIS, millis / 10);
}

/** What a JWT says; nothing when it is none: the server will tell. */
function claims(token: string): { readonly exp?: unknown; readonly iat?: unknown } {
  try {
    const payload = token.split(".")[1] ?? "";
    return JSON.parse(atob(payload.replaceAll("-", "+").replaceAll("_", "/"))) as object;
  } catch {
    return {};
  }
}
