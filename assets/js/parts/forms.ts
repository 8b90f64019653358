// Forms: the summary takes focus and its links reach their fields, letters are counted, a sent button says so, files may be dropped.
import { all, always, made, on, settled } from "./dom";

let plain = document.title;

always(() => {
  if (!document.querySelector("[data-errors]")) document.title = plain;
  const summary = document.querySelector<HTMLElement>("[data-errors]:not([data-told])");
  if (!summary) return;
  summary.dataset["told"] = "";
  const mark = `${summary.dataset["errors"]} `;
  plain = plain.replace(mark, "");
  document.title = mark + plain;
  summary.focus();
});
on("click", "[data-errors] a[href^='#']", (link, event) => {
  const field = document.getElementById(link.getAttribute("href")!.slice(1));
  if (!field) return;
  event.preventDefault();
  field.closest(".field")?.scrollIntoView({ block: "center" });
  field.focus({ preventScroll: true });
});

function count(line: HTMLElement): void {
  const field = document.getElementById(line.dataset["count"]!) as HTMLTextAreaElement | null;
  if (!field) return;
  const used = line.dataset["unit"] === "words" ? field.value.split(/\s+/u).filter(Boolean).length : [...field.value.replace(/\r\n/g, "\n")].length;
  const left = Number(line.dataset["limit"]) - used;
  line.classList.toggle("over", left < 0);
  line.textContent = (left < 0 ? line.dataset["over"]! : line.dataset["left"]!).replace("#", String(Math.abs(left)));
  line.setAttribute("aria-live", "polite");
}
const counters = new Map<string, () => void>();
document.addEventListener("input", (event) => {
  const { id } = event.target as Element;
  const line = id ? document.querySelector<HTMLElement>(`[data-count="${CSS.escape(id)}"]`) : null;
  if (!line) return;
  if (!counters.has(id)) counters.set(id, settled(() => count(document.querySelector(`[data-count="${CSS.escape(id)}"]`) ?? line), 250));
  counters.get(id)!();
});

/** The pressed button keeps its width and says what goes on; a second press does nothing. */
document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!(button instanceof HTMLButtonElement)) return;
  if (button.getAttribute("aria-busy") === "true") {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  const words = button.querySelector("span");
  const busy = button.dataset["busy"];
  button.setAttribute("aria-busy", "true");
  if (!words || !busy) return;
  button.dataset["rest"] = words.textContent ?? "";
  button.style.setProperty("min-width", `${button.offsetWidth}px`);
  words.textContent = busy;
}, true);
function rest(): void {
  for (const button of all<HTMLButtonElement>("button[aria-busy]")) {
    button.removeAttribute("aria-busy");
    const words = button.querySelector("span");
    if (words && button.dataset["rest"] !== undefined) words.textContent = button.dataset["rest"];
  }
}
for (const kind of ["htmx:finally:request", "htmx:error", "pageshow"]) window.addEventListener(kind, rest);

on("dragover", "[data-drop]", (drop, event) => {
  event.preventDefault();
  drop.classList.add("over");
});
on("dragleave", "[data-drop]", (drop) => drop.classList.remove("over"));
on("drop", "[data-drop]", (drop, event) => {
  event.preventDefault();
  drop.classList.remove("over");
  const input = drop.querySelector<HTMLInputElement>("input[type=file]");
  const files = event.dataTransfer?.files;
  if (!input || !files?.length) return;
  input.files = files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
});
on("change", "[data-drop]", (drop) => {
  const files = drop.querySelector<HTMLInputElement>("input[type=file]")?.files ?? [];
  drop.querySelector(".chosen")?.remove();
  if (files.length > 1) drop.append(made("p", "chosen t-s", [...files].map((file) => file.name).join(", ")));
});
