/**
 * Sealed files on their way to the server, by draft-ietf-httpbis-resumable-upload. When the line breaks, sending goes on
 * by itself at the byte that the server has; a new sealing has another key, so that nothing of it outlives this page.
 */
import { comeSoFar, handOver, Passing, WHOLE } from "./net";
import { Trouble } from "./troubles";

const SMALL = 2 ** 20, PART = 32 * 2 ** 20; // up to SMALL in one go
const TRIES = 6, LONGEST = 20_000;

/** How far a file has come, and whether we wait for the line just now. */
export type Told = (sent: number, waiting: boolean) => void;

/** Sends a sealed file. Gives up when `signal` says so, or when so many tries in a row have brought nothing. */
export async function send(path: string, body: Blob, told: Told, signal: AbortSignal): Promise<void> {
  let at = 0, furthest = 0, vain = 0, sure = true, shown = 0;
  const tell = (sent: number): void => told((shown = sent), false);
  while (at < WHOLE) {
    try {
      if (!sure) at = await comeSoFar(path, signal);
      sure = true;
      if (at > furthest) [furthest, vain] = [at, 0];
      if (at < WHOLE) at = await next(path, body, at, tell, signal);
    } catch (why) {
      if (signal.aborted) throw new Trouble("cancelled");
      if (!(why instanceof Passing) || ++vain >= TRIES) throw why;
      sure = false;
      told(shown, true);
      await rest(Math.min(LONGEST, 500 * 2 ** vain), signal);
    }
  }
}

/**
 * Sends the next part, or the whole of a small file; where the file is then. Of one whose bytes have all come, and that
 * nobody put together, the last part is empty.
 */
async function next(path: string, body: Blob, at: number, tell: (sent: number) => void, signal: AbortSignal): Promise<number> {
  const stop = Math.min(body.size, at + PART);
  const whole = at === 0 && body.size <= SMALL;
  const headers: Record<string, string> = whole
    ? { "content-type": "application/octet-stream" }
    : {
        "content-type": "application/partial-upload",
        "upload-offset": String(at),
        "upload-length": String(body.size),
        "upload-complete": stop === body.size ? "?1" : "?0",
      };
  await handOver(whole ? "PUT" : "PATCH", path, body.slice(at, stop), headers, (sent) => tell(Math.min(at + sent, stop)), signal);
  return stop === body.size ? WHOLE : stop;
}

/** Waits, or less when the line is back or somebody says stop. */
function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const over = (): void => {
      clearTimeout(timer);
      for (const [where, what] of ends) where.removeEventListener(what, over);
      done();
    };
    const ends: [EventTarget, string][] = [[self, "online"], [signal, "abort"]];
    const timer = setTimeout(over, milliseconds);
    for (const [where, what] of ends) where.addEventListener(what, over);
  });
}
