/**
 * What may be asked of a platform, as types: generated from its catalog by `rookery-types`. The client takes one as
 * its type parameter; without, it is that of the functions that Rookery comes with.
 */
export interface CatalogTypes {
  /** By type: what is sent, and what is told when it is done. */
  readonly commands: Readonly<Record<string, { readonly data: object; readonly done: DoneShape }>>;
  /** By type: what is asked, and what is answered. */
  readonly queries: Readonly<Record<string, { readonly data: object; readonly answer: unknown }>>;
}

interface DoneShape {
  readonly type: string;
  readonly data: unknown;
}

/** The names of a catalog's commands. */
export type CommandType<C extends CatalogTypes> = keyof C["commands"] & string;

/** The names of a catalog's queries. */
export type QueryType<C extends CatalogTypes> = keyof C["queries"] & string;

/** What a command of a type is given. */
export type CommandData<C extends CatalogTypes, T extends CommandType<C>> = C["commands"][T]["data"];

/** What a command of a type tells when it is done. */
export type DoneOf<C extends CatalogTypes, T extends CommandType<C> = CommandType<C>> = C["commands"][T]["done"];

/** What a query of a type is given. */
export type QueryData<C extends CatalogTypes, T extends QueryType<C>> = C["queries"][T]["data"];

/** What a query of a type is answered. */
export type AnswerOf<C extends CatalogTypes, T extends QueryType<C>> = C["queries"][T]["answer"];
