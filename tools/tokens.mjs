// assets/tokens.json -> the custom properties of every page. A pair of colours below its floor stops the build.
import { readFileSync } from "node:fs";

const tokens = JSON.parse(readFileSync(new URL("../assets/tokens.json", import.meta.url), "utf8"));

const channel = (v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
const luminance = (hex) => {
  const [r, g, b] = [1, 3, 5].map((i) => channel(parseInt(hex.slice(i, i + 2), 16) / 255));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (a, b) => {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
};

export function tooFaint() {
  const faint = [];
  for (const theme of ["light", "dark"])
    for (const [over, ground, floor] of tokens.pairs) {
      const ratio = contrast(tokens[theme][over], tokens[theme][ground]);
      if (!(ratio >= floor)) faint.push(`${theme}: ${over} on ${ground} is ${ratio.toFixed(2)}, needs ${floor}`);
    }
  return faint;
}

const rules = (map) => Object.entries(map).map(([name, value]) => `--${name}:${value};`).join("");

export function tokensCss() {
  const dark = `color-scheme:dark;${rules(tokens.dark)}`;
  return `@layer tokens{
:root{color-scheme:light;${rules(tokens.light)}${rules(tokens.scale)}}
@media screen and (prefers-color-scheme:dark){:root:not([data-theme="light"]){${dark}}}
@media screen{:root[data-theme="dark"]{${dark}}}
@media (prefers-contrast:more){:root{--muted:var(--ink);--line:var(--edge);--edge:var(--ink);}}
@media (prefers-reduced-motion:reduce){:root{--fast:0ms;--slow:0ms;}}
}
`;
}
