// Clocks count down what is left of a step; nothing happens by itself when they are over.
import { all, always } from "./dom";

const MINUTE = 60;

function wound(): void {
  for (const clock of all("[data-clock]")) {
    if (clock.dataset["ends"] || "paused" in clock.dataset) continue;
    clock.dataset["ends"] = String(Date.now() + Number(clock.dataset["clock"]) * 1000);
  }
}

function show(clock: HTMLElement, left: number): void {
  const shown = clock.querySelector("[data-clock-time]");
  const time = `${String(Math.floor(left / MINUTE)).padStart(2, "0")}:${String(left % MINUTE).padStart(2, "0")}`;
  if (shown && shown.textContent !== time) shown.textContent = time;
}

/** So many seconds are left; none means that there is no clock. */
export function wind(left: number | null, paused: boolean): void {
  for (const clock of all("[data-clock]")) {
    delete clock.dataset["ends"];
    clock.dataset["clock"] = String(left ?? 0);
    clock.toggleAttribute("data-paused", paused || left === null);
    show(clock, left ?? 0);
    (clock.closest<HTMLElement>("#time") ?? clock).hidden = left === null;
  }
  wound();
}

setInterval(() => {
  for (const clock of all("[data-clock][data-ends]"))
    show(clock, Math.max(0, Math.round((Number(clock.dataset["ends"]) - Date.now()) / 1000)));
}, 1000);
always(wound);
