/**
 * Which log this device follows. A log of another name or key than the one it has seen is followed only when its
 * reader was asked; one that does not even claim to continue what was seen is a full stop.
 */
import { unb64 } from "../core/bytes";
import { type Signer, vkeyOf } from "../core/note";
import { openCheckpoint } from "../core/tlog";
import { caught, naming } from "./misconduct";
import type { Pins } from "./sync";
import { Trouble } from "./troubles";

/** The verifier keys of the log that was followed, and of the one that is said to continue it. */
export interface LogChange {
  before: string;
  now: string;
  /** The reader's language: nothing else of the session is told. */
  lang: string;
}

/** What the server says of the register: its newest log, and those before it. */
export interface Register {
  log: Signer;
  earlier: Signer[];
  lang: string;
}

export type Keep = (origin: string, pins: Pins) => void;

/**
 * What was pinned, of the newest log of the register that this device has seen. `accepted` is the key of the log
 * that its reader goes on with knowingly; it is remembered in the pins of the one before.
 */
export async function pinsFor({ log, earlier, lang }: Register, pinned: Record<string, Pins>, keep: Keep, accepted = ""): Promise<Pins | null> {
  const last = [log, ...[...earlier].reverse()].find(({ name }) => pinned[name]);
  const pins = last && pinned[last.name];
  if (!last || !pins) return strange(log, pinned);
  const checkpoint = unb64(pins.checkpoint);
  await naming(log, "other-log", { detail: "its key is not the one this device has seen", checkpoints: [checkpoint] }, () => openCheckpoint(checkpoint, last));
  const now = await vkeyOf(log);
  if (last === log || pins.next === now) return pins;
  if (accepted !== now) throw new Trouble("log-changed", JSON.stringify({ before: await vkeyOf(last), now, lang } satisfies LogChange));
  const told = { ...pins, next: now };
  keep(last.name, told);
  return told;
}

/** Nothing seen at all is a first visit. Something seen, and nothing of it in this register, is another register. */
async function strange(log: Signer, pinned: Record<string, Pins>): Promise<null> {
  const checkpoints = Object.values(pinned).map((each) => unb64(each.checkpoint));
  if (checkpoints.length) throw await caught(log, "other-log", { detail: "it does not continue a log this device has seen", checkpoints });
  return null;
}
