// Pages of a picture that is too full for one. They turn by themselves until somebody turns them.
import { all } from "../parts/dom";
import { parted } from "./parting";

const TURN = 12_000, HELD = 60_000, STILL = 8_000;

let pages: HTMLElement[][] = [];
let now = 0;
let heldUntil = 0;
let list: HTMLElement | null = null;

/** Make pages of a picture that does not fit; one that does is whole. */
export function paged(of: HTMLElement, whole: boolean): void {
  list = of;
  of.classList.toggle("paged", !whole);
  pages = whole ? [] : parted(of);
  show(Math.min(now, Math.max(0, pages.length - 1)));
}

function show(n: number): void {
  now = n;
  const said = document.getElementById("pages");
  if (said) said.hidden = pages.length < 2;
  if (said) said.textContent = `${now + 1} / ${pages.length}`;
  if (!list || !pages.length) return;
  pages.forEach((items, page) => items.forEach((item) => (item.hidden = page !== now)));
  for (const col of all(".col", list)) col.hidden = all("li", col).every((item) => item.hidden);
}

/** To the next page or the one before, by hand: then they stay a while. */
export function turn(step: number): boolean {
  if (pages.length < 2) return false;
  heldUntil = Date.now() + HELD;
  show((now + step + pages.length) % pages.length);
  return true;
}

/** To the page on which a note hangs, unless somebody holds another or one was just shown. */
export function at(one: HTMLElement): void {
  const n = pages.findIndex((items) => items.some((item) => item.contains(one)));
  if (n < 0 || Date.now() < heldUntil) return;
  heldUntil = Date.now() + STILL;
  show(n);
}

setInterval(() => {
  if (pages.length > 1 && Date.now() > heldUntil) show((now + 1) % pages.length);
}, TURN);
