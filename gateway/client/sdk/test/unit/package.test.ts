import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

function pack(folder: string): Packed {
  const told = execFileSync("npm", ["pack", "--json", "--pack-destination", folder], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  return (JSON.parse(told) as Packed[])[0]!;
}

test("what npm pack makes has what an application needs, nothing else, and works", () => {
  const folder = mkdtempSync(join(tmpdir(), "rookery-client-"));

  const packed = pack(folder);

  const paths = packed.files.map(({ path }) => path);
  const stray = paths.filter((path) => !/^(dist\/.*\.(js|d\.ts)|generator\/.*\.mjs)$/.test(path));
  assert.deepEqual(stray.sort(), ["LICENSE", "README.md", "package.json"]);
  const installed = join(folder, "node_modules/@rookery/client");
  mkdirSync(installed, { recursive: true });
  execFileSync("tar", ["-xzf", join(folder, packed.filename), "-C", installed, "--strip-components=1"]);
  writeFileSync(join(folder, "app.mjs"), 'import { RookeryClient } from "@rookery/client"; console.log(RookeryClient.name);');
  assert.equal(execFileSync("node", ["app.mjs"], { cwd: folder, encoding: "utf8" }), "RookeryClient\n");
});

test("it depends on nothing", () => {
  const { dependencies, peerDependencies } = JSON.parse(readFileSync("package.json", "utf8")) as Record<string, unknown>;

  assert.deepEqual([dependencies, peerDependencies], [undefined, undefined]);
});

test("what the build needs comes from the public registry", () => {
  const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8")) as {
    packages: Record<string, { resolved?: string }>;
  };

  const elsewhere = Object.entries(packages).filter(
    ([name, { resolved }]) => name !== "" && resolved?.startsWith("https://registry.npmjs.org/") !== true,
  );
  assert.deepEqual(elsewhere, []);
});

test("servers are told the version that the package has", () => {
  const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };

  assert.match(readFileSync("dist/protocol/client-frames.js", "utf8"), new RegExp(`version: "${version}"`));
});
