// One note of the wall is chosen: the only stop for Tab, the one whose threads stand out, the one the bar acts on.
import { all, on } from "../parts/dom";
import { columnOf, columns, idOf, nameOf, open, root, seen, wall, wordsOf } from "./hung";
import { light } from "./threads";

let chosen: HTMLElement | null = null;
const bar = document.getElementById("selbar");

export const theChosen = (): HTMLElement | null => (chosen?.isConnected ? chosen : null);

/** What a screen reader says of a note: its words, and what stands below them. */
function name(one: HTMLElement): void {
  const words = one.querySelector("p")!, foot = one.querySelector(".foot")!;
  words.id ||= `t-${one.id}`;
  foot.id ||= `f-${one.id}`;
  one.setAttribute("aria-labelledby", `${words.id} ${foot.id}`);
}

function mark(one: HTMLElement, shown: boolean): void {
  if (chosen && chosen !== one) chosen.tabIndex = -1;
  all(".sel", wall).forEach((each) => each.classList.toggle("sel", false));
  chosen = one;
  one.tabIndex = 0;
  name(one);
  one.classList.toggle("sel", shown);
  light(shown ? idOf(one) : null);
  for (const item of all("[data-tie]", root!))
    item.classList.toggle("on", shown && (item.dataset["from"] === idOf(one) || item.dataset["to"] === idOf(one)));
  if (!bar) return;
  bar.hidden = !shown || !open;
  bar.querySelector(".words")!.textContent = wordsOf(one);
}

/** Choose a note, bring it into sight and put the focus on it. */
export function choose(one: HTMLElement | null | undefined): void {
  if (!one) return;
  mark(one, true);
  one.focus({ preventScroll: true });
  one.scrollIntoView({ block: "nearest", inline: "nearest" });
}

/** Tab needs a stop: the first note, when the chosen one is gone or there was none. */
export function offer(): void {
  const first = theChosen() ?? wall.querySelector<HTMLElement>(".note");
  if (first && first !== theChosen()) mark(first, false);
  if (!first && bar) bar.hidden = true;
}

export function chooseNone(): void {
  if (chosen) mark(chosen, false);
}

/** The note in the direction of an arrow: up and down in a column, left and right at the same height. */
export function beside(one: HTMLElement, key: string): HTMLElement | null {
  const col = columnOf(one), row = seen(col), n = row.indexOf(one);
  if (key === "ArrowDown") return row[n + 1] ?? null;
  if (key === "ArrowUp") return row[n - 1] ?? null;
  if (key === "Home") return row[0] ?? null;
  if (key === "End") return row.at(-1) ?? null;
  const cols = columns(), step = (key === "ArrowRight") === (document.dir !== "rtl") ? 1 : -1;
  for (let c = cols.indexOf(col) + step; cols[c]; c += step) {
    const its = seen(cols[c]!);
    if (its.length) return its[Math.min(n, its.length - 1)]!;
  }
  return null;
}

export const whereItIs = (one: HTMLElement): { company: string; n: number; total: number } => {
  const col = columnOf(one), row = seen(col);
  return { company: nameOf(col), n: row.indexOf(one) + 1, total: row.length };
};

if (root) {
  for (const one of all(".note", wall)) one.tabIndex = -1;
  for (const link of all(".note .open", wall)) link.tabIndex = -1;
  offer();
  const named = document.getElementById(location.hash.slice(1));
  if (named?.matches(".note")) choose(named);
  wall.addEventListener("focusin", (event) => {
    const one = (event.target as Element).closest<HTMLElement>(".note");
    if (one) mark(one, true);
  });
  on("click", ".wall", (_, event) => {
    if (!(event.target as Element).closest(".note, a, button")) chooseNone();
  });
}
