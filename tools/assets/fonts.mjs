// Fonts: the letters and weights that pages use, so that the two preloaded files stay under 75 KB together.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import subset from "subset-font";

const span = (from, to) => String.fromCodePoint(...Array.from({ length: to - from + 1 }, (_, i) => from + i));
const LATIN = span(0x20, 0x7e) + span(0xa0, 0xff) + "ıŒœ–—‘’‚“”„†•…‹›⁄€™←↑→↓−×≤≥\u2009\u200a\u202f\u2011";

const FONTS = [
  ["schibsted-grotesk-latin", "@fontsource-variable/schibsted-grotesk", "latin", { wght: { min: 400, max: 800 } }],
  ["atkinson-next-latin", "@fontsource-variable/atkinson-hyperlegible-next", "latin", { wght: { min: 400, max: 700 } }],
  ["atkinson-mono-latin", "@fontsource-variable/atkinson-hyperlegible-mono", "latin", { wght: { min: 400, max: 700 } }],
];
const AS_THEY_ARE = [
  ["schibsted-grotesk-latin-ext", "@fontsource-variable/schibsted-grotesk"],
  ["atkinson-next-latin-ext", "@fontsource-variable/atkinson-hyperlegible-next"],
  ["atkinson-mono-latin-ext", "@fontsource-variable/atkinson-hyperlegible-mono"],
];

const source = (root, pack, script) =>
  readFileSync(join(root, "node_modules", pack, "files", `${pack.split("/")[1]}-${script}-wght-normal.woff2`));

export async function fonts(root) {
  const cut = await Promise.all(
    FONTS.map(async ([name, pack, script, variationAxes]) => {
      const bytes = await subset(source(root, pack, script), LATIN, { targetFormat: "woff2", variationAxes });
      return [`fonts/${name}.woff2`, bytes];
    }),
  );
  return [...cut, ...AS_THEY_ARE.map(([name, pack]) => [`fonts/${name}.woff2`, source(root, pack, "latin-ext")])];
}
