import type { AnswerOf, Catalog } from "@rookery/client";

/** Short names for what the catalog says. Amounts are in minor units, times in RFC 3339. */
export type { RoundsRound as Round } from "@rookery/client";
export type Balance = AnswerOf<Catalog, "wallet.balance">["balances"][number];
export type Current = AnswerOf<Catalog, "rounds.current">;
export type Limits = AnswerOf<Catalog, "wallet.limits">;
export type Transfer = AnswerOf<Catalog, "wallet.statement">["transfers"][number];
