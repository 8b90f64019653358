// Pictures of the house: what lies in assets/img, and one sprite of the icons in use.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { below } from "./files.mjs";

const CALLED = /\bicon\(\s*["']([a-z0-9-]+)["']/g;
const ASKED = /\bicon=\s*["']([a-z0-9-]+)["']/g;

/** Icons are those in assets/icons.txt and those a template or the vault names in so many words. */
function names(root) {
  const listed = readFileSync(join(root, "assets/icons.txt"), "utf8").split(/\s+/).filter(Boolean);
  const read = [...below(join(root, "templates")), ...below(join(root, "assets/vault"))];
  const named = read.flatMap((file) => {
    const text = readFileSync(file, "utf8");
    return [...text.matchAll(CALLED), ...text.matchAll(ASKED)].map((hit) => hit[1]);
  });
  return [...new Set([...listed, ...named])].sort();
}

function symbol(root, name) {
  const file = join(root, "node_modules/lucide-static/icons", `${name}.svg`);
  if (!existsSync(file)) throw new Error(`there is no icon called ${name}`);
  const body = readFileSync(file, "utf8").match(/<svg[^>]*>(.*)<\/svg>/s)[1];
  return `<symbol id="${name}" viewBox="0 0 24 24">${body.replace(/\s+/g, " ").replace(/> </g, "><").trim()}</symbol>`;
}

export function images(root) {
  const sprite = `<svg xmlns="http://www.w3.org/2000/svg">${names(root).map((name) => symbol(root, name)).join("")}</svg>`;
  const folder = join(root, "assets/img");
  const files = below(folder).map((file) => [`img/${file.slice(folder.length + 1)}`, readFileSync(file)]);
  return [["img/sprite.svg", sprite], ...files];
}
