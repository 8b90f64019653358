// A phone in the room: its notes wait for the line, its clock counts down, and it goes along when the room goes on,
// but never under somebody's fingers. Without this file every screen works as a plain form.
import "./parts/clocks";
import { wind } from "./parts/clocks";
import { on } from "./parts/dom";
import { type Change, follow } from "./parts/live";
import { toast } from "./parts/toast";
import { base, isWaiting, own, run } from "./phone/waiting";

const main = document.querySelector<HTMLElement>("main[data-live]")!;
const SHOWN: Record<string, ReadonlySet<string>> = {
  write: new Set(),
  walk: new Set(["note", "note gone", "company", "company gone", "names"]),
  link: new Set(["note", "note gone", "tie gone", "company", "company gone"]),
  vote: new Set(["theme", "theme gone"]),
  calls: new Set(["call", "case"]),
};
const ROOM = new Set(["lock", "room", "reload"]);

const isBusy = (): boolean =>
  isWaiting() || !!document.activeElement?.matches("input:not([type=radio]), textarea, select") || !!document.querySelector("details[open]");

/** Say that there is more, and let people go there when they like. */
function offer(name: "fresh" | "further"): void {
  document.getElementById(name)?.removeAttribute("hidden");
}

function heard(change: Change): void {
  if (change.kind === "clock" || change.kind === "step") wind(change.left, change.paused);
  if ("id" in change && document.getElementById(`o${change.id}`)) own();
  if (change.kind === "step") return isBusy() ? offer("further") : location.assign(`${base}/me`);
  if (ROOM.has(change.kind)) return isBusy() ? offer("fresh") : location.reload();
  if (SHOWN[main.dataset["screen"] ?? ""]?.has(change.kind)) offer("fresh");
}

follow(main, heard, (line) => {
  if (line === "on") void run();
});

/** Other forms go as they are; without a line they stay, and say so. */
on("submit", "form:not([data-note])", (_form, event) => {
  if (navigator.onLine) return;
  event.preventDefault();
  setTimeout(() => event.submitter?.removeAttribute("aria-busy"));
  toast(document.getElementById("toasts")?.dataset["lost"] ?? "", true);
});

/** Letters left, told in the page's language. */
on("input", "textarea[data-count]", (field) => {
  const area = field as HTMLTextAreaElement, said = document.getElementById(area.getAttribute("aria-describedby") ?? "");
  if (said) said.textContent = area.dataset["count"]!.replace("#", String(area.maxLength - area.value.length));
});
