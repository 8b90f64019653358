// Notes by pointer: a mouse or pen lifts after six pixels, a finger after it held still, so that scrolling stays
// what it is. The dialogs do the same without dragging.
import { choose } from "./chosen";
import { inHand, lift, release } from "./hand";
import { columnOf, hold, open, placeOf, root, sisters, wall } from "./hung";
import { tieTo, tyingFrom } from "./keys";
import { redraw } from "./threads";

const LIFT = 6, HOLD = 350, EDGE = 56, PACE = 14;

interface Drag {
  one: HTMLElement;
  x: number;
  y: number;
  at: PointerEvent;
  ghost: HTMLElement | null;
  timer: number;
  frame: number;
}
let drag: Drag | null = null;

function picked(): void {
  if (!drag) return;
  const { one, at } = drag, box = one.getBoundingClientRect();
  drag.x -= box.left;
  drag.y -= box.top;
  const ghost = one.cloneNode(true) as HTMLElement;
  for (const each of [ghost, ...ghost.querySelectorAll("[id]")]) each.removeAttribute("id");
  ghost.classList.add("ghost");
  ghost.setAttribute("aria-hidden", "true");
  ghost.style.setProperty("width", `${box.width}px`);
  document.body.append(ghost);
  drag.ghost = ghost;
  lift(one);
  wall.classList.add("dragging");
  wall.setPointerCapture(at.pointerId);
  step();
}

/** Every frame while a note is in hand: the picture follows, the wall scrolls at its edges, the note finds its place. */
function step(): void {
  if (!drag?.ghost) return;
  const { at, ghost, one, x, y } = drag;
  ghost.style.setProperty("translate", `${at.clientX - x}px ${at.clientY - y}px`);
  const box = wall.getBoundingClientRect();
  wall.scrollBy(pull(at.clientX, box.left, box.right), pull(at.clientY, box.top, box.bottom));
  const under = document.elementsFromPoint(at.clientX, at.clientY);
  const col = under.map((each) => each.closest<HTMLElement>(".wall .col")).find(Boolean);
  if (col) find(one, col, at.clientY);
  drag.frame = requestAnimationFrame(step);
}

const pull = (at: number, low: number, high: number): number => (at < low + EDGE ? -PACE : at > high - EDGE ? PACE : 0);

function find(one: HTMLElement, col: HTMLElement, y: number): void {
  const others = sisters(col, placeOf(one).prompt).filter((each) => each !== one);
  const before = others.find((each) => {
    const box = each.getBoundingClientRect();
    return y < box.top + box.height / 2;
  });
  const next = one.closest("li")!.nextElementSibling?.querySelector(".note") ?? null;
  if (columnOf(one) === col && (before ?? null) === (others.includes(next as HTMLElement) ? next : null)) return;
  hold(one, col, before ?? null);
  redraw();
}

function end(hang: boolean): void {
  if (!drag) return;
  const { ghost, timer, frame, one } = drag;
  drag = null;
  clearTimeout(timer);
  cancelAnimationFrame(frame);
  if (!ghost) return;
  ghost.remove();
  wall.classList.remove("dragging");
  release(hang);
  choose(one);
}

function down(event: PointerEvent): void {
  const one = (event.target as Element).closest<HTMLElement>(".note");
  if (!one || !open || event.button !== 0 || inHand() || (event.target as Element).closest("a")) return;
  drag = { one, x: event.clientX, y: event.clientY, at: event, ghost: null, timer: 0, frame: 0 };
  if (event.pointerType === "touch") drag.timer = window.setTimeout(picked, HOLD);
}

function moved(event: PointerEvent): void {
  if (!drag) return;
  drag.at = event;
  if (drag.ghost || Math.hypot(event.clientX - drag.x, event.clientY - drag.y) <= LIFT) return;
  if (event.pointerType === "touch") end(false);
  else picked();
}

if (root) {
  wall.addEventListener("pointerdown", down);
  wall.addEventListener("pointermove", moved);
  wall.addEventListener("pointerup", () => end(true));
  wall.addEventListener("pointercancel", () => end(false));
  wall.addEventListener("dragstart", (event) => event.preventDefault());
  // A finger that holds a note does not scroll and opens no menu.
  wall.addEventListener("touchmove", (event) => drag?.ghost && event.preventDefault(), { passive: false });
  wall.addEventListener("contextmenu", (event) => drag?.ghost && event.preventDefault());
  addEventListener("keydown", (event) => event.key === "Escape" && drag?.ghost && end(false));
  wall.addEventListener("click", (event) => {
    const one = (event.target as Element).closest<HTMLElement>(".note");
    if (!one) return;
    if (tyingFrom()) tieTo(one);
    else choose(one);
  });
}
