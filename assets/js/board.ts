// The board by keyboard and pointer. The menu on every card is the first way to move it; this sends the same form.
// Markup: [data-board] with the address of the cards and data-picked, data-over and data-dropped sentences, [data-column] with
// data-name, .card[data-move] with the card's part of the address. M picks up, arrows choose, Enter puts down, Escape leaves.
import { all, always, made } from "./parts/dom";
import { htmx } from "./parts/htmx";
import { spoken } from "./parts/spoken";

const LIFT = 6;
const HOLD = 350;
let board = document.querySelector<HTMLElement>("[data-board]");
let held: HTMLElement | null = null;
let over: HTMLElement | null = null;

const columns = (): HTMLElement[] => all("[data-column]", board!);
const named = (key: "picked" | "over" | "dropped", card: HTMLElement, column: HTMLElement | null): string =>
  (board!.dataset[key] ?? "").replace("#card", card.dataset["name"] ?? "").replace("#column", column?.dataset["name"] ?? "");

function pick(card: HTMLElement): void {
  held = card;
  over = card.closest("[data-column]");
  card.classList.add("held-up");
  spoken(named("picked", card, over));
}
function point(column: HTMLElement | null): void {
  over?.classList.remove("over");
  over = column;
  over?.classList.add("over");
  over?.scrollIntoView({ block: "nearest", inline: "nearest" });
}
function put(): void {
  const card = held;
  const column = over;
  leave();
  const from = card?.closest<HTMLElement>("[data-column]");
  if (!card || !column || !from || from === column) return;
  const ahead = columns().indexOf(column) > columns().indexOf(from);
  spoken(named("dropped", card, column));
  const url = `${board!.dataset["board"]}${card.dataset["move"]}/${ahead ? "advance" : "send-back"}`;
  const target = board!.closest("[data-refresh-url]") ?? board!;
  void htmx().ajax("POST", url, { target, swap: "outerHTML", values: { to: column.dataset["column"]! } });
}
function leave(): void {
  held?.classList.remove("held-up");
  over?.classList.remove("over");
  held = over = null;
}

function keys(event: KeyboardEvent): void {
  const card = (event.target as Element).closest<HTMLElement>(".card[data-move]");
  if (!card || (event.target as Element).closest("input, select, textarea, details[open]")) return;
  if (!held && event.key.toLowerCase() === "m" && !event.ctrlKey && !event.metaKey) pick(card);
  else if (held && event.key === "Escape") leave();
  else if (held && event.key === "Enter") put();
  else if (held && (event.key === "ArrowRight" || event.key === "ArrowLeft")) {
    const ahead = (event.key === "ArrowRight") === (getComputedStyle(board!).direction === "ltr");
    const all = columns();
    point(all[Math.min(all.length - 1, Math.max(0, all.indexOf(over!) + (ahead ? 1 : -1)))] ?? over);
    spoken(named("over", held, over));
  } else return;
  event.preventDefault();
}

function pointer(down: PointerEvent): void {
  const card = (down.target as Element).closest<HTMLElement>(".card[data-move]");
  if (!card || down.button !== 0 || (down.target as Element).closest("button, summary, input, select, .menu")) return;
  let ghost: HTMLElement | null = null;
  const hold = down.pointerType === "touch" ? window.setTimeout(() => lift(down), HOLD) : 0;
  const lift = (at: PointerEvent): void => {
    pick(card);
    ghost = made("div", "ghost", card.dataset["name"] ?? "");
    document.body.append(ghost);
    follow(at);
  };
  const follow = (at: PointerEvent): void => {
    ghost?.style.setProperty("translate", `${at.clientX + 8}px ${at.clientY + 8}px`);
    point(document.elementFromPoint(at.clientX, at.clientY)?.closest<HTMLElement>("[data-column]") ?? over);
  };
  const moved = (at: PointerEvent): void => {
    const far = Math.hypot(at.clientX - down.clientX, at.clientY - down.clientY) > LIFT;
    if (!ghost && far && down.pointerType === "touch") return done();
    if (!ghost && far) lift(at);
    if (ghost) follow(at);
  };
  const up = (): void => {
    const lifted = ghost;
    done();
    if (!lifted) return;
    card.addEventListener("click", (event) => event.preventDefault(), { capture: true, once: true });
    put();
  };
  const done = (): void => {
    clearTimeout(hold);
    ghost?.remove();
    ghost = null;
    removeEventListener("pointermove", moved);
    removeEventListener("pointerup", up);
    removeEventListener("pointercancel", cancel);
  };
  const cancel = (): void => {
    done();
    leave();
  };
  addEventListener("pointermove", moved);
  addEventListener("pointerup", up);
  addEventListener("pointercancel", cancel);
}

function dress(): void {
  const found = document.querySelector<HTMLElement>("[data-board]");
  if (found?.dataset["dressed"]) return;
  document.querySelectorAll("dialog[open]").forEach((dialog) => (dialog as HTMLDialogElement).close());
  if (!found) return;
  board = found;
  board.dataset["dressed"] = "1";
  board.addEventListener("keydown", keys);
  board.addEventListener("pointerdown", pointer);
  board.addEventListener("dragstart", (event) => event.preventDefault());
}
always(dress);
