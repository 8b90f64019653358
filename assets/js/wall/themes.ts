// The page of themes: what is merged or split there can be taken back, there and on the wall.
import { on } from "../parts/dom";
import { toast } from "../parts/toast";
import { base, root } from "./hung";
import { send, typed, type Told } from "./send";
import { done } from "./undo";

const KEPT = `crosslab wall ${base} said`;

/** The page anew, and what it says then. */
function anew(words: string): void {
  sessionStorage.setItem(KEPT, words);
  location.reload();
}

const undoing: Record<string, (form: HTMLFormElement, told: Told) => string> = {
  unmerge: (form) => form.action.replace(/merge$/, "unmerge"),
  unsplit: (_, told) => `${base}/themes/${told.id}/unsplit`,
};

on("submit", "[data-undo]", (found, event) => {
  const form = found as HTMLFormElement, back = undoing[form.dataset["undo"]!];
  if (!back) return;
  event.preventDefault();
  const rest = (): void => (event as SubmitEvent).submitter?.removeAttribute("aria-busy");
  send(form.getAttribute("action")!, typed(form), (told) => {
    done({ said: told.said, url: new URL(back(form, told), location.href).pathname, facts: {} });
    anew(told.said);
  }, rest);
});

if (!root) {
  document.addEventListener("wall:undone", (event) => anew((event as CustomEvent<string>).detail));
  const words = sessionStorage.getItem(KEPT);
  sessionStorage.removeItem(KEPT);
  if (words) toast(words);
}
