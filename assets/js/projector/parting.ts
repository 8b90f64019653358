// Into which pages a picture comes apart that is too full for one: a wall by company, names by column, lists by row.
import { all } from "../parts/dom";

interface Row {
  of: HTMLElement;
  items: HTMLElement[];
  height: number;
}

/** The things on each page, as they stand now that all of them are laid out. */
export function parted(from: HTMLElement): HTMLElement[][] {
  if (from.matches(".pwall")) return companies(from);
  return from.matches(".pnames") ? columns(from) : lines(from);
}

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
function companies(from: HTMLElement): HTMLElement[][] {
  const room = from.clientHeight, made: HTMLElement[][] = [];
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
    made.at(-1)!.push(...row.items);
  }
  return made;
}

/** Names run on in further columns beyond the edge: as many columns as are seen at once are a page. */
function columns(from: HTMLElement): HTMLElement[][] {
  const gap = parseFloat(getComputedStyle(from).columnGap) || 0, wide = from.clientWidth + gap;
  const left = from.getBoundingClientRect().left, made = new Map<number, HTMLElement[]>();
  for (const item of all("li", from)) {
    const page = Math.floor((item.getBoundingClientRect().left - left + gap / 2) / wide);
    made.set(page, [...(made.get(page) ?? []), item]);
  }
  return [...made.values()];
}

/** Rows of a list, as many as the height holds. */
function lines(from: HTMLElement): HTMLElement[][] {
  const room = from.clientHeight, made: HTMLElement[][] = [];
  let top = 0, last = 0;
  for (const item of [...from.children] as HTMLElement[]) {
    const box = item.getBoundingClientRect(), next = box.top > last + 1;
    if (!made.length || (next && box.bottom - top > room + 1)) {
      made.push([]);
      top = box.top;
    }
    last = Math.max(last, box.top);
    made.at(-1)!.push(item);
  }
  return made;
}
