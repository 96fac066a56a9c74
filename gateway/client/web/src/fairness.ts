/** Checks a finished round in the browser: the scheme of functions/games/fair, written again. */

/** Everything that proves a round, as `rounds.verify` answers it. */
export interface Proof {
  readonly serverSeed: string;
  readonly commitment: string;
  readonly clientSeed: string;
  readonly nonce: number;
  readonly round: string;
  readonly game: string;
  readonly terms: { readonly direction?: string; readonly target?: number; readonly mines?: number };
  readonly stake: number;
  readonly moves: readonly { readonly name: string; readonly tile?: number | null }[];
  readonly payout: number;
}

/** What the player saw before the house's seed was shown. */
export interface Seen {
  readonly commitment: string;
  readonly payout: number | null;
}

export interface Check {
  readonly what: string;
  readonly holds: boolean;
  readonly found: string;
}

const TILES = 25;

/** @returns each check and how it ended; a round is genuine when all of them hold */
export async function verify(proof: Proof, seen: Seen): Promise<readonly Check[]> {
  const commitment = hex(await crypto.subtle.digest("SHA-256", bytesOf(proof.serverSeed)));
  const payout = await payoutOf(proof);
  return [
    {
      what: "The house's seed is the one it committed to before play",
      holds: commitment === seen.commitment && commitment === proof.commitment,
      found: `SHA-256 ${commitment}`,
    },
    { what: "The seeds give this result", holds: payout.holds, found: payout.found },
    {
      what: "What was paid is what the rules pay",
      holds: payout.minor === proof.payout && (seen.payout === null || seen.payout === proof.payout),
      found: `${payout.minor} by the rules, ${proof.payout} paid, in minor units`,
    },
  ];
}

interface Played {
  readonly holds: boolean;
  readonly minor: number;
  readonly found: string;
}

async function payoutOf(proof: Proof): Promise<Played> {
  const draws = await Draws.of(proof.serverSeed, `${proof.clientSeed}:${proof.nonce}:${proof.round}`);
  return proof.game === "dice" ? dice(proof, draws) : mines(proof, draws);
}

async function dice({ terms, stake }: Proof, draws: Draws): Promise<Played> {
  const target = terms.target ?? 0;
  const under = terms.direction === "under";
  const roll = await draws.below(10_000);
  const won = under ? roll < target : roll > target;
  const winning = under ? target : 9_999 - target;
  const minor = won ? Number((BigInt(stake) * 9_900n) / BigInt(winning)) : 0;
  return { holds: winning > 0, minor, found: `roll ${roll}` };
}

async function mines({ terms, stake, moves }: Proof, draws: Draws): Promise<Played> {
  const count = terms.mines ?? 0;
  const mined = new Set(await draws.choose(count, TILES));
  const safe = moves.filter((move) => move.name === "reveal" && !mined.has(move.tile ?? -1)).length;
  const hit = moves.some((move) => move.name === "reveal" && mined.has(move.tile ?? -1));
  const found = `mines under ${[...mined].sort((a, b) => a - b).map((tile) => tile + 1).join(", ")}`;
  if (hit) {
    return { holds: true, minor: 0, found };
  }
  const winnings = Number((BigInt(stake) * 99n * ways(TILES, safe)) / (100n * ways(TILES - count, safe)));
  // Who did not come back is paid the stake, or the winnings if they are more.
  return { holds: true, minor: safe === 0 ? stake : winnings, found };
}

function ways(n: number, k: number): bigint {
  let ways = 1n;
  for (let i = 1; i <= k; i++) {
    ways = (ways * BigInt(n - k + i)) / BigInt(i);
  }
  return ways;
}

/** Numbers out of HMAC-SHA256, as the scheme says: words of 32 bits, those of the last, partial row left out. */
export class Draws {
  readonly #key: CryptoKey;
  readonly #message: string;
  #words: DataView = new DataView(new ArrayBuffer(0));
  #at = 0;
  #blocks = 0;

  private constructor(key: CryptoKey, message: string) {
    this.#key = key;
    this.#message = message;
  }

  static async of(serverSeed: string, message: string): Promise<Draws> {
    const algorithm = { name: "HMAC", hash: "SHA-256" };
    const key = await crypto.subtle.importKey("raw", bytesOf(serverSeed), algorithm, false, ["sign"]);
    return new Draws(key, message);
  }

  async below(bound: number): Promise<number> {
    const fullRows = 2 ** 32 - (2 ** 32 % bound);
    let word = await this.#word();
    while (word >= fullRows) {
      word = await this.#word();
    }
    return word % bound;
  }

  async choose(count: number, places: number): Promise<number[]> {
    const all = Array.from({ length: places }, (_, place) => place);
    for (let i = 0; i < count; i++) {
      const chosen = i + (await this.below(places - i));
      [all[i], all[chosen]] = [all[chosen] as number, all[i] as number];
    }
    return all.slice(0, count);
  }

  async #word(): Promise<number> {
    if (this.#at === this.#words.byteLength) {
      const text = this.#blocks === 0 ? this.#message : `${this.#message}:${this.#blocks}`;
      this.#blocks++;
      this.#words = new DataView(await crypto.subtle.sign("HMAC", this.#key, new TextEncoder().encode(text)));
      this.#at = 0;
    }
    const word = this.#words.getUint32(this.#at);
    this.#at += 4;
    return word;
  }
}

function bytesOf(digits: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function hex(buffer: ArrayBuffer): string {
  return [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
