// A form with data-autosave sends what it holds a moment after typing stops, and says when it was saved. One save after
// another, and none beside the button's own: each carries the version that the one before it left.
import { clock } from "./dom";

const PAUSE = 900, PATIENCE = 10_000;
const soon = new WeakMap<HTMLFormElement, number>();
const going = new WeakMap<HTMLFormElement, Promise<void>>();

async function save(form: HTMLFormElement): Promise<void> {
  const said = form.querySelector<HTMLElement>("[data-autosave-said]");
  const held = new FormData(form);
  for (const [name, value] of [...held]) if (name === "once" || value instanceof File) held.delete(name);
  const body = new URLSearchParams([...held] as [string, string][]);
  try {
    const signal = AbortSignal.timeout(PATIENCE);
    const answer = await fetch(form.dataset["autosave"]!, { method: "POST", body, headers: { "x-autosave": "1" }, signal });
    if (!answer.ok) throw new Error(String(answer.status));
    const version = form.elements.namedItem("version");
    const saved = answer.headers.get("x-version");
    if (saved && version instanceof HTMLInputElement) version.value = saved;
    if (!soon.has(form)) delete form.dataset["changed"];
    if (said) said.textContent = (form.dataset["saved"] ?? "").replace("#", clock());
  } catch {
    if (said) said.textContent = form.dataset["unsaved"] ?? "";
  }
}

function rest(form: HTMLFormElement): void {
  clearTimeout(soon.get(form));
  soon.delete(form);
}

function begin(form: HTMLFormElement): void {
  rest(form);
  const mine = (going.get(form) ?? Promise.resolve()).then(() => save(form)).then(() => {
    if (going.get(form) === mine) going.delete(form);
  });
  going.set(form, mine);
}

document.addEventListener("input", (event) => {
  const form = (event.target as Element).closest<HTMLFormElement>("form[data-autosave]");
  if (!form) return;
  rest(form);
  soon.set(form, window.setTimeout(() => begin(form), PAUSE));
});

/** The button waits for a save that is on its way, and takes the place of one that is not. Before all who hear of it. */
window.addEventListener("submit", (event) => {
  const form = event.target as HTMLFormElement;
  rest(form);
  const before = going.get(form);
  if (!before) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  void before.then(() => form.requestSubmit(event.submitter));
}, true);
