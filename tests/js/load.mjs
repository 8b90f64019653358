// Builds the vault's modules once a run and hands them out with the golden files.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { onePrimitive } from "../../tools/assets/vault.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "vault-"));
const outfile = join(folder, "vault.mjs");
const alias = onePrimitive(join(here, "../.."));
await build({ alias, entryPoints: [join(here, "vault.ts")], bundle: true, format: "esm", outfile, logLevel: "warning" });
export const vault = await import(pathToFileURL(outfile).href);
rmSync(folder, { recursive: true });

const file = (...path) => join(here, "..", "vectors", ...path);
export const bytesOf = (hex) => new Uint8Array(Buffer.from(hex, "hex"));
export const hexOf = (data) => Buffer.from(data).toString("hex");
export const golden = (name) => JSON.parse(readFileSync(file("golden", `${name}.json`), "utf8"));
export const vectors = (...path) => JSON.parse(readFileSync(file(...path), "utf8"));
export { file };
