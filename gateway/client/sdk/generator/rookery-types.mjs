#!/usr/bin/env node
// Writes a catalog as TypeScript types: what may be sent, and what is answered.
//
//   rookery-types OUT FILE...      FILE: catalog files of functions, such as wallet.json
//
// A file lists types, each with the JSON Schema of its data; a command may tell what it says when it is done
// ("done": {"wallet.deposited": SCHEMA}), a query what it answers ("answer": SCHEMA). What is not told is JsonValue.
// Schemas that are used more than once stand in the file's "$defs".

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { pathToFileURL } from "node:url";
import { sharedName, typeOf } from "./schema-types.mjs";

const HEAD = `// Written by rookery-types from the catalog: change that.

/** Whatever JSON can say. */
type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [name: string]: JsonValue };
`;

/** @param {readonly string[]} files */
export function catalogTypes(files) {
  const catalogs = files.map(read);
  const listed = catalogs.flatMap(({ types }) => types);
  const twice = listed.find(({ type }, at) => listed.findIndex((other) => other.type === type) !== at);
  if (twice !== undefined) {
    throw new Error(`type: ${twice.type} is listed twice (expected: once)`);
  }
  const ofLane = (lane, write) =>
    listed
      .filter((entry) => entry.lane === lane)
      .sort((one, other) => (one.type < other.type ? -1 : 1))
      .map(write)
      .join("\n");
  const shared = catalogs.flatMap(({ function: owner, $defs = {} }) =>
    Object.entries($defs).map(
      ([name, schema]) => `${about(schema)}export type ${sharedName(owner, name)} = ${typeOf(schema, 0, `${owner}.$defs`)};\n`,
    ),
  );
  return `${HEAD}${shared.map((type) => `\n${type}`).join("")}
/** What may be asked of ${files.map((file) => basename(file, ".json")).sort().join(", ")}. */
export interface Catalog {
  readonly commands: {
${ofLane("command", command)}
  };
  readonly queries: {
${ofLane("query", query)}
  };
}
`;
}

function about({ description }) {
  return description === undefined ? "" : `/** ${description.replaceAll("*/", "*\\/")} */\n`;
}

function read(file) {
  const catalog = JSON.parse(readFileSync(file, "utf8"));
  if (!Array.isArray(catalog.types)) {
    throw new Error(`${file}: types: ${typeof catalog.types} (expected: a list)`);
  }
  return catalog;
}

function command(entry) {
  const done = Object.entries(entry.done ?? {}).map(
    ([type, schema]) => `{ readonly type: ${JSON.stringify(type)}; readonly data: ${typeOf(schema, 4, type)} }`,
  );
  const told = done.length === 0 ? "{ readonly type: string; readonly data: JsonValue }" : done.join(" | ");
  return `    readonly ${JSON.stringify(entry.type)}: {
      readonly data: ${typeOf(entry.schema, 3, entry.type)};
      readonly done: ${told};
    };`;
}

function query(entry) {
  const answer = entry.answer === undefined ? "JsonValue" : typeOf(entry.answer, 3, entry.type);
  return `    readonly ${JSON.stringify(entry.type)}: {
      readonly data: ${typeOf(entry.schema, 3, entry.type)};
      readonly answer: ${answer};
    };`;
}

/** A file that says what it said before keeps its time, so that nothing is built again for it. */
function write(out, text) {
  mkdirSync(dirname(out), { recursive: true });
  try {
    if (readFileSync(out, "utf8") === text) {
      return;
    }
  } catch {
    // There is none yet.
  }
  writeFileSync(out, text);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const [out, ...files] = process.argv.slice(2);
  if (out === undefined || files.length === 0) {
    console.error("rookery-types: no files (expected: OUT FILE..., such as src/catalog.ts wallet.json)");
    process.exit(2);
  }
  try {
    write(out, catalogTypes(files));
  } catch (error) {
    console.error(`rookery-types: ${error.message}`);
    process.exit(1);
  }
}
