// What others did, laid into the page: a template is cloned and its words are set as text, never as markup.
import type { Change, Facts } from "../parts/live";
import { all } from "../parts/dom";
import { toast } from "../parts/toast";
import { wind } from "../parts/clocks";
import { base, column, columnOf, companyOf, counted, hang, nameOf, note, placeOf, root, wall, wordsOf } from "./hung";
import { choose, offer } from "./chosen";
import { dye, onItsWay } from "./doing";
import { inHand } from "./hand";
import { called, dots, pile, pileGone, recount, tied, tieGone, tiesAt } from "./side";
import { redraw } from "./threads";
import { overtaken } from "./undo";
import { word } from "./words";

type Of<K extends keyof Facts> = Facts[K];

function cloned(template: string): HTMLElement {
  const made = document.getElementById(template) as HTMLTemplateElement;
  return made.content.firstElementChild!.cloneNode(true) as HTMLElement;
}

function counter(one: HTMLElement, kind: "likes" | "ties", n: number): void {
  const place = one.querySelector<HTMLElement>(`.${kind}`)!;
  place.hidden = n === 0;
  place.querySelector(".k")!.textContent = String(n || "");
}

function write(one: HTMLElement, id: string, what: Of<"note">): void {
  if (wordsOf(one) !== what.text) one.querySelector("p")!.textContent = what.text;
  one.dataset["theme"] = what.theme ?? "";
  named(one);
  one.querySelector(".by")!.textContent = what.by ?? (what.paper ? (one.dataset["paper"] ?? "") : "");
  const link = one.querySelector<HTMLAnchorElement>(".open")!;
  link.href = `${base}/notes/${id}`;
  counter(one, "likes", what.liked);
}

/** A note says the title of the theme it lies on. */
function named(one: HTMLElement): void {
  const place = one.querySelector<HTMLElement>(".th")!;
  place.textContent = one.dataset["theme"] ? called(one.dataset["theme"]) : "";
  place.hidden = !place.textContent;
}

/** Whether the note is new to this page. */
function hung(what: Of<"note">): boolean {
  const there = note(what.id);
  const item = there?.closest("li") ?? cloned("a-note");
  const one = item.querySelector<HTMLElement>(".note")!;
  const from = there ? columnOf(there) : null;
  if (!there) {
    one.id = `n${what.id}`;
    one.tabIndex = -1;
    one.querySelector<HTMLElement>(".open")!.tabIndex = -1;
    wall.querySelector(".empty")?.remove();
  }
  write(one, what.id, what);
  if (there && (inHand() === there || onItsWay(what.id, { company: what.company, prompt: what.prompt, at: what.at }))) return false;
  if (there && overtaken(what.id, what.company, what.at)) told(there, what);
  if (item.dataset["prompt"] !== what.prompt) dye(one, what.prompt);
  hang(item, { company: what.company, prompt: what.prompt, at: what.at });
  counter(one, "ties", tiesAt(what.id));
  redraw(from, column(what.company));
  offer();
  return !there;
}

function told(one: HTMLElement, what: Of<"note">): void {
  const col = column(what.company);
  if (col && (companyOf(one) !== what.company || placeOf(one).at !== what.at))
    toast(word("taken", { note: wordsOf(one), company: nameOf(col) }), true);
}

function gone(id: string): void {
  const one = note(id), item = one?.closest("li");
  if (!one || !item) return;
  const list = item.parentElement!, next = (item.nextElementSibling ?? item.previousElementSibling)?.querySelector<HTMLElement>(".note");
  const focused = item.contains(document.activeElement);
  for (const tie of tiesAt(id, true)) untied(tie);
  item.remove();
  counted(list);
  if (focused && next) choose(next);
  redraw(list.closest(".col"));
  offer();
}

function untied(id: string): void {
  const ends = tieGone(id);
  for (const end of ends) {
    const one = note(end);
    if (one) counter(one, "ties", tiesAt(end));
  }
  if (ends.length) redraw(wall);
}

/** The threads that did not come with the page hang below those that did. */
export async function olderTies(): Promise<void> {
  const link = document.querySelector<HTMLElement>(".older");
  if (!link) return;
  const answer = await fetch(`${base}/threads.json`, { headers: { accept: "application/json" } });
  if (!answer.ok) return;
  const known = new Set(all("[data-tie]", root!).map((item) => item.dataset["tie"]));
  for (const tie of ((await answer.json()) as { ties: Of<"tie">[] }).ties) {
    const one = note(tie.from), two = note(tie.to);
    if (one && two && !known.has(tie.id)) tied(tie, nameOf(columnOf(one)), nameOf(columnOf(two)), true);
  }
  link.remove();
  redraw();
}

function newTie(what: Of<"tie">): void {
  const one = note(what.from), two = note(what.to);
  if (!one || !two) return;
  tied(what, nameOf(columnOf(one)), nameOf(columnOf(two)));
  for (const [end, id] of [[one, what.from], [two, what.to]] as const) counter(end, "ties", tiesAt(id));
  redraw(wall);
}

function newPile(what: Of<"theme">): void {
  pile(what);
  const on = new Set(what.notes);
  for (const one of all(".note", wall)) {
    const id = one.id.slice(1), lies = one.dataset["theme"] === what.id;
    if (on.has(id)) one.dataset["theme"] = what.id;
    else if (lies) one.dataset["theme"] = "";
    if (on.has(id) || lies) {
      named(one);
      redraw(columnOf(one));
    }
  }
}

function heading(what: Of<"company">): void {
  const there = column(what.id), col = there ?? cloned("a-column");
  const head = col.querySelector("h2")!;
  head.textContent = what.name;
  if (there) return;
  col.dataset["company"] = what.id;
  head.id = `c${what.id}`;
  col.setAttribute("aria-labelledby", head.id);
  wall.querySelector(".empty:not(.bare)")?.remove();
  wall.append(col);
  for (const list of all<HTMLSelectElement>("select[name=company]")) list.add(new Option(what.name, what.id));
  redraw();
}

function stepped(state: string): void {
  const steps = all("[data-step]"), now = steps.findIndex((each) => each.dataset["step"] === state);
  if (now < 0) return location.reload();
  steps.forEach((each, n) => {
    each.className = n === now ? "now" : n < now ? "done" : "";
    each.firstElementChild?.toggleAttribute("aria-current", n === now);
    if (n === now) each.firstElementChild?.setAttribute("aria-current", "step");
  });
}

function clock(change: { state: string; left: number | null; paused: boolean }): void {
  wind(change.left, change.paused);
  for (const form of all("[data-lever]")) {
    if (form.dataset["lever"] === "pause") form.hidden = change.paused;
    if (form.dataset["lever"] === "go-on") form.hidden = !change.paused;
  }
  stepped(change.state);
}

/** Lay one change into the page; true when a note is new to it. */
export function patch(change: Change): boolean {
  if (change.kind === "step" || change.kind === "clock") clock(change);
  else if (change.kind === "reload" || change.kind === "room") location.reload();
  if (!root) return false;
  if (change.kind.startsWith("note") || change.kind.startsWith("theme")) recount();
  if (change.kind === "note") return hung(change);
  if (change.kind === "note gone") gone(change.id);
  else if (change.kind === "liked") note(change.id) && counter(note(change.id)!, "likes", change.liked);
  else if (change.kind === "tie") newTie(change);
  else if (change.kind === "tie gone") untied(change.id);
  else if (change.kind === "theme") newPile(change);
  else if (change.kind === "theme gone") pileGone(change.id);
  else if (change.kind === "dots") dots(change.id, change.dots);
  else if (change.kind === "company") heading(change);
  else if (change.kind === "company gone") column(change.id)?.remove();
  else if (change.kind === "names") location.reload();
  else if (change.kind === "people") document.getElementById("here")!.textContent = String(change.here);
  return false;
}
