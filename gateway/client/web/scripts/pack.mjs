// Lists what is served of each page, and prints what a first visit loads: all of it, compressed. Fails when it is more than
// was promised.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const MOST_BYTES = 150 * 1024;
const PAGES = ["rookery-web", "rookery-ops"];

for (const page of PAGES) {
  const folder = join("target/web", page);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== "files.txt")
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
  writeFileSync(join(folder, "files.txt"), files.join("\n") + "\n");

  let bytes = 0;
  for (const file of files) {
    const plain = readFileSync(join(folder, file));
    const gzipped = gzipSync(plain).length;
    bytes += gzipped;
    console.log(`${page}: ${file}: ${plain.length} bytes, ${gzipped} gzipped`);
  }
  console.log(`${page}: first load: ${bytes} bytes gzipped (at most ${MOST_BYTES})`);
  if (bytes > MOST_BYTES) {
    process.exitCode = 1;
  }
}
