// What a facilitator does to notes. The wall shows it at once, the server is told, and what is opposite to it is kept.
import { spoken } from "../parts/spoken";
import { toast } from "../parts/toast";
import { base, column, columnOf, companyOf, hang, hold, idOf, nameOf, nextOf, note, placeOf, sisters, wordsOf, type Place } from "./hung";
import { send, fresh } from "./send";
import { redraw } from "./threads";
import { done } from "./undo";
import { word } from "./words";

const going = new Map<string, number>();

const told = new Map<string, Place>();

/** Whether a move of this note is on its way: until it has arrived, where the channel says it hangs is only noted. */
export function onItsWay(id: string, place: Place): boolean {
  if (!going.has(id)) return false;
  told.set(id, place);
  return true;
}

export function placeSaid(one: HTMLElement): { company: string; n: number; total: number } {
  const col = columnOf(one), row = [...col.querySelectorAll(".note")];
  return { company: nameOf(col), n: row.indexOf(one) + 1, total: row.length };
}

/** Where a note hung before a hand took it. */
export interface Home {
  place: Place;
  next: string;
}
export const homeOf = (one: HTMLElement): Home => ({ place: placeOf(one), next: nextOf(one)?.id.slice(1) ?? "" });

export function putBack(one: HTMLElement, home: Home): void {
  const col = column(home.place.company);
  if (col) hold(one, col, home.next ? note(home.next) : null);
  redraw();
}

/** A note was put down by hand: it hangs where it lies in the document. */
export function moved(one: HTMLElement, home: Home): void {
  const company = companyOf(one), next = nextOf(one)?.id.slice(1) ?? "";
  if (company === home.place.company && next === home.next) return spoken(word("back"));
  move(one, home, { company, prompt: home.place.prompt, before: next });
}

/** Hang a note under a company and question, before another note or last. */
export function move(one: HTMLElement, home: Home, to: { company: string; prompt: string; before: string }): void {
  const id = idOf(one), col = column(to.company);
  if (!col) return;
  const item = one.closest("li")!;
  if (to.prompt !== item.dataset["prompt"]) dye(one, to.prompt);
  hold(one, col, to.before ? note(to.before) : null);
  redraw();
  const said = word("moved", placeSaid(one));
  going.set(id, (going.get(id) ?? 0) + 1);
  const arrived = (place: Place): void => {
    const more = (going.get(id) ?? 1) - 1;
    if (more) return void going.set(id, more);
    const last = told.get(id) ?? place;
    going.delete(id);
    told.delete(id);
    if (item.dataset["prompt"] !== last.prompt) dye(one, last.prompt);
    hang(item, last);
    redraw();
  };
  const there = `${base}/notes/${id}/move`;
  send(there, to, (answer) => {
    const at = answer.at ?? placeOf(one).at;
    arrived({ company: to.company, prompt: to.prompt, at });
    const left = { from_company: to.company, from_at: String(at) };
    const back = { company: home.place.company, prompt: home.place.prompt, before: home.next, ...left };
    done({ said, url: there, facts: back, moved: { id, company: to.company, prompt: to.prompt, at } });
  }, () => arrived(home.place));
}

/** A note takes the colour and letter of its question. */
export function dye(one: HTMLElement, prompt: string): void {
  const item = one.closest("li")!;
  item.dataset["prompt"] = prompt;
  one.classList.remove("n1", "n2", "n3", "n4", "n5");
  one.classList.add(`n${("ABCDEFGH".indexOf(prompt) % 5) + 1}`);
  one.querySelector(".letter")!.textContent = prompt;
  one.querySelector(".asks")!.textContent = word(`prompt-${prompt}`);
}

export function tie(one: HTMLElement, two: HTMLElement, kind: string, why: string): void {
  const facts = { one: idOf(one), two: idOf(two), kind, why, key: fresh() };
  send(`${base}/ties`, facts, (told) => {
    if (told.id) done({ said: word("tied", { note: wordsOf(two) }), url: `${base}/ties/${told.id}/untie`, facts: {} });
  });
}

export function untie(item: HTMLElement): void {
  const { tie: id, from, to, kind } = item.dataset;
  const words = item.querySelector("b")?.textContent ?? "";
  const why = words === word(`kind-${kind}`) ? "" : words;
  send(`${base}/ties/${id}/untie`, {}, () =>
    done({ said: word("untied"), url: `${base}/ties`, facts: { one: from!, two: to!, kind: kind!, why, key: fresh() } }));
}

export function remove(one: HTMLElement, reason: string): void {
  const id = idOf(one), said = word("removed", { note: wordsOf(one) });
  send(`${base}/notes/${id}/remove`, { reason }, () => {
    done({ said, url: `${base}/notes/${id}/put-back`, facts: {} });
    toast(said);
  });
}

export function rewrite(one: HTMLElement, text: string): void {
  const id = idOf(one), old = wordsOf(one);
  if (text === old) return;
  one.querySelector("p")!.textContent = text;
  redraw(columnOf(one));
  const back = { url: `${base}/notes/${id}`, facts: { text: old }, still: { id, text } };
  send(back.url, { text }, () => done({ said: word("rewritten"), ...back }), () => void (one.querySelector("p")!.textContent = old));
}

/** Lay a note on a theme, on a new one of this title, or on none. */
export function lay(one: HTMLElement, theme: string, title: string): void {
  const id = idOf(one), old = one.dataset["theme"] ?? "";
  if (title) return send(`${base}/themes`, { title, notes: id }, (told) => laid(id, old, told.id ?? "", title));
  if (theme === old) return;
  if (!theme) return send(`${base}/notes/${id}/lift`, {}, () => laid(id, old, "", ""));
  const called = document.querySelector(`[data-panel=themes] [data-theme="${theme}"] b`)?.textContent ?? "";
  send(`${base}/notes/${id}/lay`, { theme }, () => laid(id, old, theme, called));
}

function laid(id: string, old: string, theme: string, title: string): void {
  note(id)?.setAttribute("data-theme", theme);
  const back = old ? { url: `${base}/notes/${id}/lay`, facts: { theme: old } } : { url: `${base}/notes/${id}/lift`, facts: {} };
  done({ said: theme ? word("laid", { theme: title }) : word("lifted"), still: { id, theme }, ...back });
}

/** The notes a note can hang before, under a company and question. */
export const row = (company: string, prompt: string): HTMLElement[] => {
  const col = column(company);
  return col ? sisters(col, prompt) : [];
};

document.addEventListener("wall:form", (event) => {
  const { item } = (event as CustomEvent<{ item: HTMLElement | null }>).detail;
  if (!item) return;
  event.preventDefault();
  untie(item);
});
