// What a hand holds: one note, lifted by a key or a pointer, and where it hung before.
import { spoken } from "../parts/spoken";
import { homeOf, moved, putBack, type Home } from "./doing";
import { wordsOf } from "./hung";
import { word } from "./words";

let held: { one: HTMLElement; home: Home } | null = null;

export const inHand = (): HTMLElement | null => held?.one ?? null;

export function lift(one: HTMLElement): void {
  held = { one, home: homeOf(one) };
  one.classList.add("held");
  spoken(word("held", { note: wordsOf(one) }));
}

/** Hang it where it is now, or back where it was. */
export function release(hang: boolean): void {
  if (!held) return;
  const { one, home } = held;
  held = null;
  one.classList.remove("held");
  if (hang) return moved(one, home);
  putBack(one, home);
  spoken(word("back"));
}
