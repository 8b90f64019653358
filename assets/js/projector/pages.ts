// Pages of a wall that is too full for one: by company, in rows. They turn by themselves until somebody turns them.
import { all } from "../parts/dom";

const TURN = 12_000, HELD = 60_000, STILL = 8_000;

interface Row {
  of: HTMLElement;
  items: HTMLElement[];
  height: number;
}
let pages: Row[][] = [];
let now = 0;
let heldUntil = 0;
let wall: HTMLElement | null = null;

/** The rows of notes as they stand, company by company. */
function rows(from: HTMLElement): Row[] {
  return all(".col", from).flatMap((of) => {
    const found = new Map<number, Row>();
    for (const item of all("li", of)) {
      const row = found.get(item.offsetTop) ?? { of, items: [], height: 0 };
      row.items.push(item);
      row.height = Math.max(row.height, item.offsetHeight);
      found.set(item.offsetTop, row);
    }
    return [...found.values()];
  });
}

/** Rows into pages: a company has its heading on each page it comes to. */
function parted(from: HTMLElement): Row[][] {
  const room = from.clientHeight, made: Row[][] = [];
  const gap = parseFloat(getComputedStyle(from).rowGap) || 0, line = gap * 0.7;
  let left = 0, of: HTMLElement | null = null;
  for (const row of rows(from)) {
    const head = (row.of.querySelector("h2") as HTMLElement).offsetHeight + gap;
    if (row.height + (row.of === of ? line : head) > left || !made.length) {
      made.push([]);
      [left, of] = [room, null];
    }
    left -= row.height + (row.of === of ? line : head);
    of = row.of;
    made.at(-1)!.push(row);
  }
  return made;
}

/** Make pages of a wall that does not fit; one that does is whole. */
export function paged(of: HTMLElement, whole: boolean): void {
  wall = of;
  of.classList.toggle("paged", !whole);
  pages = whole ? [] : parted(of);
  show(Math.min(now, Math.max(0, pages.length - 1)));
}

function show(n: number): void {
  now = n;
  const said = document.getElementById("pages");
  if (said) said.hidden = pages.length < 2;
  if (said) said.textContent = `${now + 1} / ${pages.length}`;
  if (!wall || !pages.length) return;
  const shown = new Set(pages[now]!.flatMap((row) => row.items));
  for (const col of all(".col", wall)) {
    const items = all("li", col);
    for (const item of items) item.hidden = !shown.has(item);
    col.hidden = !items.some((item) => shown.has(item));
  }
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
  const n = pages.findIndex((rows) => rows.some((row) => row.items.some((item) => item.contains(one))));
  if (n < 0 || Date.now() < heldUntil) return;
  heldUntil = Date.now() + STILL;
  show(n);
}

setInterval(() => {
  if (pages.length > 1 && Date.now() > heldUntil) show((now + 1) % pages.length);
}, TURN);
