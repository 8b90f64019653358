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

const SVG = "http://www.w3.org/2000/svg";
const BEND = 48;

/** Where a note hangs on its wall: its two sides, and the height at which a thread is pinned. */
function hangs(note: Element, wall: HTMLElement): { left: number; right: number; y: number } {
  const box = note.getBoundingClientRect(), all = wall.getBoundingClientRect();
  const x = wall.scrollLeft - all.left - wall.clientLeft;
  return { left: box.left + x, right: box.right + x, y: box.top + wall.scrollTop - all.top + 18 };
}

function shape(name: string, facts: Record<string, string | number>): SVGElement {
  const made = document.createElementNS(SVG, name) as SVGElement;
  for (const [key, value] of Object.entries(facts)) made.setAttribute(key, String(value));
  return made;
}

/** A thread leaves at the side that faces the other note, and is pinned at both. */
function drawn(from: Element, to: Element, wall: HTMLElement): SVGElement[] {
  const one = hangs(from, wall), two = hangs(to, wall);
  const forth = one.left <= two.left;
  const x1 = forth ? one.right : one.left, x2 = forth ? two.left : two.right;
  const bend = forth ? BEND : -BEND;
  return [
    shape("path", { d: `M${x1} ${one.y}C${x1 + bend} ${one.y} ${x2 - bend} ${two.y} ${x2} ${two.y}` }),
    shape("circle", { cx: x1, cy: one.y, r: 5 }),
    shape("circle", { cx: x2, cy: two.y, r: 5 }),
  ];
}

/** Threads are drawn behind the notes. The list beside the wall says the same in words. */
function threads(): void {
  for (const wall of all<HTMLElement>("[data-ties]")) {
    wall.querySelector(".drawn")?.remove();
    const picture = shape("svg", { class: "drawn", "aria-hidden": "true", width: 1, height: 1 });
    for (const tie of (wall.dataset["ties"] ?? "").split(" ")) {
      const [one, two] = tie.split(":").map((id) => document.getElementById(id));
      if (one && two) picture.append(...drawn(one, two, wall));
    }
    wall.append(picture);
  }
}
always(threads);
addEventListener("resize", threads);
addEventListener("load", threads);
document.addEventListener("toggle", threads, true);

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
