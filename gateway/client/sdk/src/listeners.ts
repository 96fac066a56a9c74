/** Takes a listener away again. */
export type Unsubscribe = () => void;

/**
 * Who wants to be told of what.
 *
 * A listener that throws is a defect of the page and none of the connection: the others are told all the same, and the
 * error goes where uncaught errors go.
 */
export class Listeners<Events extends object> {
  readonly #byName = new Map<keyof Events, Set<(event: never) => void>>();

  on<Name extends keyof Events>(name: Name, listener: (event: Events[Name]) => void): Unsubscribe {
    // Wrapped, so that a listener that is given twice is told twice, and taken away once.
    const own = (event: Events[Name]): void => listener(event);
    const listeners = this.#byName.get(name) ?? new Set();
    this.#byName.set(name, listeners);
    listeners.add(own);
    return () => listeners.delete(own);
  }

  tell<Name extends keyof Events>(name: Name, event: Events[Name]): void {
    for (const listener of [...(this.#byName.get(name) ?? [])]) {
      try {
        (listener as (event: Events[Name]) => void)(event);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }
}
