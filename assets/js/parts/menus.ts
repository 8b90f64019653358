// Menus are <details>: Escape and a press elsewhere close them. "/" goes to the search field.
import { all, on } from "./dom";

const open = (): HTMLDetailsElement[] => all<HTMLDetailsElement>("details[data-menu][open]");

document.addEventListener("click", (event) => {
  for (const menu of open()) if (!menu.contains(event.target as Node)) menu.open = false;
});
document.addEventListener("focusin", (event) => {
  for (const menu of open()) if (!menu.contains(event.target as Node)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape")
    for (const menu of open()) {
      menu.open = false;
      menu.querySelector("summary")?.focus();
    }
  const typing = (event.target as Element).closest("input, textarea, select, [contenteditable], dialog[open]");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const field = document.querySelector<HTMLInputElement>('[data-key="/"]');
    if (!field) return;
    event.preventDefault();
    field.focus();
  }
});
for (const button of all("[data-print]")) button.hidden = false;
on("click", "[data-print]", () => window.print());
