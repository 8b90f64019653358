// Stylesheets: assets/css/*.css, each with what it imports; app.css carries the tokens.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { tokensCss } from "../tokens.mjs";

/** `@import "tokens.css"` gives the generated custom properties. */
export const tokens = {
  name: "tokens",
  setup(run) {
    run.onResolve({ filter: /^tokens\.css$/ }, () => ({ path: "tokens.css", namespace: "tokens" }));
    run.onLoad({ filter: /.*/, namespace: "tokens" }, () => ({ contents: tokensCss(), loader: "css" }));
  },
};

/** `url(static:fonts/x.woff2)` becomes the address of the built file. */
export const addressed = (text, manifest) =>
  text.replace(/static:([\w./-]+)/g, (_, name) => {
    if (!manifest[name]) throw new Error(`no such asset: ${name}`);
    return `/static/${manifest[name]}`;
  });

export async function css(root, manifest) {
  const folder = join(root, "assets/css");
  const pages = readdirSync(folder).filter((name) => name.endsWith(".css"));
  const built = await build({
    entryPoints: pages.map((name) => join(folder, name)),
    outdir: "/css",
    bundle: true,
    minify: true,
    write: false,
    external: ["static:*"],
    plugins: [tokens],
    target: ["chrome120", "firefox121", "safari17.2"],
    logLevel: "warning",
  });
  const files = built.outputFiles.map((file) => [file.path.slice(1), addressed(file.text, manifest)]);
  return [...files, ["css/tokens.css", tokensCss()]];
}
