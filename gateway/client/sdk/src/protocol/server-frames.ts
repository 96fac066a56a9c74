import type { JsonValue } from "../json.js";

/** A place in a stream of events. Numbers of different epochs have nothing to do with each other. */
export interface Position {
  readonly epoch: string;
  readonly seq: number;
}

/** What a client may do on a connection. */
export interface Limits {
  /** A frame's size in UTF-8 at most. */
  readonly frameBytes: number;
  /** On average. */
  readonly commandsPerSecond: number;
  /** Commands, and as many queries, on their way at a time. */
  readonly pending: number;
  /** That one session may be in. */
  readonly rooms: number;
}

export type Outcome = "done" | "refused" | "failed";

export interface Welcome extends Position {
  readonly op: "welcome";
  readonly player: string;
  readonly session: string;
  readonly resumed: boolean;
  readonly heartbeatMillis: number;
  readonly limits: Limits;
}

/** A frame of the player's own stream. */
export interface EventFrame {
  readonly op: "event";
  readonly seq: number;
  readonly id: string;
  readonly type: string;
  readonly time: string;
  readonly data: JsonValue;
  /** The command that it decides. */
  readonly re?: string;
  readonly outcome?: Outcome;
  readonly repeat?: boolean;
}

/** A frame of a room's stream. */
export interface RoomEventFrame extends Position {
  readonly op: "room-event";
  readonly room: string;
  readonly id: string;
  readonly type: string;
  readonly time: string;
  readonly data: JsonValue;
}

export interface AnswerFrame {
  readonly op: "answer";
  readonly re: string;
  readonly outcome: Outcome;
  readonly data: JsonValue;
}

export interface ErrorFrame {
  readonly op: "error";
  readonly re?: string;
  readonly code: string;
  readonly message: string;
  readonly retryable: boolean;
  readonly retryAfterMillis?: number;
}

export interface JoinedFrame extends Position {
  readonly op: "joined";
  readonly re: string;
  readonly room: string;
  readonly members: readonly string[];
  readonly resumed: boolean;
}

export type ServerFrame =
  | Welcome
  | EventFrame
  | RoomEventFrame
  | AnswerFrame
  | ErrorFrame
  | JoinedFrame
  | { readonly op: "accepted"; readonly id: string }
  | { readonly op: "left"; readonly room: string; readonly re?: string }
  | { readonly op: "cast"; readonly room: string; readonly from: string; readonly data: JsonValue }
  | {
      readonly op: "presence";
      readonly room: string;
      readonly joined: readonly string[];
      readonly left: readonly string[];
    }
  | { readonly op: "drain"; readonly reconnectInMillis: number }
  | { readonly op: "pong"; readonly at: JsonValue };

/** Kinds of fields: string, whole number, flag, list of strings, object; with `?` it may be left out. */
const FIELDS: Readonly<Record<ServerFrame["op"], Readonly<Record<string, string>>>> = {
  welcome: {
    player: "string",
    session: "string",
    epoch: "string",
    seq: "number",
    resumed: "boolean",
    heartbeatMillis: "number",
    limits: "object",
  },
  event: { seq: "number", id: "string", type: "string", re: "string?", outcome: "string?", repeat: "boolean?" },
  "room-event": { seq: "number", epoch: "string", room: "string", type: "string" },
  answer: { re: "string", outcome: "string" },
  error: { re: "string?", code: "string", message: "string", retryable: "boolean", retryAfterMillis: "number?" },
  joined: { re: "string", room: "string", members: "object", epoch: "string", seq: "number", resumed: "boolean" },
  accepted: { id: "string" },
  left: { room: "string" },
  cast: { room: "string", from: "string" },
  presence: { room: "string", joined: "object", left: "object" },
  drain: { reconnectInMillis: "number" },
  pong: {},
};

/** What came is no frame. */
export class BadFrameError extends Error {}

/**
 * Reads a text message of the server. Fields that are not known are left alone, as the protocol says.
 *
 * @returns undefined for an op that is not known
 * @throws BadFrameError when it is none
 */
export function readFrame(text: string): ServerFrame | undefined {
  const frame = parse(text);
  // A room's stream has numbers of its own: never to be taken for the player's.
  const op = frame.op === "event" && "room" in frame ? "room-event" : frame.op;
  if (typeof op !== "string") {
    throw new BadFrameError(`op: ${typeof op} (expected: a string)`);
  }
  if (!Object.hasOwn(FIELDS, op)) {
    return undefined;
  }
  for (const [field, kind] of Object.entries(FIELDS[op as ServerFrame["op"]])) {
    check(field, frame[field], kind);
  }
  return { ...frame, op } as ServerFrame;
}

function parse(text: string): Record<string, unknown> {
  let frame: unknown;
  try {
    frame = JSON.parse(text);
  } catch (error) {
    throw new BadFrameError(String(error));
  }
  if (typeof frame !== "object" || frame === null) {
    throw new BadFrameError(`frame: ${typeof frame} (expected: a JSON object)`);
  }
  return frame as Record<string, unknown>;
}

function check(field: string, value: unknown, kind: string): void {
  const isOptional = kind.endsWith("?");
  const expected = isOptional ? kind.slice(0, -1) : kind;
  if ((value === undefined && isOptional) || (typeof value === expected && value !== null)) {
    return;
  }
  throw new BadFrameError(`${field}: ${value === null ? "null" : typeof value} (expected: ${expected})`);
}
