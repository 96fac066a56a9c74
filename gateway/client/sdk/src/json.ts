/** What JSON can say. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;

export interface JsonObject {
  readonly [name: string]: JsonValue;
}

/**
 * A copy of a value as JSON has it: what the caller changes afterwards changes nothing.
 *
 * @throws TypeError when JSON cannot say it
 */
export function asJson(name: string, value: unknown): JsonValue {
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) {
    throw new TypeError(`${name}: ${typeof value} (expected: what JSON can say)`);
  }
  return JSON.parse(text) as JsonValue;
}
