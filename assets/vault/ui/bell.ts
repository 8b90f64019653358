/**
 * The bell's ear. All it ever hears is that something happened somewhere; whoever rings it can cause a look at the
 * register and nothing else. Looks are few: soon after a ring, one at a time, apart, and ever more seldom while they fail.
 */
import { useEffect, useRef } from "preact/hooks";

const SOON = 400, APART = 2_000, LATEST = 60_000, SILENCE = 40_000, AGAIN = 1_000;
const OURS = /^(workspace|consortia|people)\.|^again$/;

/**
 * Listens at these places while the page is seen. `rung` is called for what bears on the vault, and each time the line
 * is open again, for what was missed. Gives what ends it.
 */
export function listen(places: string, rung: () => void): () => void {
  const over = new AbortController();
  let line: EventSource | null = null, again = 0, silent = 0, wait = AGAIN;
  const shut = (): void => {
    line?.close();
    line = null;
    clearTimeout(again);
    clearTimeout(silent);
  };
  const lost = (): void => {
    shut();
    again = window.setTimeout(open, wait * (0.5 + Math.random()));
    wait = Math.min(wait * 2, LATEST);
  };
  const alive = (): void => {
    clearTimeout(silent);
    silent = window.setTimeout(lost, SILENCE);
  };
  const heard = (verb: string): void => {
    wait = AGAIN;
    alive();
    if (OURS.test(verb)) rung();
  };
  const open = (): void => {
    shut();
    if (document.hidden || over.signal.aborted) return;
    line = new EventSource(`/bell?places=${places}`);
    alive();
    line.addEventListener("open", rung);
    line.addEventListener("message", ({ data }) => heard(String(data)));
    line.addEventListener("still", () => heard(""));
    line.addEventListener("error", lost);
  };
  const when = { signal: over.signal };
  document.addEventListener("visibilitychange", () => (document.hidden ? shut() : open()), when);
  addEventListener("online", open, when);
  addEventListener("pagehide", shut, when);
  addEventListener("pageshow", ({ persisted }) => persisted && open(), when);
  open();
  return () => {
    over.abort();
    shut();
  };
}

/** Looks soon after it is asked to; what is asked for meanwhile is one more look. Gives what asks, and what ends it. */
export function atEase(look: () => Promise<void>): [soon: () => void, end: () => void] {
  let due = false, timer = 0, pause = APART, over = false;
  const rest = (milliseconds: number): void => void (timer = window.setTimeout(next, milliseconds));
  const next = (): void => {
    timer = 0;
    if (due && !over && !document.hidden) void run();
  };
  const run = async (): Promise<void> => {
    due = false;
    timer = -1;
    try {
      await look();
      pause = APART;
    } catch {
      due = true;
      pause = Math.min(pause * 2, LATEST);
    }
    rest(pause);
  };
  const soon = (): void => {
    due = true;
    if (!timer) rest(SOON);
  };
  return [soon, () => { over = true; clearTimeout(timer); }];
}

/** While `on`, looks whenever the bell rings at one of the places, and shows what it found unless that ended meanwhile. */
export function useBell(places: string, on: boolean, look: () => Promise<() => void>): void {
  const latest = useRef(look);
  latest.current = look;
  useEffect(() => {
    if (!on || !places) return;
    let over = false;
    const [soon, end] = atEase(async () => {
      const show = await latest.current();
      if (!over) show();
    });
    const leave = listen(places, soon);
    return () => {
      over = true;
      leave();
      end();
    };
  }, [on, places]);
}
