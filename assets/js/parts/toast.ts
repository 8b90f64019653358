// Toasts: gone after eight seconds unless they hold something to press or are read; always dismissible.
import { all, always, made, on } from "./dom";

const STAY = 8000;
const region = (): HTMLElement | null => document.getElementById("toasts");

export function toast(words: string, bad = false): void {
  const line = made("div", bad ? "toast bad" : "toast");
  line.dataset["toast"] = bad ? "stay" : "";
  line.append(made("span", "", words));
  region()?.replaceChildren(line);
  dress(line);
}

function dress(line: HTMLElement): void {
  if (line.dataset["dressed"]) return;
  line.dataset["dressed"] = "1";
  const away = made("button", "dismiss", "×");
  away.type = "button";
  away.setAttribute("aria-label", region()?.dataset["dismiss"] ?? "");
  const stays = line.dataset["toast"] === "stay" || line.querySelector("form, a") !== null;
  line.append(away);
  if (stays) return;
  const leave = (): void => {
    if (line.matches(":hover, :focus-within")) setTimeout(leave, STAY / 2);
    else line.remove();
  };
  setTimeout(leave, STAY);
}

always(() => all("[data-toast]").forEach(dress));
on("click", ".toast .dismiss", (button) => button.closest(".toast")?.remove());
document.addEventListener("said", (event) => toast(String((event as CustomEvent<{ value?: string }>).detail?.value ?? "")));
