import { WebSocket } from "ws";
import { type ClientOptions, MemoryStore, RookeryClient } from "../../src/index.js";

/** A platform that runs: `./rookery up --gateways 2`, or what SdkTest starts. */
export const gateways = (process.env["ROOKERY_URLS"] ?? "").split(",").filter((url) => url !== "");

/** `http://host:port` of the launcher, which rolls gateways. */
export const management = process.env["ROOKERY_MANAGEMENT"] ?? "";

if (gateways.length < 2 || management === "") {
  throw new Error(
    `ROOKERY_URLS: ${gateways}, ROOKERY_MANAGEMENT: ${management} (expected: two gateways of one platform, and its launcher)`,
  );
}

export async function token(player: string): Promise<string> {
  const answer = await fetch(`${gateways[0]}/v1/dev/token`, { method: "POST", body: JSON.stringify({ player }) });
  if (answer.status !== 200) {
    throw new Error(`token: ${answer.status} ${await answer.text()}`);
  }
  return ((await answer.json()) as { token: string }).token;
}

/** Each test has players of its own. */
export function newPlayer(): string {
  return `p-${crypto.randomUUID()}`;
}

export function clientOf(player: string, options: Partial<ClientOptions> = {}): RookeryClient {
  return new RookeryClient({ url: gateways, player, token, store: new MemoryStore(), WebSocket, ...options });
}

/** The amounts of all transfers of a player, oldest first. */
export async function transfers(client: RookeryClient): Promise<number[]> {
  const amounts: number[] = [];
  let before: string | undefined;
  for (;;) {
    const page = await client.query("wallet.statement", before === undefined ? { limit: 100 } : { limit: 100, before });
    if (page.outcome !== "done") {
      throw new Error(`statement: ${JSON.stringify(page)}`);
    }
    const { transfers } = page.data;
    amounts.push(...transfers.map(({ amount }) => amount));
    before = transfers.at(-1)?.id;
    if (transfers.length < 100) {
      return amounts.reverse();
    }
  }
}
