/** What a page shows, loaded for it; and shown anew in place when the bell brought something. */
import { useEffect, useRef, useState } from "preact/hooks";
import { isFullStop } from "./sentences";

const shown = new Set<() => void>();

/** Shows every open page anew. What its reader typed, chose and unfolded is theirs and stays. */
export const redraw = (): void => shown.forEach((each) => each());

/** Calls `anew` whenever what is shown may be another by now. */
export function useRedraw(anew: () => void): void {
  const latest = useRef(anew);
  latest.current = anew;
  useEffect(() => {
    const call = (): void => latest.current();
    shown.add(call);
    return () => void shown.delete(call);
  }, []);
}

interface Loaded<T> {
  value: T | null;
  error: unknown;
  again(): Promise<void>;
}

/**
 * Loads something for a page, again when asked or when `key` changes. A form keeps to what it was begun on: what is
 * handed in stands behind whatever came in between, and is refused where that matters. `quietly` tells what the bell
 * asks for from what the reader asks for.
 */
export function useLoaded<T>(load: (quietly: boolean) => Promise<T>, key: string, form = false): Loaded<T> {
  const [found, set] = useState<{ key: string; value: T | null; error: unknown }>({ key, value: null, error: null });
  const current = useRef(key), order = useRef({ asked: 0, shown: 0 });
  current.current = key;
  const again = async (quietly = false): Promise<void> => {
    const mine = ++order.current.asked;
    const keep = (value: T | null, error: unknown): void => {
      if (current.current !== key || mine < order.current.shown) return;
      order.current.shown = mine;
      set({ key, value, error });
    };
    await load(quietly).then((value) => (quietly ? inPlace(() => keep(value, null)) : keep(value, null)), (error: unknown) => {
      if (!quietly || isFullStop(error)) keep(null, error);
    });
  };
  useEffect(() => void again(), [key]);
  useRedraw(() => { if (!form) void again(true); });
  const asked = (): Promise<void> => again();
  return found.key === key ? { ...found, again: asked } : { value: null, error: null, again: asked };
}

/** Redraws; where that takes away what had the focus, the part around it has it, so that a keyboard goes on from there. */
function inPlace(draw: () => void): void {
  const held = document.activeElement;
  const around: HTMLElement[] = [];
  for (let each = held?.parentElement; each && each !== document.body; each = each.parentElement) around.push(each);
  draw();
  setTimeout(() => {
    if (!held || held.isConnected || document.activeElement !== document.body) return;
    const left = around.find((each) => each.isConnected);
    if (!left) return;
    if (left.tabIndex < 0) left.tabIndex = -1;
    left.focus({ preventScroll: true });
  }, 50);
}
