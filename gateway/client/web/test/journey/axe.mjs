// Runs axe in a page. The page's policy forbids scripts that are put into it, but not what a debugger evaluates.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export async function analyze(page) {
  await page.evaluate(source);
  return page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
}
