// Beside the wall: threads, themes and dots in words; and what of the wall is shown.
import type { Facts } from "../parts/live";
import { all, on } from "../parts/dom";
import { base, companyOf, note, root, wall } from "./hung";
import { choose, theChosen } from "./chosen";
import { redraw } from "./threads";
import { word } from "./words";

const panel = (key: string): HTMLElement | null => root?.querySelector<HTMLElement>(`[data-panel=${key}]`) ?? null;
const list = (key: string): HTMLElement => panel(key)!.querySelector("ol")!;
const cloned = (id: string): HTMLElement =>
  (document.getElementById(id) as HTMLTemplateElement).content.firstElementChild!.cloneNode(true) as HTMLElement;
const ties = (): HTMLElement[] => all("[data-tie]", list("links"));

function tally(key: string, n: number): void {
  const said = root?.querySelector(`[data-side=${key}] .k`);
  if (said) said.textContent = String(n);
  const none = panel(key)?.querySelector<HTMLElement>(".none");
  if (none) none.hidden = n > 0;
}

/** How many threads are at a note; or which. */
export function tiesAt(id: string): number;
export function tiesAt(id: string, which: true): string[];
export function tiesAt(id: string, which?: true): number | string[] {
  const found = ties().filter((item) => item.dataset["from"] === id || item.dataset["to"] === id);
  return which ? found.map((item) => item.dataset["tie"]!) : found.length;
}

/** A thread is in the list, the newest first; an older one comes last. */
export function tied(tie: Facts["tie"], one: string, two: string, older = false): void {
  const there = list("links").querySelector<HTMLElement>(`[data-tie="${tie.id}"]`);
  const item = there ?? cloned("a-tie"), kind = word(`kind-${tie.link}`);
  Object.assign(item.dataset, { tie: tie.id, from: tie.from, to: tie.to, kind: tie.link });
  item.querySelector("a")!.href = `#n${tie.from}`;
  item.querySelector("b")!.textContent = tie.why || kind;
  item.querySelector(".one")!.textContent = one;
  item.querySelector(".two")!.textContent = two;
  const small = item.querySelector<HTMLElement>(".kind")!;
  small.textContent = kind;
  small.hidden = !tie.why;
  const button = item.querySelector<HTMLButtonElement>(".untie");
  if (button) button.formAction = `${base}/ties/${tie.id}/untie`;
  if (button) button.querySelector(".vh")!.textContent = ` ${tie.why || kind}`;
  const chosen = theChosen()?.id.slice(1);
  item.classList.toggle("on", chosen !== undefined && (tie.from === chosen || tie.to === chosen) && theChosen()!.matches(".sel"));
  if (!there) list("links").insertAdjacentElement(older ? "beforeend" : "afterbegin", item);
  tally("links", ties().length);
}

/** A thread is gone; the notes it was at. */
export function tieGone(id: string): string[] {
  const item = list("links").querySelector<HTMLElement>(`[data-tie="${id}"]`);
  if (!item) return [];
  item.remove();
  tally("links", ties().length);
  return [item.dataset["from"]!, item.dataset["to"]!];
}

const pileIn = (key: string, id: string): HTMLElement | null => panel(key)?.querySelector(`[data-theme="${id}"]`) ?? null;
export const called = (id: string): string => pileIn("themes", id)?.querySelector("b")?.textContent ?? "";

export function pile(theme: Facts["theme"]): void {
  const item = pileIn("themes", theme.id) ?? list("themes").appendChild(cloned("a-pile"));
  item.dataset["theme"] = theme.id;
  item.querySelector("b")!.textContent = theme.title;
  if (!pileIn("votes", theme.id)) list("votes").append(cloned("a-count"));
  const row = pileIn("votes", theme.id) ?? list("votes").lastElementChild as HTMLElement;
  row.dataset["theme"] = theme.id;
  row.querySelector("b")!.textContent = theme.title;
  row.querySelector("meter")!.setAttribute("aria-label", theme.title);
  choice(theme.id, theme.title);
  dots(theme.id, theme.dots);
  tally("themes", list("themes").children.length);
}

let counting = 0;

/** How many notes lie on each theme, and from how many companies: counted from what hangs, once a frame. */
export function recount(): void {
  counting ||= requestAnimationFrame(() => {
    counting = 0;
    for (const item of all("[data-theme]", list("themes"))) {
      const lying = all(`.note[data-theme="${item.dataset["theme"]}"]`, wall);
      item.querySelector(".k")!.textContent = String(lying.length);
      item.querySelector(".b")!.textContent = String(new Set(lying.map(companyOf)).size);
    }
  });
}

/** The theme can be chosen in the dialog. */
function choice(id: string, title: string): void {
  const choices = document.querySelector("#theme-sheet .piles-of")!;
  const there = choices.querySelector(`[value="${id}"]`)?.closest("label");
  const label = there ?? choices.querySelector("label")!.cloneNode(true) as HTMLElement;
  label.querySelector("input")!.value = id;
  label.querySelector("span")!.textContent = title;
  if (!there) choices.append(label);
}

export function pileGone(id: string): void {
  for (const key of ["themes", "votes"]) pileIn(key, id)?.remove();
  document.querySelector(`#theme-sheet [value="${id}"]`)?.closest("label")?.remove();
  tally("themes", list("themes").children.length);
}

export function dots(id: string, n: number): void {
  const row = pileIn("votes", id);
  if (!row) return;
  row.querySelector(".k")!.textContent = String(n);
  row.querySelector("meter")!.setAttribute("value", String(n));
  const counts = all(".k", list("votes")).map((each) => Number(each.textContent));
  for (const meter of all("meter", list("votes"))) meter.setAttribute("max", String(Math.max(1, ...counts)));
  tally("votes", counts.reduce((sum, each) => sum + each, 0));
}

function address(name: string, value: string, usual: string): void {
  const url = new URL(location.href);
  if (value === usual) url.searchParams.delete(name);
  else url.searchParams.set(name, value);
  history.replaceState(null, "", url);
}

function current(link: HTMLElement): void {
  for (const each of all("a", link.parentElement!)) each.removeAttribute("aria-current");
  link.setAttribute("aria-current", "true");
}

if (root) {
  on("click", "[data-side]", (link, event) => {
    event.preventDefault();
    current(link);
    for (const each of all("[data-panel]")) each.hidden = each.dataset["panel"] !== link.dataset["side"];
    address("side", link.dataset["side"]!, "links");
  });
  on("click", "[data-view]", (link, event) => {
    event.preventDefault();
    current(link);
    root!.classList.toggle("outline", link.dataset["view"] === "outline");
    address("view", link.dataset["view"]!, "wall");
    redraw();
  });
  on("click", ".links a", (link, event) => {
    const one = note(link.getAttribute("href")!.slice(2));
    if (!one) return;
    event.preventDefault();
    choose(one);
  });
  on("change", "[name=show]", () => {
    const boxes = all<HTMLInputElement>("[name=show]"), shown = boxes.filter((each) => each.checked);
    address("show", shown.length === boxes.length ? "" : shown.map((each) => each.value).join("") || "-", "");
    redraw();
  });
  for (const each of all(".keys")) each.hidden = false;
  wall.classList.add("live");
}
