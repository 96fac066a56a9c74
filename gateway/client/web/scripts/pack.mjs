// Lists what the gateway serves, and prints what a first visit loads: all of it, compressed. Fails when it is more than
// was promised.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const MOST_BYTES = 150 * 1024;
const FOLDER = "target/web/rookery-web";

const files = readdirSync(FOLDER, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name !== "files.txt")
  .map((entry) => join(entry.parentPath, entry.name).slice(FOLDER.length + 1))
  .sort();
writeFileSync(join(FOLDER, "files.txt"), files.join("\n") + "\n");

let bytes = 0;
for (const file of files) {
  const plain = readFileSync(join(FOLDER, file));
  const gzipped = gzipSync(plain).length;
  bytes += gzipped;
  console.log(`@rookery/web: ${file}: ${plain.length} bytes, ${gzipped} gzipped`);
}
console.log(`@rookery/web: first load: ${bytes} bytes gzipped (at most ${MOST_BYTES})`);
if (bytes > MOST_BYTES) {
  process.exitCode = 1;
}
