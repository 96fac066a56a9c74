import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { test } from "node:test";

const FOLDER = "target/docs";

test("every example of the README is compiled as it stands", () => {
  const examples = [...readFileSync("README.md", "utf8").matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code]) => code!);
  assert.ok(examples.length >= 8, `examples: ${examples.length} (expected: all of them)`);
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  examples.forEach((code, n) => writeFileSync(`${FOLDER}/example-${n + 1}.ts`, code));
  const options = {
    extends: "../../tsconfig.json",
    compilerOptions: {
      rootDir: "../..",
      noEmit: true,
      incremental: false,
      noUnusedLocals: false,
      // What an application sees: the package by its name, with its declarations.
      paths: { "@rookery/client": ["../../dist/index.d.ts"] },
    },
    include: ["."],
  };
  writeFileSync(`${FOLDER}/tsconfig.json`, JSON.stringify(options));

  const { status, stdout } = spawnSync("node_modules/.bin/tsc", ["-p", FOLDER], { encoding: "utf8" });

  assert.equal(status, 0, stdout);
});
