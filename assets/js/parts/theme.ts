// Light, dark, or like the device. Kept in a cookie, so that the next page comes in the right colours.
import { all, on } from "./dom";

const YEAR = 31_536_000;

for (const group of all("[data-themes]")) group.hidden = false;
on("click", "[data-theme-to]", (button) => {
  const theme = button.dataset["themeTo"]!;
  document.cookie = `crosslab_theme=${theme}; path=/; max-age=${theme ? YEAR : 0}; samesite=lax`;
  if (theme) document.documentElement.dataset["theme"] = theme;
  else delete document.documentElement.dataset["theme"];
  for (const other of all("[data-theme-to]")) other.setAttribute("aria-pressed", String(other.dataset["themeTo"] === theme));
});
