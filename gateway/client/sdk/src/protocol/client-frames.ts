import type { JsonValue } from "../json.js";
import type { Position } from "./server-frames.js";

/** What servers see of this package, beside the frames. */
const CLIENT = { name: "rookery-js", version: "0.1.0" };

/** Writers of the frames that a client sends. */
export const ClientFrames = {
  /** @param resume what the client last saw; undefined when it saw nothing */
  hello: (token: string, resume: Position | undefined) => write("hello", { token, resume, client: CLIENT }),

  command: (id: string, type: string, data: JsonValue) => write("command", { id, type, data }),

  query: (id: string, type: string, data: JsonValue) => write("query", { id, type, data }),

  /** @param since what the client last saw of the room's stream; undefined when it saw nothing */
  join: (id: string, room: string, since: Position | undefined) => write("join", { id, room, since }),

  leave: (id: string, room: string) => write("leave", { id, room }),

  cast: (room: string, data: JsonValue) => write("cast", { room, data }),

  ping: (at: number) => write("ping", { at }),

  refresh: (token: string) => write("refresh", { token }),
};

/** Fields that are undefined are left out. */
function write(op: string, fields: object): string {
  return JSON.stringify({ op, ...fields });
}

const UTF_8 = new TextEncoder();

/** A frame's size on the wire. */
export function bytesOf(frame: string): number {
  return UTF_8.encode(frame).length;
}
