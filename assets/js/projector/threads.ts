// Threads behind the notes of the projector, drawn anew with each picture; the newest one is drawn before one's eyes.

const SVG = "http://www.w3.org/2000/svg";
const MANY = 40;

/** Draw every thread whose two notes are seen; with `newest`, the last of them is new. */
export function threads(wall: HTMLElement | null, newest: string): void {
  if (!wall) return;
  wall.querySelector(".threads")?.remove();
  const ties = (wall.dataset["ties"] ?? "").split(" ").filter(Boolean);
  const ends = ties.map((tie) => tie.split(":").map((id) => document.getElementById(id)) as [HTMLElement | null, HTMLElement | null]);
  const lines = ends.map(([one, two]) => (one && two && one.offsetParent && two.offsetParent ? line(wall, one, two) : ""));
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("class", ties.length > MANY ? "threads dense" : "threads");
  picture.setAttribute("aria-hidden", "true");
  lines.forEach((d, n) => d && picture.append(path(d, Boolean(newest) && n === lines.length - 1)));
  wall.prepend(picture);
}

function path(d: string, fresh: boolean): SVGPathElement {
  const made = document.createElementNS(SVG, "path");
  made.setAttribute("d", d);
  made.setAttribute("pathLength", "1");
  if (fresh) made.setAttribute("class", "hot drawn");
  return made;
}

function line(wall: HTMLElement, one: HTMLElement, two: HTMLElement): string {
  const all = wall.getBoundingClientRect();
  const [p, q] = [one, two].map((each) => each.getBoundingClientRect()).sort((a, b) => a.left - b.left) as [DOMRect, DOMRect];
  const same = q.left - p.left < 8, y = (box: DOMRect): number => box.top - all.top + Math.min(18, box.height / 2);
  const x1 = p.right - all.left, x2 = (same ? q.right : q.left) - all.left;
  const bend = same ? 30 : Math.max(30, (x2 - x1) * 0.45);
  return `M${x1} ${y(p)}C${x1 + bend} ${y(p)} ${same ? x2 + bend : x2 - bend} ${y(q)} ${x2} ${y(q)}`;
}
