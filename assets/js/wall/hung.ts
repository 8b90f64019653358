// What hangs where. The document is the only memory: company, then question, then place is its order.
import { all } from "../parts/dom";

export const root = document.querySelector<HTMLElement>("[data-wall]");
export const wall = root?.querySelector<HTMLElement>(".wall") ?? document.createElement("section");
/** Whether the wall can be changed; one that is over is only looked at. */
export const open = root?.dataset["open"] !== "closed";
/** The room's address, on its wall and on the pages beside it. */
export const base = document.querySelector<HTMLElement>("main[data-live]")?.dataset["live"]!.replace(/\/live$/, "") ?? "";

export interface Place {
  company: string;
  prompt: string;
  at: number;
}

export const note = (id: string): HTMLElement | null => document.getElementById(`n${id}`);
export const idOf = (one: HTMLElement): string => one.id.slice(1);
export const wordsOf = (one: HTMLElement): string => one.querySelector("p")?.textContent ?? "";
export const columns = (): HTMLElement[] => all(".col", wall);
export const column = (company: string): HTMLElement | null => wall.querySelector(`[data-company="${CSS.escape(company)}"]`);
export const columnOf = (one: HTMLElement): HTMLElement => one.closest<HTMLElement>(".col")!;
export const companyOf = (one: HTMLElement): string => columnOf(one).dataset["company"] ?? "";
export const nameOf = (col: HTMLElement): string => col.querySelector("h2")?.textContent ?? "";
const itemOf = (one: HTMLElement): HTMLElement => one.closest<HTMLElement>("li")!;

/** The notes of a column that can be seen: those of questions that are not shown have no box. */
export const seen = (col: HTMLElement): HTMLElement[] => all(".note", col).filter((one) => one.offsetParent !== null);

export const placeOf = (one: HTMLElement): Place => {
  const item = itemOf(one);
  return { company: companyOf(one), prompt: item.dataset["prompt"] ?? "", at: Number(item.dataset["at"]) };
};

/** The notes of the same question in a column, in their order. */
export const sisters = (col: HTMLElement, prompt: string): HTMLElement[] =>
  all(`li[data-prompt="${prompt}"] > .note`, col);

/** The note of the same question that comes next, if one does: what a place is told by. */
export function nextOf(one: HTMLElement): HTMLElement | null {
  const row = sisters(columnOf(one), placeOf(one).prompt);
  return row[row.indexOf(one) + 1] ?? null;
}

const comes = (one: HTMLElement, place: Place, id: string): boolean => {
  const its = one.dataset["prompt"]!, at = Number(one.dataset["at"]);
  if (its !== place.prompt) return its > place.prompt;
  return at !== place.at ? at > place.at : (one.firstElementChild?.id ?? "") > `n${id}`;
};

/** Hangs a note where its company, question and place say. The focus stays with it. */
export function hang(item: HTMLElement, place: Place): void {
  const list = column(place.company)?.querySelector("ul");
  const one = item.querySelector<HTMLElement>(".note")!;
  if (!list) return;
  item.dataset["prompt"] = place.prompt;
  item.dataset["at"] = String(place.at);
  const before = [...list.children].find((each) => each !== item && comes(each as HTMLElement, place, idOf(one))) ?? null;
  put(item, list, before);
}

/** Hangs a note before another of a column, or last among those of its question: where a hand holds it. */
export function hold(one: HTMLElement, col: HTMLElement, before: HTMLElement | null): void {
  const { prompt } = placeOf(one);
  const rest = [...col.querySelectorAll<HTMLElement>("li")].find((each) => each.dataset["prompt"]! > prompt) ?? null;
  put(itemOf(one), col.querySelector("ul")!, before ? itemOf(before) : rest);
}

function put(item: HTMLElement, list: Element, before: Element | null): void {
  if (item.parentElement === list && item.nextElementSibling === before) return;
  const from = item.parentElement, focus = document.activeElement;
  list.insertBefore(item, before);
  if (focus instanceof HTMLElement && item.contains(focus) && document.activeElement !== focus) focus.focus({ preventScroll: true });
  for (const each of new Set([from, list])) if (each) counted(each);
}

export function counted(list: Element): void {
  const said = list.parentElement?.querySelector("header .k");
  if (said) said.textContent = String(list.children.length || "");
}
