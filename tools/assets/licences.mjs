// The licences of what travels with the pages.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const TRAVELS = [
  "htmx.org",
  "preact",
  "age-encryption",
  "@scure/base",
  "@noble/ciphers",
  "@noble/curves",
  "@noble/hashes",
  "@noble/post-quantum",
  "uqr",
  "lucide-static",
  "@fontsource-variable/schibsted-grotesk",
  "@fontsource-variable/atkinson-hyperlegible-next",
  "@fontsource-variable/atkinson-hyperlegible-mono",
];

export function licences(root) {
  const parts = TRAVELS.map((name) => {
    const folder = join(root, "node_modules", name);
    const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    return `${name} ${version} (${license})\n\n${file ? readFileSync(join(folder, file), "utf8").trim() : ""}`;
  });
  return parts.join(`\n\n${"-".repeat(72)}\n\n`) + "\n";
}
