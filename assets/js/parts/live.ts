// A wall's live channel (decision 18): what changed, in order and each once, through lost lines and restarts.

/** What comes with each kind of change. `note`, `tie`, `theme` and `company` say what is so now, whole. */
export interface Facts {
  note: { id: string; company: string; prompt: string; text: string; at: number; theme: string | null; paper: boolean; liked: number; by?: string };
  "note gone": { id: string };
  liked: { id: string; liked: number };
  tie: { id: string; from: string; to: string; link: "offer" | "need" | "joint" | "question"; why: string };
  "tie gone": { id: string };
  theme: { id: string; title: string; notes: string[]; companies: number; dots: number };
  "theme gone": { id: string; into: string | null };
  dots: { id: string; dots: number };
  company: { id: string; name: string; at: number };
  "company gone": { id: string };
  step: Clock;
  clock: Clock;
  lock: { locked: boolean };
  names: { hidden: boolean };
  people: { here: number };
  room: object;
  case: object;
  call: object;
  reload: object;
}
interface Clock {
  state: string;
  left: number | null;
  paused: boolean;
}
export type Change = { [K in keyof Facts]: { seq: number; kind: K } & Facts[K] }[keyof Facts];

const SOON = 1_000, LATEST = 30_000, SILENCE = 40_000;

/**
 * Follows the wall that `root` names in `data-live`, from the number in `data-seq` on, which it keeps up to date.
 * `state` is told when the line is lost and when it is back. Gives what ends it.
 */
export function follow(root: HTMLElement, heard: (change: Change) => void, state: (now: "on" | "lost") => void = () => undefined): () => void {
  let stream: EventSource | null = null, again = 0, silent = 0, wait = SOON, over = false, on: boolean | null = null;
  const seq = (): number => Number(root.dataset["seq"] ?? 0);

  function say(now: boolean): void {
    if (on !== now) state(now ? "on" : "lost");
    on = now;
  }
  function alive(): void {
    clearTimeout(silent);
    silent = window.setTimeout(lost, SILENCE);
  }
  function lost(): void {
    stream?.close();
    clearTimeout(silent);
    clearTimeout(again);
    if (over) return;
    say(false);
    again = window.setTimeout(open, wait * (0.5 + Math.random()));
    wait = Math.min(wait * 2, LATEST);
  }
  function take(event: MessageEvent<string>): void {
    alive();
    const change = JSON.parse(event.data) as Change;
    if (change.kind !== "reload" && change.seq <= seq()) return;
    root.dataset["seq"] = String(change.seq);
    heard(change);
  }
  function open(): void {
    stream = new EventSource(`${root.dataset["live"]!}?after=${seq()}`);
    alive();
    stream.addEventListener("open", () => {
      wait = SOON;
      say(true);
    });
    stream.addEventListener("message", take);
    stream.addEventListener("still", alive);
    stream.addEventListener("again", () => {
      stream?.close();
      again = window.setTimeout(open, SOON * Math.random());
    });
    stream.addEventListener("gone", () => {
      end();
      location.reload();
    });
    stream.addEventListener("error", lost);
  }
  const back = (): void => {
    if (on === false) {
      wait = SOON;
      lost();
    }
  };
  const end = (): void => {
    over = true;
    lost();
  };
  addEventListener("online", back);
  addEventListener("pagehide", () => stream?.close());
  addEventListener("pageshow", (event) => {
    if (event.persisted && !over) open();
  });
  open();
  return end;
}
