/** What is used of a WebSocket: the browser's fits, and so does that of the package `ws`. */
export interface WebSocketLike {
  /** Of the subprotocols that were offered, the one that the server selected. */
  readonly protocol: string;

  send(text: string): void;

  close(code?: number, reason?: string): void;

  addEventListener(type: "open" | "error", listener: () => void): void;
  addEventListener(type: "message", listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(
    type: "close",
    listener: (event: { readonly code: number; readonly reason: string }) => void,
  ): void;
}

/** Opens a WebSocket. */
export type WebSocketConstructor = new (url: string, protocols: string[]) => WebSocketLike;
