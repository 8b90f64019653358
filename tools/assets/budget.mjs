// What a page may weigh, in bytes; text is counted compressed, as it travels.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const KB = 1024;
const SCRIPTS = ["js/htmx.js", "js/app.js"];
const PRELOADED = ["fonts/schibsted-grotesk-latin.woff2", "fonts/atkinson-next-latin.woff2"];

export function tooHeavy(folder, manifest) {
  const bytes = (name) => readFileSync(join(folder, manifest[name]));
  const packed = (name) => gzipSync(bytes(name), { level: 9 }).length;
  const sum = (names, weigh) => names.reduce((total, name) => total + weigh(name), 0);
  const sheets = Object.keys(manifest).filter((name) => name.startsWith("css/"));
  const weighed = [
    ["js of a public page", sum(SCRIPTS, packed), 20 * KB],
    ["preloaded fonts", sum(PRELOADED, (name) => bytes(name).length), 75 * KB],
    ["js/board.js", packed("js/board.js"), 12 * KB],
    ...sheets.map((name) => [name, packed(name), (name === "css/app.css" ? 8 : 4) * KB]),
  ];
  return weighed.filter(([, size, most]) => size > most).map(([name, size, most]) => `${name}: ${size} bytes, at most ${most}`);
}
