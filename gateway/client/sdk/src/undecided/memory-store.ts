import type { UndecidedCommand, UndecidedStore } from "./store.js";

/** Keeps commands as long as the process lives, for as many clients as are given it. */
export class MemoryStore implements UndecidedStore {
  readonly #byPlayer = new Map<string, Map<string, UndecidedCommand>>();

  async load(player: string): Promise<readonly UndecidedCommand[]> {
    return [...(this.#byPlayer.get(player)?.values() ?? [])];
  }

  async add(player: string, command: UndecidedCommand): Promise<void> {
    const commands = this.#byPlayer.get(player) ?? new Map<string, UndecidedCommand>();
    this.#byPlayer.set(player, commands.set(command.id, command));
  }

  async remove(player: string, id: string): Promise<void> {
    const commands = this.#byPlayer.get(player);
    commands?.delete(id);
    if (commands?.size === 0) {
      this.#byPlayer.delete(player);
    }
  }
}
