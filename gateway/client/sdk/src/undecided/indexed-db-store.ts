import type { UndecidedCommand, UndecidedStore } from "./store.js";

const COMMANDS = "undecided";
const BY_PLAYER = "player";
const BY_ID = "id";

interface Row extends UndecidedCommand {
  readonly player: string;
}

/**
 * Keeps commands in the browser's IndexedDB, beyond the page's life. All pages of one origin share a database: what
 * one of them left undecided is sent again by the next, and by a second tab also while the first is there; the server
 * knows commands by their ids, and one that comes twice has one effect.
 */
export class IndexedDbStore implements UndecidedStore {
  readonly #factory: IDBFactory;
  readonly #name: string;
  #database: Promise<IDBDatabase> | undefined;

  /** @param name of the database */
  constructor(factory: IDBFactory = indexedDB, name = "rookery") {
    this.#factory = factory;
    this.#name = name;
  }

  async load(player: string): Promise<readonly UndecidedCommand[]> {
    const rows = await this.#run("readonly", (commands) => commands.index(BY_PLAYER).getAll(player));
    return (rows as readonly Row[]).map(({ id, type, data }) => ({ id, type, data }));
  }

  async add(player: string, { id, type, data }: UndecidedCommand): Promise<void> {
    const row: Row = { player, id, type, data };
    try {
      await this.#run("readwrite", (commands) => commands.add(row));
    } catch (error) {
      // Another page has kept it.
      if ((error as Error).name !== "ConstraintError") {
        throw error;
      }
    }
  }

  async remove(player: string, id: string): Promise<void> {
    const key = await this.#run("readonly", (commands) => commands.index(BY_ID).getKey([player, id]));
    if (key !== undefined) {
      await this.#run("readwrite", (commands) => commands.delete(key));
    }
  }

  /** One transaction; what it wrote is there when this is resolved. */
  async #run<R>(mode: IDBTransactionMode, what: (commands: IDBObjectStore) => IDBRequest<R>): Promise<R> {
    const database = await (this.#database ??= this.#open());
    return new Promise((resolve, reject) => {
      // What is paid with is to survive a crash of the machine, not only of the browser.
      const transaction = database.transaction(COMMANDS, mode, { durability: "strict" });
      const request = what(transaction.objectStore(COMMANDS));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error ?? new Error("transaction: aborted"));
    });
  }

  #open(): Promise<IDBDatabase> {
    const opened = new Promise<IDBDatabase>((resolve, reject) => {
      const request = this.#factory.open(this.#name, 1);
      request.onupgradeneeded = () => {
        // Keys that are counted up: commands are read in the order in which they came.
        const commands = request.result.createObjectStore(COMMANDS, { autoIncrement: true });
        commands.createIndex(BY_PLAYER, "player");
        commands.createIndex(BY_ID, ["player", "id"], { unique: true });
      };
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error("indexedDB: cannot be opened"));
    });
    opened.then(
      (database) => {
        database.onclose = database.onversionchange = () => {
          database.close();
          this.#database = undefined;
        };
      },
      () => (this.#database = undefined),
    );
    return opened;
  }
}
