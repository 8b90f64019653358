// The projector: it fetches its picture again when the wall changes, at most once in a while, and fits it to the
// screen. When the line is lost the last picture stays, with a small word of how old it is.
import { all, clock } from "./parts/dom";
import "./parts/clocks";
import { htmx } from "./parts/htmx";
import { follow } from "./parts/live";
import { fit, list } from "./projector/fit";
import { at, paged, turn } from "./projector/pages";
import { threads } from "./projector/threads";

const SOON = 250, AGAIN = 1_500;
const main = document.querySelector<HTMLElement>("main[data-live]");
const stale = document.getElementById("stale");
const scene = (): HTMLElement => document.getElementById("scene")!;
let waiting = 0;
let last = 0;
let seen = clock();
let known = new Set(all(".pwall .note").map((one) => one.id));
let newest = scene().dataset["newest"] ?? "";

/** Lay the picture out: as large as it fits; what does not fit even when it is small comes in pages. */
function lay(): void {
  const whole = fit(scene()), turning = list(scene());
  if (turning) paged(turning, whole);
  threads(scene().querySelector(".pwall"), "");
}

/** After a new picture: what is new in it is in the light. */
function shown(): void {
  seen = clock();
  lay();
  const fresh = all(".pwall .note").filter((one) => !known.has(one.id));
  known = new Set(all(".pwall .note").map((one) => one.id));
  for (const one of fresh) one.classList.add("sel");
  if (fresh.length) at(fresh.at(-1)!);
  setTimeout(() => fresh.forEach((one) => one.classList.remove("sel")), 6_000);
  const now = scene().dataset["newest"] ?? "";
  if (now && now !== newest) {
    threads(scene().querySelector(".pwall"), now);
    for (const path of all(".tied path, .latest path", scene())) path.classList.add("drawn");
  }
  newest = now;
}

function fetchAgain(): void {
  waiting = 0;
  last = Date.now();
  void htmx().ajax("GET", location.href, { target: scene(), swap: "outerHTML" });
}

function changed(): void {
  waiting ||= window.setTimeout(fetchAgain, Math.max(SOON, last + AGAIN - Date.now()));
}

function line(now: "on" | "lost"): void {
  if (!stale) return;
  stale.hidden = now === "on";
  stale.textContent = (stale.dataset["words"] ?? "").replace("#", seen);
  if (now === "on" && last) changed();
}

if (main) {
  follow(main, changed, line);
  document.addEventListener("htmx:after:swap", shown);
  addEventListener("resize", lay);
  void document.fonts.ready.then(lay);
  lay();
  // What a remote sends: PageDown and PageUp; and the arrows of a keyboard.
  document.addEventListener("keydown", (event) => {
    const step = { PageDown: 1, ArrowRight: 1, PageUp: -1, ArrowLeft: -1 }[event.key];
    if (step && turn(step)) event.preventDefault();
  });
}
