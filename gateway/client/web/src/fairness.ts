/** Checks a finished round in the browser: the scheme of functions/games/fair, written again. */

/** What is bet on. */
export interface Terms {
  readonly direction?: string;
  readonly target?: number;
  readonly mines?: number;
}

export interface Move {
  readonly name: string;
  readonly tile?: number | null;
}

/** Everything that proves a round, as `rounds.verify` answers it. */
export interface Proof {
  readonly serverSeed: string;
  readonly commitment: string;
  readonly clientSeed: string;
  readonly nonce: number;
  readonly round: string;
  readonly game: string;
  readonly terms: Terms;
  readonly stake: number;
  readonly moves: readonly Move[];
  readonly payout: number;
}

/** What a browser witnessed of a round while it was played. What is left out it did not. */
export interface Seen {
  /** Before the bet. */
  readonly told?: Told | undefined;
  readonly asked?: Asked | undefined;
  /** Those that this browser made. */
  readonly moves?: readonly Move[];
  readonly shown: Shown;
}

/** Of the seed. */
export interface Told {
  readonly commitment: string;
  readonly clientSeed: string;
}

/** The bet. */
export interface Asked {
  readonly game: string;
  readonly terms: Terms;
  readonly stake: number;
}

/** The round, as it was shown last. */
export interface Shown extends Asked {
  readonly round: string;
  readonly nonce: number;
  readonly commitment: string;
  readonly state: string;
  /** Null when it was open, or the stake was given back. */
  readonly payout: number | null;
  readonly view: View;
}

/** Of dice, or of mines: those are covered while the round is open. */
export type View =
  | { readonly roll: number; readonly won: boolean }
  | { readonly revealed: readonly number[]; readonly mined?: readonly number[] };

export interface Check {
  readonly what: string;
  /** Unseen is what fits, as far as the house tells it: this browser has nothing to compare it with. */
  readonly ending: "holds" | "broken" | "unseen";
  readonly found: string;
}

const TILES = 25;

/**
 * @param seen undefined when this browser saw nothing of the round
 * @returns each check and how it ended; a round is genuine when all of them hold
 */
export async function verify(proof: Proof, seen: Seen | undefined): Promise<readonly Check[]> {
  const commitment = hex(await crypto.subtle.digest("SHA-256", bytesOf(proof.serverSeed)));
  const played = await play(proof);
  const shown = seen?.shown;
  const told = seen?.told;
  const asked = seen?.asked;
  const isOver = shown !== undefined && shown.state !== "open";
  const paid = shown?.state === "void" ? shown.stake : shown?.payout;
  return [
    check(
      "The house's seed is the one it committed to before play",
      [proof.commitment, shown?.commitment, told?.commitment].every((each) => each === undefined || each === commitment),
      told !== undefined,
      `SHA-256 ${commitment}`,
    ),
    check(
      "It was drawn with your part of the seed, and under its own number",
      isSame(proof.clientSeed, told?.clientSeed) && isSame(proof.nonce, shown?.nonce) && isSame(proof.round, shown?.round),
      told !== undefined && shown !== undefined,
      `${proof.clientSeed}:${proof.nonce}:${proof.round}`,
    ),
    check(
      "It is the bet that you made, and your moves",
      isBet(proof, shown) && isBet(proof, asked) && areAmong(seen?.moves ?? [], proof.moves),
      asked !== undefined,
      [proof.game, ...Object.values(proof.terms), `${proof.stake} in minor units`, ...proof.moves.map(wordsOf)].join(", "),
    ),
    check("The seeds give this result", shown === undefined ? played.isPossible : played.isAs(shown.view), isOver, played.found),
    check(
      "What was paid is what the rules pay",
      played.minor === proof.payout && (!isOver || paid === proof.payout),
      isOver,
      `${played.minor} by the rules, ${proof.payout} paid, in minor units`,
    ),
  ];
}

function check(what: string, fits: boolean, isSeen: boolean, found: string): Check {
  return { what, ending: fits ? (isSeen ? "holds" : "unseen") : "broken", found };
}

function isSame<T>(proven: T, witnessed: T | undefined): boolean {
  return witnessed === undefined || witnessed === proven;
}

function isBet({ game, terms, stake }: Proof, bet: Asked | undefined): boolean {
  return (
    bet === undefined ||
    (game === bet.game &&
      stake === bet.stake &&
      terms.direction === bet.terms.direction &&
      terms.target === bet.terms.target &&
      terms.mines === bet.terms.mines)
  );
}

/** In this order; between them others may be, which another browser made. */
function areAmong(own: readonly Move[], all: readonly Move[]): boolean {
  let found = 0;
  for (const move of all) {
    const next = own[found];
    if (next !== undefined && move.name === next.name && (move.tile ?? null) === (next.tile ?? null)) {
      found++;
    }
  }
  return found === own.length;
}

const wordsOf = ({ name, tile }: Move) => (tile == null ? name : `${name} ${tile + 1}`);

interface Played {
  /** Whether rules and moves allow such a round at all. */
  readonly isPossible: boolean;
  readonly minor: number;
  readonly found: string;
  /** Whether it is what was shown. */
  isAs(view: View): boolean;
}

async function play(proof: Proof): Promise<Played> {
  const draws = await Draws.of(proof.serverSeed, `${proof.clientSeed}:${proof.nonce}:${proof.round}`);
  return proof.game === "dice" ? dice(proof, draws) : mines(proof, draws);
}

async function dice({ terms, stake }: Proof, draws: Draws): Promise<Played> {
  const target = terms.target ?? 0;
  const under = terms.direction === "under";
  const roll = await draws.below(10_000);
  const won = under ? roll < target : roll > target;
  const winning = under ? target : 9_999 - target;
  const isPossible = winning > 0;
  return {
    isPossible,
    minor: won && isPossible ? Number((BigInt(stake) * 9_900n) / BigInt(winning)) : 0,
    found: `roll ${roll}`,
    isAs: (view) => isPossible && "roll" in view && view.roll === roll && view.won === won,
  };
}

async function mines({ terms, stake, moves }: Proof, draws: Draws): Promise<Played> {
  const count = terms.mines ?? 0;
  const mined = (await draws.choose(count, TILES)).sort((a, b) => a - b);
  const revealed = moves.filter(({ name }) => name === "reveal").map(({ tile }) => tile ?? -1);
  const safe = revealed.filter((tile) => !mined.includes(tile));
  const isHit = safe.length < revealed.length;
  const isPossible =
    new Set(revealed).size === revealed.length &&
    safe.length <= TILES - count &&
    revealed.slice(0, -1).every((tile) => !mined.includes(tile));
  const winnings = () => Number((BigInt(stake) * 99n * ways(TILES, safe.length)) / (100n * ways(TILES - count, safe.length)));
  return {
    isPossible,
    // Who did not come back is paid the stake, or the winnings if they are more.
    minor: isHit || !isPossible ? 0 : safe.length === 0 ? stake : winnings(),
    found: `mines under ${mined.map((tile) => tile + 1).join(", ")}`,
    isAs: (view) =>
      isPossible &&
      "revealed" in view &&
      (view.mined === undefined
        ? areEqual(view.revealed, safe.slice(0, view.revealed.length))
        : areEqual(view.revealed, revealed) && areEqual(view.mined, mined)),
  };
}

function areEqual(some: readonly number[], others: readonly number[]): boolean {
  return some.length === others.length && some.every((each, i) => each === others[i]);
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
