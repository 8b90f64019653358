// The wall by keyboard: arrows, Home and End go; M picks up, L ties, T lays on a theme, Enter opens all of it.
import { spoken } from "../parts/spoken";
import { beside, choose, theChosen, whereItIs } from "./chosen";
import { inHand, lift, release } from "./hand";
import { columnOf, columns, hold, open, root, sisters, placeOf, wall, wordsOf } from "./hung";
import { askMove, askTheme, askTie } from "./sheets";
import { redraw } from "./threads";
import { word } from "./words";

let from: HTMLElement | null = null;

/** Begin to tie: the next note chosen with Enter or a press is the other end. */
export function tieFrom(one: HTMLElement): void {
  stopTying();
  from = one;
  one.classList.add("from");
  wall.classList.add("tying");
  spoken(word("tying", { note: wordsOf(one) }));
}

export function stopTying(): void {
  from?.classList.remove("from");
  wall.classList.remove("tying");
  from = null;
}

export const tyingFrom = (): HTMLElement | null => from;

/** The other end was chosen. */
export function tieTo(two: HTMLElement): void {
  const one = from;
  stopTying();
  if (!one) return;
  if (one === two) return spoken(word("itself"));
  if (columnOf(one) === columnOf(two)) return spoken(word("sister"));
  askTie(one, two);
}

/** A held note goes one place on: among those of its question, or to the next company at the same height. */
function carry(one: HTMLElement, key: string): void {
  const col = columnOf(one), { prompt } = placeOf(one), row = sisters(col, prompt), n = row.indexOf(one);
  if (key === "ArrowUp" && n > 0) hold(one, col, row[n - 1]!);
  else if (key === "ArrowDown" && n < row.length - 1) hold(one, col, row[n + 2] ?? null);
  else if (key === "ArrowLeft" || key === "ArrowRight") {
    const to = columns()[columns().indexOf(col) + (key === "ArrowRight" ? 1 : -1)];
    if (to) hold(one, to, sisters(to, prompt)[n] ?? null);
  }
  redraw();
  one.scrollIntoView({ block: "nearest", inline: "nearest" });
  spoken(word("at", whereItIs(one)));
}

function whileHeld(one: HTMLElement, key: string): boolean {
  if (key.startsWith("Arrow")) carry(one, key);
  else if (key === "Enter" || key === " ") release(true);
  else if (key === "Escape") release(false);
  else if (key === "Tab") return release(false), false;
  else return false;
  return true;
}

function command(one: HTMLElement, key: string): boolean {
  if (key.startsWith("Arrow") || key === "Home" || key === "End") choose(beside(one, key));
  else if (!open) return false;
  else if (key === "Escape" && from) stopTying(), spoken(word("stopped"));
  else if ((key === "Enter" || key === " ") && from) tieTo(one);
  else if (key === "Enter") askMove(one);
  else if (key.toLowerCase() === "m") lift(one);
  else if (key.toLowerCase() === "l") tieFrom(one);
  else if (key.toLowerCase() === "t") askTheme(one);
  else return false;
  return true;
}

if (root) {
  wall.addEventListener("keydown", (event) => {
    const one = (event.target as Element).closest<HTMLElement>(".note");
    if (!one || event.target !== one || event.ctrlKey || event.metaKey || event.altKey) return;
    if (inHand() ? whileHeld(one, event.key) : command(one, event.key)) event.preventDefault();
  });
  wall.addEventListener("focusout", (event) => {
    const held = inHand();
    if (held && event.relatedTarget && !held.contains(event.relatedTarget as Node) && document.hasFocus()) release(false);
  });
  document.getElementById("selbar")?.addEventListener("click", (event) => {
    const act = (event.target as Element).closest<HTMLElement>("[data-act]")?.dataset["act"], one = theChosen();
    if (act === "tie" && one) {
      choose(one);
      tieFrom(one);
    }
  });
}
