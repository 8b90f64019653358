// The vault: one page, fixed names, the same bytes on every machine, because people compare its digest.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { addressed, tokens } from "./css.mjs";

/**
 * typage and its post-quantum part lock two versions of the same primitives; one copy is enough to carry and to review.
 * Curves that no file of ours may use are left out.
 */
export const onePrimitive = (root) => ({
  ...Object.fromEntries(["@noble/curves", "@noble/hashes"].map((name) => [name, join(root, "node_modules", name)])),
  "@noble/curves/nist.js": join(root, "assets/vault/core/nonist.ts"),
});

export async function vault(root, manifest) {
  const folder = join(root, "assets/vault");
  const entries = { vault: "main.tsx", worker: "worker.ts", check: "check.tsx", verifier: "verifier.ts" };
  const present = Object.entries(entries).filter(([, file]) => existsSync(join(folder, file)));
  if (!present.length) return [];
  const shared = { bundle: true, minify: true, write: false, absWorkingDir: root, outdir: join(root, "vault"), logLevel: "warning" };
  const scripts = await build({
    ...shared,
    entryPoints: Object.fromEntries(present.map(([name, file]) => [name, join("assets/vault", file)])),
    format: "esm",
    target: ["chrome120", "firefox121", "safari17.2"],
    jsx: "automatic",
    jsxImportSource: "preact",
    charset: "utf8",
    legalComments: "none",
    define: { "process.env.NODE_ENV": '"production"' },
    alias: onePrimitive(root),
  });
  const files = scripts.outputFiles;
  if (existsSync(join(folder, "vault.css"))) {
    const style = { entryPoints: { vault: "assets/vault/vault.css" }, external: ["static:*"], plugins: [tokens] };
    files.push(...(await build({ ...shared, ...style })).outputFiles);
  }
  const built = files.map((file) => [`vault/${file.path.split(/[\\/]/).pop()}`, addressed(file.text, manifest)]);
  return [...built, ["vault/words.txt", readFileSync(join(root, "src/crosslab/ip_vault/data/words.txt"), "utf8")]];
}
