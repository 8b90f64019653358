// Builds src/crosslab/web/static from assets/ and the locked packages. Quick the second time: nothing changed, nothing done.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
if (!existsSync(join(root, "node_modules", "esbuild"))) {
  console.error("The packages that pages are built from are not here. Run: npm ci");
  process.exit(1);
}
const { tooFaint } = await import("./tokens.mjs");
const { digest, hashed, stampOf } = await import("./assets/files.mjs");
const { tooHeavy } = await import("./assets/budget.mjs");
const { css } = await import("./assets/css.mjs");
const { fonts } = await import("./assets/fonts.mjs");
const { images } = await import("./assets/images.mjs");
const { js } = await import("./assets/js.mjs");
const { licences } = await import("./assets/licences.mjs");
const { vault } = await import("./assets/vault.mjs");

const target = join(root, "src/crosslab/web/static");
const fresh = `${target}.new`;
const started = performance.now();

const faint = tooFaint();
if (faint.length) {
  console.error(`Too little contrast:\n  ${faint.join("\n  ")}`);
  process.exit(1);
}
const stamp = stampOf(root);
const stampFile = join(target, ".stamp");
if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp && !process.argv.includes("--force")) {
  console.log("assets: nothing changed");
  process.exit(0);
}

rmSync(fresh, { recursive: true, force: true });
const manifest = {};
const write = (name, bytes) => {
  mkdirSync(dirname(join(fresh, name)), { recursive: true });
  writeFileSync(join(fresh, name), bytes);
};
const keep = (name, bytes) => {
  manifest[name] = hashed(name, bytes);
  write(manifest[name], bytes);
};

for (const [name, bytes] of await fonts(root)) keep(name, bytes);
for (const [name, bytes] of images(root)) keep(name, bytes);
for (const [name, bytes] of await css(root, manifest)) keep(name, bytes);
for (const [name, bytes] of await js(root)) keep(name, bytes);
for (const [name, bytes] of await vault(root, manifest)) {
  write(name, bytes);
  console.log(`assets: ${name} sha256 ${digest(bytes)}`);
}
const heavy = tooHeavy(fresh, manifest);
if (heavy.length) {
  console.error(`Too heavy:\n  ${heavy.join("\n  ")}`);
  process.exit(1);
}
write("licences.txt", licences(root));
write("manifest.json", JSON.stringify(Object.fromEntries(Object.entries(manifest).sort()), null, 1) + "\n");
write(".stamp", stamp);
rmSync(target, { recursive: true, force: true });
renameSync(fresh, target);
console.log(`assets: ${Object.keys(manifest).length} files in ${((performance.now() - started) / 1000).toFixed(1)} s`);
