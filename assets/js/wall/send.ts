// What a facilitator does goes to the server in its order, one after another. While the line is lost it waits here,
// also through a reload, and goes again with the same token: what had arrived is not done twice.
import { all } from "../parts/dom";
import { toast } from "../parts/toast";
import { spoken } from "../parts/spoken";
import { base } from "./hung";
import { word } from "./words";

export interface Told {
  to: string;
  said: string;
  id?: string;
  at?: number;
}
/** What a form holds: by name, or as a list where one name comes several times. */
export type Sent = Record<string, string> | [string, string][];
interface Post {
  url: string;
  facts: Sent;
  once: string;
}
interface Hopes {
  done?: ((told: Told) => void) | undefined;
  refused?: ((sentence: string) => void) | undefined;
}
const KEPT = `crosslab wall ${base} unsent`;
const WAIT = 2_000;
const AWAY = new Set([408, 429, 502, 503, 504]);
const hopes = new Map<string, Hopes>();
const queue: Post[] = JSON.parse(sessionStorage.getItem(KEPT) ?? "[]") as Post[];
const afterwards: (() => void)[] = [];
let sending = false;
let line = true;
let offline = false;

const proof = (): string => document.querySelector<HTMLInputElement>("[name=csrf]")?.value ?? "";
export const fresh = (): string => crypto.randomUUID();

function keep(): void {
  if (queue.length) sessionStorage.setItem(KEPT, JSON.stringify(queue));
  else sessionStorage.removeItem(KEPT);
  strip();
}

/** Amber while the line is lost or something waits for it; gone when both are over. */
function strip(): void {
  const shown = document.getElementById("strip");
  if (!shown) return;
  const lost = !line || offline;
  const words = !lost ? "" : queue.length ? word("lost", { n: queue.length }) : word("quiet");
  if (shown.textContent !== words) shown.textContent = words;
  shown.hidden = !lost;
}

/** The live line is on or lost. When it is back, what waited goes at once. */
export function lineIs(now: "on" | "lost"): void {
  line = now === "on";
  strip();
  if (line) void run();
}

/** Send a form. `done` hears what the server told, `refused` why not; a refusal is shown to all. */
export function send(url: string, facts: Sent, done?: (told: Told) => void, refused?: (sentence: string) => void): void {
  const once = fresh();
  hopes.set(once, { done, refused });
  queue.push({ url, facts, once });
  keep();
  void run();
}

async function run(): Promise<void> {
  if (sending) return;
  sending = true;
  try {
    for (let post = queue[0]; post; post = queue[0]) {
      const answer = await posted(post);
      if (!answer) break;
      queue.shift();
      settle(post, answer);
      if (offline && !queue.length) spoken(word("sent"));
      offline = offline && queue.length > 0;
      keep();
    }
  } finally {
    sending = false;
  }
  if (queue.length) setTimeout(() => void run(), WAIT);
  else rest();
}

/** Do something once all that was sent is answered, in turn with whatever else waits for that; it may send more. */
export function settled(then: () => void): void {
  afterwards.push(then);
  if (!sending) rest();
}

function rest(): void {
  while (!queue.length && afterwards.length) afterwards.shift()!();
}

/** The server's answer, or nothing when it could not be reached. */
async function posted({ url, facts, once }: Post): Promise<{ ok: boolean; told: Record<string, unknown> } | null> {
  try {
    const headers = { accept: "application/json", "x-csrf": proof() };
    const answer = await fetch(url, { method: "POST", headers, body: new URLSearchParams([...(Array.isArray(facts) ? facts : Object.entries(facts)), ["once", once]]) });
    if (AWAY.has(answer.status)) throw new Error(String(answer.status));
    return { ok: answer.ok, told: (await answer.json()) as Record<string, unknown> };
  } catch {
    offline = true;
    strip();
    return null;
  }
}

function settle({ once }: Post, { ok, told }: { ok: boolean; told: Record<string, unknown> }): void {
  const hope = hopes.get(once);
  hopes.delete(once);
  if (ok) hope?.done?.(told as unknown as Told);
  else if (told["error"] !== "repeated") {
    const sentence = String(told["sentence"] ?? "");
    toast(sentence, true);
    hope?.refused?.(sentence);
  }
}

/** What was typed into a form, without what proves that it is ours: that goes along anyway. */
export const typed = (form: HTMLFormElement): [string, string][] =>
  [...new FormData(form)].filter(([name]) => name !== "csrf" && name !== "once") as [string, string][];

addEventListener("online", () => void run());
addEventListener("beforeunload", (event) => {
  if (queue.length && offline) event.preventDefault();
});
/** Levers of the room, and threads beside the wall, go the same way and leave the page where it is. */
document.addEventListener("submit", (event) => {
  const form = event.target as HTMLFormElement;
  if (!form.matches("[data-lever], .untying")) return;
  event.preventDefault();
  const facts = typed(form);
  const item = event.submitter?.closest<HTMLElement>("[data-tie]") ?? null;
  const detail = { form, item, facts };
  for (const button of all("[aria-busy]", form)) button.removeAttribute("aria-busy");
  if (document.dispatchEvent(new CustomEvent("wall:form", { detail, cancelable: true }))) send(form.action, facts);
});
if (queue.length) void run();
