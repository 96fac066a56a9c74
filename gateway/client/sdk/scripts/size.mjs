// What the SDK adds to a page: bundled, minified, compressed. Fails when it is more than was promised.
import { build } from "esbuild";
import { gzipSync } from "node:zlib";

const MOST_BYTES = 8 * 1024;

const { outputFiles } = await build({
  entryPoints: ["dist/index.js"],
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  write: false,
});
const minified = outputFiles[0].contents;
const bytes = gzipSync(minified, { level: 9 }).length;
console.log(`@rookery/client: ${minified.length} bytes minified, ${bytes} gzipped (at most ${MOST_BYTES})`);
if (bytes > MOST_BYTES) {
  process.exitCode = 1;
}
