const ID = /^[A-Za-z0-9._:-]{1,64}$/;

/** A UUIDv7: unique for ever, and later ones sort behind earlier ones. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const millis = Date.now().toString(16).padStart(12, "0");
  const random = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  // Version 7 and, in two bits, variant 2.
  const variant = (8 + (bytes[15]! & 3)).toString(16);
  return [
    millis.slice(0, 8),
    millis.slice(8),
    `7${random.slice(0, 3)}`,
    `${variant}${random.slice(3, 6)}`,
    random.slice(6, 18),
  ].join("-");
}

/** @throws RangeError when it is no id of the protocol */
export function checkId(name: string, id: string): void {
  if (!ID.test(id)) {
    throw new RangeError(`${name}: ${id} (expected: 1 to 64 of A-Z a-z 0-9 . _ : -)`);
  }
}
