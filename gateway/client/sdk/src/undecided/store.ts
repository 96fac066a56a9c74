import type { JsonValue } from "../json.js";

/** A command whose answer is not known. */
export interface UndecidedCommand {
  readonly id: string;
  readonly type: string;
  readonly data: JsonValue;
}

/**
 * Where undecided commands are kept, so that one that was sent before a page was closed is sent again, under its id,
 * by the next. Otherwise nobody would know whether it had its effect, and a player who asked again would ask for
 * another one.
 *
 * A command is sent when `add` has kept it. Calls are made without waiting for those before them: they have to take
 * effect in the order of the calls. A client keeps at most `maxUndecided` commands.
 */
export interface UndecidedStore {
  /** A player's commands, in the order in which they were added. */
  load(player: string): Promise<readonly UndecidedCommand[]>;

  /** @throws when it cannot be kept: the command is not sent then */
  add(player: string, command: UndecidedCommand): Promise<void>;

  /** Forgets one that is decided; one that is not there is none. */
  remove(player: string, id: string): Promise<void>;
}
