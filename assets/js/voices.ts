// What is said in a session, live: the list, the host's desk and the screen ask for themselves again when something
// changed. Never under one's fingers. Without this file every page still works; it then shows what was so when loaded.
import { htmx } from "./parts/htmx";
import { follow } from "./parts/live";

const AT_ONCE = 200, SPREAD = 800, LATER = 1_500;
const root = document.querySelector<HTMLElement>("[data-live][data-into]");
let waiting = 0;

/** Whether somebody is writing, or has opened something, in what would be replaced. */
function busy(part: HTMLElement): boolean {
  return !!part.querySelector("details[open], textarea:focus, input:focus, select:focus");
}

function again(): void {
  const part = document.getElementById(root!.dataset["into"]!);
  if (!part) return;
  if (busy(part)) soon(LATER);
  else void htmx().ajax("GET", location.href, { target: part, swap: "outerHTML" });
}

function soon(pause: number): void {
  clearTimeout(waiting);
  waiting = window.setTimeout(again, pause);
}

/** Letters left, told in the page's language. */
document.addEventListener("input", (event) => {
  const area = event.target as HTMLTextAreaElement;
  const words = area.dataset?.["count"];
  const said = document.getElementById(area.getAttribute("aria-describedby") ?? "");
  if (words && said) said.textContent = words.replace("#", String(area.maxLength - area.value.length));
});

if (root) follow(root, () => soon(AT_ONCE + Math.random() * SPREAD));
