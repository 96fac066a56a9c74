import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

const folder = mkdtempSync(join(tmpdir(), "rookery-types-"));
const SCORE = {
  type: "tally.score",
  lane: "command",
  key: "player",
  schema: {
    type: "object",
    properties: {
      points: { description: "a lot */ of them", type: "integer", minimum: 1, maximum: 9 },
      how: { enum: ["fair", "foul"] },
      tags: { type: "array", items: { type: ["string", "null"] } },
      inner: { type: "object", properties: { deep: { const: true } }, required: ["deep"] },
    },
    required: ["points"],
    additionalProperties: false,
  },
};

function catalog(name: string, ...types: object[]): string {
  const file = join(folder, name);
  writeFileSync(file, JSON.stringify({ function: "tally", types }));
  return file;
}

function generate(...files: string[]): string {
  const out = join(folder, "catalog.ts");
  execFileSync("node", ["generator/rookery-types.mjs", out, ...files]);
  return readFileSync(out, "utf8");
}

function complaint(...words: string[]): string {
  const { status, stderr } = spawnSync("node", ["generator/rookery-types.mjs", ...words], { encoding: "utf8" });
  assert.notEqual(status, 0);
  return stderr;
}

test("a schema is written as the type of its data, with what types cannot say in comments", () => {
  assert.match(
    generate(catalog("tally.json", SCORE)),
    new RegExp(
      String.raw`readonly "tally\.score": \{
      readonly data: \{
        /\*\* a lot \*\\/ of them; 1\.\.9 \*/
        readonly "points": number;
        readonly "how"\?: "fair" \| "foul";
        readonly "tags"\?: readonly \(string \| null\)\[\];
        readonly "inner"\?: \{
          readonly "deep": true;
        \};
      \};
      readonly done: \{ readonly type: string; readonly data: JsonValue \};
    \};`,
    ),
  );
});

test("what a command tells and a query answers is written where the catalog says it", () => {
  const done = { "tally.scored": { type: "object", properties: { total: { type: "integer" } }, required: ["total"] } };
  const total = { type: "tally.total", lane: "query", schema: { type: "object" }, answer: { type: "integer" } };

  const types = generate(catalog("tally.json", { ...SCORE, done }, total));

  assert.match(types, /readonly done: \{ readonly type: "tally\.scored"; readonly data: \{\n +readonly "total": number;\n +\} \};/);
  assert.match(types, /readonly "tally\.total": \{\n +readonly data: .*;\n +readonly answer: number;\n/);
});

test("what a file shares among its schemas is a type of its own", () => {
  const file = join(folder, "shared.json");
  const $defs = { "score-card": { description: "All of it.", type: "array", items: { $ref: "#/$defs/line" } }, line: { type: "integer" } };
  const done = { "tally.scored": { $ref: "#/$defs/score-card" } };
  writeFileSync(file, JSON.stringify({ function: "tally", types: [{ ...SCORE, done }], $defs }));

  const types = generate(file);

  assert.match(types, /\/\*\* All of it\. \*\/\nexport type TallyScoreCard = readonly TallyLine\[\];\n\nexport type TallyLine = number;/);
  assert.match(types, /readonly done: \{ readonly type: "tally\.scored"; readonly data: TallyScoreCard \};/);
});

test("what says the same is not written again, so that nothing is built again for it", () => {
  const file = catalog("tally.json", SCORE);
  generate(file);
  const out = join(folder, "catalog.ts");
  utimesSync(out, 1, 1);

  generate(file);

  assert.equal(statSync(out).mtimeMs, 1_000);
});

test("what it does not know of JSON Schema stops it by name", () => {
  const file = catalog("tally.json", { ...SCORE, schema: { not: {} } });

  assert.match(complaint(join(folder, "none.ts"), file), /^rookery-types: tally\.score: not \(expected: one of /);
});

test("what refers to anything but the file's own stops it by name", () => {
  const file = catalog("tally.json", { ...SCORE, schema: { $ref: "#/other" } });

  assert.match(complaint(join(folder, "none.ts"), file), /^rookery-types: tally\.score: \$ref: #\/other \(expected: /);
});

test("a type that two functions list stops it by name", () => {
  const files = [catalog("tally.json", SCORE), catalog("other.json", SCORE)];

  assert.match(complaint(join(folder, "none.ts"), ...files), /^rookery-types: type: tally\.score is listed twice/);
});

test("without files it says what it wants", () => {
  assert.match(complaint(), /^rookery-types: no files \(expected: OUT FILE\.\.\., /);
});
