// A form with data-autosave sends what it holds a moment after typing stops, and says when it was saved.
import { clock, settled } from "./dom";

const PAUSE = 900;
const waiting = new WeakMap<HTMLFormElement, () => void>();

async function save(form: HTMLFormElement): Promise<void> {
  const said = form.querySelector<HTMLElement>("[data-autosave-said]");
  const held = new FormData(form);
  for (const [name, value] of [...held]) if (name === "once" || value instanceof File) held.delete(name);
  const body = new URLSearchParams([...held] as [string, string][]);
  try {
    const answer = await fetch(form.dataset["autosave"]!, { method: "POST", body, headers: { "x-autosave": "1" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const version = form.elements.namedItem("version");
    const saved = answer.headers.get("x-version");
    if (saved && version instanceof HTMLInputElement) version.value = saved;
    delete form.dataset["changed"];
    if (said) said.textContent = (form.dataset["saved"] ?? "").replace("#", clock());
  } catch {
    if (said) said.textContent = form.dataset["unsaved"] ?? "";
  }
}

document.addEventListener("input", (event) => {
  const form = (event.target as Element).closest<HTMLFormElement>("form[data-autosave]");
  if (!form) return;
  if (!waiting.has(form)) waiting.set(form, settled(() => void save(form), PAUSE));
  waiting.get(form)!();
});
