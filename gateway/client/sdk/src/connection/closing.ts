/** How a connection ended. */
export interface Closing {
  /** The server's close code, or one of {@link CloseCode}. */
  readonly code: number;
  /** The server's words, or what went wrong here. */
  readonly reason: string;
}

/** Codes that no server sends. */
export const CloseCode = {
  /** The client was closed by its owner. */
  NORMAL: 1000,
  /** No goodbye was heard: the network, or the server, is gone. */
  LOST: 1006,
} as const;

/** What a client does about an end: goes on over another connection, the same with a new token, or nothing any more. */
export type Action = "resume" | "afresh" | "stop";

/** The protocol gives a hundred codes to each; whatever it does not name is a lost connection. */
export function actionOf(closing: Closing): Action {
  switch (Math.floor(closing.code / 100)) {
    case 41:
      return "afresh";
    case 42:
      return "stop";
    default:
      return "resume";
  }
}
