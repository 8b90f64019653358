// As large as fits: seven steps of halving find the largest text that does not run over.

const LARGEST = 1.25, SMALLEST = 0.62, STEPS = 7;
const FEWEST = 3, MOST = 12, PAGED = "0.68";

const beyond = (part: Element): boolean => part.scrollWidth > part.clientWidth + 1;
const over = (part: HTMLElement): boolean => part.scrollHeight > part.clientHeight + 1 || beyond(part);
/** A word of so many letters may be broken: no column could hold it. */
const ENDLESS = /\S{25}/u;
/** Whether a word is longer than its column: text may be smaller, columns fewer, pages more before words are broken. */
const broken = (part: HTMLElement): boolean =>
  [...part.querySelectorAll(".note p, h2")].some((each) => beyond(each) && !ENDLESS.test(each.textContent ?? ""));

function largest(part: HTMLElement): number {
  let low = SMALLEST, high = LARGEST;
  const set = (size: number): void => part.style.setProperty("--fit", size.toFixed(3));
  set(high);
  if (!over(part) && !broken(part)) return high;
  set(low);
  if (over(part) || (part.matches(".pwall") && broken(part))) return 0;
  for (let step = 0; step < STEPS; step++) {
    const middle = (low + high) / 2;
    set(middle);
    if (over(part) || broken(part)) high = middle;
    else low = middle;
  }
  set(low);
  return low;
}

/** The number of columns in which the notes can be largest. */
function columns(wall: HTMLElement): number {
  const companies = wall.querySelectorAll(".col").length;
  let best = 0, chosen = Math.min(companies, MOST);
  for (let n = Math.min(FEWEST, companies); n <= Math.min(MOST, companies); n++) {
    wall.style.setProperty("--cols", String(n));
    const size = largest(wall);
    if (size > best + 0.01) [best, chosen] = [size, n];
  }
  wall.style.setProperty("--cols", String(Math.max(1, chosen)));
  return best;
}

/** What comes in pages when it does not fit: the wall, a list of names or tables, a list of themes or votes. */
export const list = (scene: HTMLElement): HTMLElement | null =>
  scene.querySelector<HTMLElement>(".pwall, .pcafe .pthemes, .pnames, .pquestions, .pthemes, .pvotes");

/** Fit the picture; false when it does not fit even at its smallest. */
export function fit(scene: HTMLElement): boolean {
  const turning = list(scene);
  turning?.classList.remove("paged");
  for (const each of turning?.querySelectorAll<HTMLElement>("[hidden]") ?? []) each.hidden = false;
  const wall = scene.querySelector<HTMLElement>(".pwall");
  if (wall) wall.classList.add("weighed");
  const part = wall ?? scene.querySelector<HTMLElement>(".pcafe, .pties") ?? turning;
  const whole = !part || (wall ? columns(wall) > 0 && largest(wall) > 0 : largest(part) > 0);
  wall?.classList.remove("weighed");
  if (!whole && !part?.matches(".pcafe")) part?.style.setProperty("--fit", PAGED);
  return whole;
}
