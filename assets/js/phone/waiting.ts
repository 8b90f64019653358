// Notes that are not on the wall yet. They are kept on the phone, also through a reload, and sent until the room has
// them: each under the key it was written with, so that it hangs once. What the room refuses comes back into the form.
import { all } from "../parts/dom";
import { htmx } from "../parts/htmx";
import { toast } from "../parts/toast";

interface Waiting {
  key: string;
  prompt: string;
  text: string;
  refused?: string;
}

const main = document.querySelector<HTMLElement>("main[data-live]")!;
export const base = main.dataset["live"]!.replace(/\/live$/, "");
const KEPT = `crosslab notes ${base}`;
const SOON = 1_500, LATEST = 20_000, PATIENCE = 15_000;
const AWAY = new Set([408, 429]);
let busy = false, tried = false, wait = SOON, timer = 0;

const kept = (): Waiting[] => JSON.parse(localStorage.getItem(KEPT) ?? "[]") as Waiting[];
const form = (): HTMLFormElement | null => document.querySelector<HTMLFormElement>("form[data-note]");
export const words = (): HTMLTextAreaElement | null => form()?.querySelector("textarea") ?? null;
const proof = (): string => document.querySelector<HTMLInputElement>("[name=csrf]")?.value ?? "";
const key = (): string => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

function keep(notes: Waiting[]): void {
  if (notes.length) localStorage.setItem(KEPT, JSON.stringify(notes));
  else localStorage.removeItem(KEPT);
  show();
}
const without = (gone: string): Waiting[] => kept().filter((each) => each.key !== gone);

/** Put words into the form, with the question they answer and why they are back. */
function bringBack(note: Waiting): void {
  const field = words(), to = form();
  if (!field || !to) return;
  keep(without(note.key));
  field.value = note.text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  const choice = to.querySelector<HTMLInputElement>(`[name=prompt][value="${note.prompt}"]`);
  if (choice) choice.checked = true;
  const why = document.getElementById("refused");
  if (why) why.textContent = note.refused ?? "";
  why?.toggleAttribute("hidden", !note.refused);
}

/** The notes that wait, below the form; a refused one comes back into it as soon as it is empty. */
function show(): void {
  const place = document.getElementById("waiting"), shape = document.getElementById("waits") as HTMLTemplateElement | null;
  if (!place || !shape) return;
  const refused = kept().find((each) => each.refused);
  if (refused && words()?.value === "") return bringBack(refused);
  const lines = kept().map((note) => {
    const line = shape.content.firstElementChild!.cloneNode(true) as HTMLElement;
    const [text, state] = all("p", line), back = line.querySelector("button")!;
    text!.textContent = note.text;
    state!.textContent = note.refused ?? place.dataset[tried ? "trying" : "sending"] ?? "";
    back.hidden = !note.refused;
    back.addEventListener("click", () => (words()?.value ? words()?.focus() : bringBack(note)));
    return line;
  });
  place.querySelector("ul")!.replaceChildren(...lines);
  place.hidden = !lines.length;
}

/** One's own notes as they are now, unless somebody is changing one. */
export function own(): void {
  const place = document.getElementById("own");
  if (place && !place.querySelector("details[open]")) void htmx().ajax("GET", location.href, { target: place, swap: "outerHTML", select: "#own" });
}

/** Send a note. Gives the seconds to wait before it is tried again, or nothing when the room has decided. */
async function send(note: Waiting): Promise<number | undefined> {
  const { key, prompt, text } = note;
  const body = new URLSearchParams({ csrf: proof(), key, prompt, text });
  const answer = await fetch(`${base}/notes`, { method: "POST", body, headers: { accept: "application/json" }, signal: AbortSignal.timeout(PATIENCE) });
  if (AWAY.has(answer.status) || answer.status >= 500) return Number(answer.headers.get("retry-after") ?? 0);
  const told = (await answer.json()) as { said?: string; sentence?: string };
  if (answer.ok) {
    keep(without(key));
    if (told.said) toast(told.said);
    return undefined;
  }
  keep(kept().map((each) => (each.key === key ? { ...each, refused: told.sentence ?? "" } : each)));
  return undefined;
}

/** Send what waits, one after another; what cannot be sent now is tried again, ever more rarely. */
export async function run(): Promise<void> {
  clearTimeout(timer);
  if (busy || !proof()) return;
  busy = true;
  let pause: number | undefined, sent = false;
  try {
    for (let next = todo(); next && pause === undefined; next = todo()) {
      pause = await send(next);
      sent ||= pause === undefined;
    }
  } catch {
    pause = 0;
  }
  busy = false;
  tried = pause !== undefined;
  wait = tried && !sent ? Math.min(wait * 2, LATEST) : SOON;
  if (pause !== undefined) timer = window.setTimeout(() => void run(), Math.max(pause * 1000, wait));
  show();
  if (sent) own();
}
const todo = (): Waiting | undefined => kept().find((each) => each.refused === undefined);

document.addEventListener("submit", (event) => {
  const from = form();
  if (!from || event.target !== from) return;
  const facts = new FormData(from), text = String(facts.get("text") ?? "").trim();
  if (!text) return; // the room says what is missing
  event.preventDefault();
  const field = from.querySelector<HTMLInputElement>("[name=key]")!;
  keep([...kept(), { key: field.value, prompt: String(facts.get("prompt") ?? "A"), text }]);
  field.value = key();
  setTimeout(() => from.querySelector("[aria-busy]")?.removeAttribute("aria-busy"));
  document.getElementById("refused")?.setAttribute("hidden", "");
  words()!.value = "";
  words()!.dispatchEvent(new Event("input", { bubbles: true }));
  wait = SOON;
  void run();
}, true);

/** Whether somebody's words are not yet where they belong. */
export const isWaiting = (): boolean => todo() !== undefined || !!words()?.value;

addEventListener("online", () => void run());
show();
void run();
