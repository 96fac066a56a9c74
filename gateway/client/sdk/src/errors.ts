import type { Closing } from "./connection/closing.js";

/** What every error of this package is. */
export class RookeryError extends Error {
  override get name(): string {
    return this.constructor.name;
  }
}

/**
 * What was asked had no effect, and never will have as it is: the server said so by an `error` frame that is not to be
 * sent again.
 */
export class RejectedError extends RookeryError {
  /** One of the protocol's error codes: `unknown-type`, `invalid-data`, `forbidden`, `id-reused`, … */
  readonly code: string;

  constructor(code: string, message: string) {
    super(`${code}: ${message}`);
    this.code = code;
  }
}

/** As much is waiting as may wait; what was asked was not taken. Ask again when something is decided. */
export class QueueFullError extends RookeryError {
  /** What may wait at most. */
  readonly limit: number;

  constructor(what: string, limit: number) {
    super(`${what}: ${limit} are waiting (expected: fewer)`);
    this.limit = limit;
  }
}

/** A frame of that size would end the connection; it was not sent, and had no effect. */
export class TooLargeError extends RookeryError {
  constructor(what: string, bytes: number, limit: number) {
    super(`${what}: ${bytes} bytes (expected: at most ${limit})`);
  }
}

/** An undecided command has that id, and asks for something else. */
export class IdTakenError extends RookeryError {
  constructor(id: string) {
    super(`id: ${id} is of another command that is undecided (expected: an id of its own)`);
  }
}

/** A command could not be kept, and so was not sent: it had no effect. `cause` is the store's error. */
export class StoreError extends RookeryError {
  constructor(id: string, cause: unknown) {
    super(`command ${id} cannot be kept: ${String(cause)} (expected: a store that takes it)`, { cause });
  }
}

/**
 * There is no connection, and there will be no other. What was undecided stays so: commands are in the store, and the
 * next client of the same player sends them again.
 */
export class StoppedError extends RookeryError {
  /** How the last connection ended. */
  readonly closing: Closing;

  constructor(closing: Closing) {
    super(`stopped: ${closing.code} ${closing.reason}`);
    this.closing = closing;
  }
}

/** There is no connection at the moment. */
export class NotConnectedError extends RookeryError {
  constructor() {
    super("not connected (expected: a connection)");
  }
}
