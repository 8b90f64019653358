// What others do is not read out one by one: a button counts the new notes, and updates can be paused.
import type { Change } from "../parts/live";
import { all, clock } from "../parts/dom";
import { choose } from "./chosen";
import { note, open } from "./hung";
import { patch } from "./patch";
import { word } from "./words";

const button = document.getElementById("news");
const pause = document.getElementById("hold");
const fresh: string[] = [];
const waiting: Change[] = [];
let since = clock();
let paused = false;

function tell(): void {
  if (!button) return;
  button.hidden = fresh.length === 0;
  button.textContent = word("news", { n: fresh.length, time: since });
}

function tellPause(): void {
  const said = pause?.querySelector("span");
  if (!said || !pause) return;
  pause.setAttribute("aria-pressed", String(paused));
  said.textContent = paused ? (waiting.length ? word("waiting", { n: waiting.length }) : word("goon")) : word("pause");
}

/** One change from the channel: laid in, or kept until updates go on. */
export function hear(change: Change): void {
  if (paused && change.kind !== "reload") {
    waiting.push(change);
    return tellPause();
  }
  if (!patch(change) || change.kind !== "note") return;
  fresh.push(change.id);
  note(change.id)?.classList.add("fresh");
  tell();
}

/** To the first of the new ones; from now on they are no longer new. */
function look(): void {
  const first = fresh.map(note).find(Boolean);
  fresh.length = 0;
  since = clock();
  tell();
  choose(first);
  setTimeout(() => all(".fresh").forEach((one) => one.classList.remove("fresh")), 4_000);
}

button?.addEventListener("click", look);
pause?.addEventListener("click", () => {
  paused = !paused;
  if (!paused) for (const change of waiting.splice(0)) hear(change);
  tellPause();
});
if (pause) pause.hidden = !open;
