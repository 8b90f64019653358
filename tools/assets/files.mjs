// Names and digests of files.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

export const digest = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** css/app.css -> css/app.1a2b3c4d5e.css, so that a browser may keep it for ever. */
export function hashed(name, bytes) {
  const dot = name.lastIndexOf(".");
  return `${name.slice(0, dot)}.${digest(bytes).slice(0, 10)}${name.slice(dot)}`;
}

/** Every file below a folder, in an order that does not depend on the machine. */
export function below(folder) {
  if (!existsSync(folder)) return [];
  if (statSync(folder).isFile()) return [folder];
  return readdirSync(folder).sort().flatMap((name) => below(join(folder, name)));
}

/** One digest over everything that a build reads. */
export function stampOf(root) {
  const sources = ["assets", "tools", "templates", "package-lock.json"].flatMap((name) => below(join(root, name)));
  const hash = createHash("sha256");
  for (const file of sources) hash.update(`${file.slice(root.length)}\0${digest(readFileSync(file))}\n`);
  return hash.digest("hex");
}
