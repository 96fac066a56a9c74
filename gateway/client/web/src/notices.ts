import { shallowRef } from "vue";

export interface Notice {
  readonly id: number;
  readonly kind: "good" | "bad" | "info";
  readonly text: string;
  readonly action: { readonly label: string; act(): void } | undefined;
}

const MOST = 3;
/** That good news stays; what went wrong stays until it is dismissed. */
const GOOD_MILLIS = 6_000;
let next = 0;

/** The newest last. */
export const notices = shallowRef<readonly Notice[]>([]);

export function say(kind: Notice["kind"], text: string, action?: Notice["action"]): void {
  const id = next++;
  notices.value = [...notices.value, { id, kind, text, action }].slice(-MOST);
  if (kind === "good") {
    setTimeout(() => dismiss(id), GOOD_MILLIS);
  }
}

export function dismiss(id: number): void {
  notices.value = notices.value.filter((notice) => notice.id !== id);
}

const WORDS: Readonly<Record<string, string>> = {
  "insufficient-funds": "You have not enough money for that.",
  "deposit-limit": "That is beyond the deposit limit that you set.",
  "stake-limit": "That is beyond the stake limit that you set.",
  "loss-limit": "That is beyond the loss limit that you set.",
  "session-limit": "Your session is over, as you wished.",
  "reality-check": "You have played for a while. Do you want to go on?",
  excluded: "You have excluded yourself from play.",
  "round-open": "A round is still open. Finish it first.",
  "house-limit": "The house cannot pay that much now. Bet less.",
  "payout-limit": "That could pay more than can be paid. Bet less.",
};

/** Why it was refused, for a person. */
export function why({ code, message }: { readonly code: string; readonly message: string }): string {
  return WORDS[code] ?? `${code}: ${message}`;
}
