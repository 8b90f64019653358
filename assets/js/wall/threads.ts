// Threads hang behind the notes. Each frame reads first and writes after, and touches only what moved.
import { all } from "../parts/dom";
import { note, root, wall } from "./hung";

const SVG = "http://www.w3.org/2000/svg";
const MANY = 40;
const PIN = 14;

interface Box {
  x: number;
  y: number;
  w: number;
}
interface Drawn {
  path: SVGPathElement;
  d: string;
  hot: boolean;
}
const picture = document.createElementNS(SVG, "svg");
const drawn = new Map<string, Drawn>();
const boxes = new Map<string, Box | null>();
const stale = new Set<Element>();
let chosen: string | null = null;
let queued = false;
let everything = true;

/** Draw again in the next frame: what hangs in these columns, or all of it. */
export function redraw(...columns: (Element | null)[]): void {
  if (columns.length) for (const each of columns) each && stale.add(each);
  else everything = true;
  if (queued || !root) return;
  queued = true;
  requestAnimationFrame(draw);
}

/** The threads of the chosen note stand out. */
export function light(id: string | null): void {
  if (id === chosen) return;
  chosen = id;
  redraw(wall);
}

function measured(id: string): Box | null {
  const one = note(id);
  if (!one || one.offsetParent === null) return null;
  let x = 0, y = 0;
  for (let up: HTMLElement | null = one; up && up !== wall; up = up.offsetParent as HTMLElement | null) {
    x += up.offsetLeft;
    y += up.offsetTop;
  }
  return { x, y: y + PIN, w: one.offsetWidth };
}

function boxOf(id: string): Box | null {
  const known = boxes.get(id);
  if (known !== undefined) return known;
  const box = measured(id);
  boxes.set(id, box);
  return box;
}

function forget(): void {
  if (everything) boxes.clear();
  else for (const col of stale) if (col !== wall) for (const one of all(".note", col)) boxes.delete(one.id.slice(1));
  everything = false;
  stale.clear();
}

function line(one: Box, two: Box): string {
  const [p, q] = one.x <= two.x ? [one, two] : [two, one];
  const same = q.x - p.x < 8;
  const x1 = p.x + p.w, x2 = same ? q.x + q.w : q.x;
  const bend = same ? 26 : Math.max(26, (x2 - x1) * 0.45);
  return `M${x1} ${p.y}C${x1 + bend} ${p.y} ${same ? x2 + bend : x2 - bend} ${q.y} ${x2} ${q.y}`;
}

const ends = (item: HTMLElement): [string, string] => [item.dataset["from"]!, item.dataset["to"]!];

function draw(): void {
  queued = false;
  forget();
  const ties = all("[data-tie]", root!).filter((item) => item.dataset["tie"]);
  const next = new Map<string, { d: string; hot: boolean }>();
  const pins = new Map<string, Set<string>>();
  for (const item of ties) {
    const [from, to] = ends(item), one = boxOf(from), two = boxOf(to);
    if (!one || !two) continue;
    next.set(item.dataset["tie"]!, { d: line(one, two), hot: from === chosen || to === chosen });
    const forth = one.x <= two.x, same = Math.abs(one.x - two.x) < 8;
    pin(pins, from, same || forth ? "r" : "l");
    pin(pins, to, same || !forth ? "r" : "l");
  }
  write(next);
  for (const one of all("[data-pin]", wall)) if (!pins.has(one.id.slice(1))) delete one.dataset["pin"];
  for (const [id, sides] of pins) {
    const one = note(id), said = [...sides].sort().join(" ");
    if (one && one.dataset["pin"] !== said) one.dataset["pin"] = said;
  }
  picture.classList.toggle("dense", ties.length > MANY);
}

const pin = (pins: Map<string, Set<string>>, id: string, side: string): void =>
  void (pins.get(id) ?? pins.set(id, new Set()).get(id)!).add(side);

function write(next: Map<string, { d: string; hot: boolean }>): void {
  for (const [id, { path }] of drawn)
    if (!next.has(id)) {
      path.remove();
      drawn.delete(id);
    }
  for (const [id, { d, hot }] of next) {
    const had = drawn.get(id) ?? fresh(id);
    if (had.d !== d) had.path.setAttribute("d", (had.d = d));
    if (had.hot !== hot) had.path.classList.toggle("hot", (had.hot = hot));
  }
}

function fresh(id: string): Drawn {
  const made = { path: document.createElementNS(SVG, "path"), d: "", hot: false };
  picture.append(made.path);
  drawn.set(id, made);
  return made;
}

if (root) {
  picture.setAttribute("class", "threads");
  picture.setAttribute("aria-hidden", "true");
  wall.prepend(picture);
  new ResizeObserver(() => redraw()).observe(wall);
  void document.fonts.ready.then(() => redraw());
}
