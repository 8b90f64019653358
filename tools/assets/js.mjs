// Scripts: assets/js/*.ts, each with what it imports, and htmx with its content-security extension.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

const HTMX = ["htmx.min.js", "ext/hx-csp.min.js"];

export async function js(root) {
  const folder = join(root, "assets/js");
  const built = await build({
    entryPoints: readdirSync(folder).filter((name) => name.endsWith(".ts")).map((name) => join(folder, name)),
    outdir: "/js",
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    target: ["chrome120", "firefox121", "safari17.2"],
    logLevel: "warning",
  });
  const htmx = HTMX.map((name) => readFileSync(join(root, "node_modules/htmx.org/dist", name), "utf8"));
  const bare = htmx.map((text) => text.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, ""));
  return [...built.outputFiles.map((file) => [file.path.slice(1), file.contents]), ["js/htmx.js", bare.join("\n;\n")]];
}
