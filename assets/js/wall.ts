// A room: its clock counts down, a note counts its letters, and the wall follows what others do. Without this
// file every page still works; it then shows what was so when it was loaded.
import { all, always } from "./parts/dom";
import { htmx } from "./parts/htmx";

const QUIET = 400;
const MINUTE = 60;

/** Clocks say what is left; nothing happens by itself when they are over. */
function clocks(): void {
  for (const clock of all("[data-clock]")) {
    if (clock.dataset["ends"] || "paused" in clock.dataset) continue;
    clock.dataset["ends"] = String(Date.now() + Number(clock.dataset["clock"]) * 1000);
  }
}
setInterval(() => {
  for (const clock of all("[data-clock][data-ends]")) {
    const left = Math.max(0, Math.round((Number(clock.dataset["ends"]) - Date.now()) / 1000));
    const shown = clock.querySelector("[data-clock-time]");
    if (shown) shown.textContent = `${String(Math.floor(left / MINUTE)).padStart(2, "0")}:${String(left % MINUTE).padStart(2, "0")}`;
  }
}, 1000);
always(clocks);

/** Letters left, told in the page's language. */
document.addEventListener("input", (event) => {
  const area = event.target as HTMLTextAreaElement;
  const words = area.dataset?.["count"];
  const said = document.getElementById(area.getAttribute("aria-describedby") ?? "");
  if (words && said) said.textContent = words.replace("#", String(area.maxLength - area.value.length));
});

const STEERS = new Set(["step", "lock", "names", "clock"]);
const root = document.querySelector<HTMLElement>("[data-live]");
let waiting = 0;

/** A picture of the wall is fetched again; a phone only when the room goes on, and never under one's fingers. */
function changed(kind: string): void {
  const picture = document.getElementById("wall") ?? document.getElementById("scene");
  const busy = document.activeElement?.matches("input, textarea, select") || document.querySelector(".change[open]");
  if (busy) return;
  if (picture) void htmx().ajax("GET", location.href, { target: picture, swap: "outerHTML" });
  else if (STEERS.has(kind)) location.reload();
}

if (root) {
  const stream = new EventSource(`${root.dataset["live"]}?after=${root.dataset["seq"]}`);
  stream.addEventListener("message", (event) => {
    clearTimeout(waiting);
    waiting = window.setTimeout(() => changed(String(event.data)), QUIET);
  });
  addEventListener("pagehide", () => stream.close());
}
