// The dialogs over the wall: move, tie, theme, words, remove. Everything a drag can do, a press can do here.
import { all, on } from "../parts/dom";
import { choose, theChosen } from "./chosen";
import { homeOf, lay, move, remove, rewrite, row, tie } from "./doing";
import { companyOf, idOf, nextOf, note, open as changeable, placeOf, root, wordsOf } from "./hung";
import { word } from "./words";

const sheet = (key: string): HTMLDialogElement => document.getElementById(`${key}-sheet`) as HTMLDialogElement;
const form = (key: string): HTMLFormElement => sheet(key).querySelector("form")!;
const field = (key: string, name: string): HTMLSelectElement => form(key).elements.namedItem(name) as HTMLSelectElement;
const SHORT = 60;
const short = (words: string): string => (words.length > SHORT ? `${words.slice(0, SHORT - 1)}…` : words);

let about: { one: HTMLElement; two?: HTMLElement } | null = null;

function open(key: string, one: HTMLElement, two?: HTMLElement): void {
  about = two ? { one, two } : { one };
  sheet(key).querySelector(".which")!.textContent = two ? `${wordsOf(one)} — ${wordsOf(two)}` : wordsOf(one);
  sheet(key).showModal();
}

/** The places under the company and question that are chosen. */
function places(one: HTMLElement): void {
  const others = row(field("move", "company").value, field("move", "prompt").value).filter((each) => each !== one);
  const before = nextOf(one), list = field("move", "before");
  const options = others.map((each, n) => new Option(n ? word("before", { note: short(wordsOf(each)) }) : word("first"), idOf(each)));
  list.replaceChildren(...options, new Option(word("last"), ""));
  list.value = before && others.includes(before) ? idOf(before) : "";
}

export function askMove(one: HTMLElement): void {
  field("move", "company").value = companyOf(one);
  field("move", "prompt").value = placeOf(one).prompt;
  places(one);
  open("move", one);
}

export function askTie(one: HTMLElement, two: HTMLElement): void {
  form("tie").reset();
  open("tie", one, two);
}

export function askTheme(one: HTMLElement): void {
  form("theme").reset();
  for (const choice of all<HTMLInputElement>("[name=theme]", form("theme"))) choice.checked = choice.value === (one.dataset["theme"] ?? "");
  open("theme", one);
}

function askRewrite(one: HTMLElement): void {
  field("rewrite", "text").value = wordsOf(one);
  open("rewrite", one);
}

function askRemove(one: HTMLElement): void {
  form("remove").reset();
  open("remove", one);
}

function take(key: string): void {
  if (!about) return;
  const { one, two } = about, facts = Object.fromEntries(new FormData(form(key))) as Record<string, string>;
  const told = (name: string): string => (facts[name] ?? "").trim();
  if (key === "move") move(one, homeOf(one), { company: told("company"), prompt: told("prompt"), before: told("before") });
  else if (key === "tie" && two) tie(one, two, told("kind"), told("why"));
  else if (key === "theme") lay(one, told("theme"), told("title"));
  else if (key === "rewrite") rewrite(one, told("text"));
  else if (key === "remove") remove(one, told("reason"));
}

if (root) {
  const asks: Record<string, (one: HTMLElement) => void> = { move: askMove, theme: askTheme, rewrite: askRewrite, remove: askRemove };
  on("click", "[data-act]", (button) => {
    const one = theChosen();
    if (one) asks[button.dataset["act"]!]?.(one);
  });
  on("click", ".sheetlet [data-close]", (button) => button.closest("dialog")!.close());
  on("click", ".sheetlet", (dialog, event) => {
    if (event.target === dialog) (dialog as HTMLDialogElement).close();
  });
  on("change", "#move-sheet select", (list) => {
    if ((list as HTMLSelectElement).name !== "before" && about) places(about.one);
  });
  for (const key of ["move", "tie", "theme", "rewrite", "remove"]) {
    form(key).addEventListener("submit", (event) => {
      event.preventDefault();
      event.submitter?.removeAttribute("aria-busy");
      take(key);
      sheet(key).close();
    });
    sheet(key).addEventListener("close", () => {
      const one = about && note(idOf(about.one));
      about = null;
      if (one) choose(one);
    });
  }
  on("dblclick", ".wall .note", (one) => changeable && askMove(one));
}
