/**
 * The logs that a bundle is over, one after the other. The newest is signed by a key that the reader knows; each begins
 * with the hash of the checkpoint that the one before ended with, so that the newest vouches for all of them. Places
 * count on over all logs.
 */
import { type Bytes, digest, same, textOf, utf8 } from "../core/bytes";
import * as cj from "../core/cj";
import { N_, prove } from "../core/errors";
import { leafHash, root, verifyInclusion } from "../core/merkle";
import * as note from "../core/note";
import * as tlog from "../core/tlog";
import { closed, each, ident, matching, number, text } from "../statements/shape";
import { need, under } from "./bag";
import type { Files } from "./zip";

/** One log: its key, what it vouches for, and the place of its first line. `named` says that the reader named its key. */
export interface Log {
  signer: note.Signer;
  vkey: string;
  named: boolean;
  base: number;
  issued: Bytes;
  point: tlog.Checkpoint;
}

const name_ = text(500);
const NAMED = { log: name_, log_vkey: name_ };
const ABOUT = { ...NAMED, kind: matching(/^(?:claim|register)$/), subject: ident, witness_vkeys: each(name_, 64, { once: "" }) };
const overOne = closed({ ...ABOUT, v: number(1, 1) });
const overMore = closed({ ...ABOUT, v: number(2, 2), earlier: each(closed(NAMED), 63, { least: 1 }) });

interface Named {
  log: string;
  log_vkey: string;
}

export interface Head extends Named {
  v: 1 | 2;
  kind: "claim" | "register";
  subject: string;
  earlier?: Named[];
}

/** What the bundle says it is about. */
export function readHead(files: Files): Head {
  const head = cj.decode(need(files, "data/bundle.json")) as unknown as Head;
  (head?.v === 2 ? overMore : overOne)(head as never);
  return head;
}

export const endOf = ({ base, point }: Log): number => base + point.size;

/** The log in which a place of the register lies. */
export const logAt = (logs: Log[], place: number): Log => logs.filter(({ base }) => base <= place).pop() as Log;

/** The name of a file of a log. */
const fileOf = (kind: string, at: number, of: number): string => (at === of - 1 ? `data/${kind}` : `data/earlier/${at + 1}.${kind}`);

/** Every log, the newest last. `keys` are those that the reader knows, with white space between them. */
export async function readLogs(files: Files, head: Head, keys: string): Promise<Log[]> {
  const named = [...(head.earlier ?? []), head];
  const known = await keysOf(keys);
  prove(known.has(head.log), N_("The bundle is from the log {log}, and the key is for {other}."), { log: head.log, other: [...known.keys()].join(", ") });
  prove(new Set(named.map(({ log }) => log)).size === named.length, N_("Two logs of the bundle have one name."));
  checkFolder(files, named.length);
  const logs: Log[] = [];
  for (const [at, { log, log_vkey: vkey }] of named.entries()) {
    const signer = await note.parseVkey(vkey);
    prove(signer.name === log && (known.get(log) ?? vkey) === vkey, N_("The bundle names another key for the log."));
    const issued = need(files, fileOf("checkpoint", at, named.length));
    const before = logs[logs.length - 1];
    logs.push({ signer, vkey, named: known.has(log), base: before ? endOf(before) : 0, issued, point: await openPoint(issued, signer) });
    if (before) await checkTie(files, at, before, logs[at] as Log);
  }
  return logs;
}

async function keysOf(keys: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const vkey of keys.split(/\s+/).filter(Boolean)) {
    const { name } = await note.parseVkey(vkey);
    prove((found.get(name) ?? vkey) === vkey, N_("Two keys were entered for one log."));
    found.set(name, vkey);
  }
  return found;
}

/** The folder of earlier logs holds their checkpoints and ties, their lines where the newest log's are there, and nothing else. */
function checkFolder(files: Files, of: number): void {
  const kinds = ["checkpoint", "tlog-proof", ...(files.has("data/log-entries") ? ["log-entries"] : [])];
  const known = Array.from({ length: of - 1 }, (_, at) => kinds.map((kind) => `data/earlier/${at + 1}.${kind}`)).flat().sort();
  prove(under(files, "data/earlier/").join() === known.join(), N_("The earlier logs are not those that the bundle names."));
}

/** A checkpoint as the log issued it. */
export async function openPoint(data: Bytes, log: note.Signer): Promise<tlog.Checkpoint> {
  prove(note.parse(data).signatures.length === 1, N_("The checkpoint is not signed by the log, and by it alone."));
  return tlog.openCheckpoint(data, log);
}

/** The first line of a log that follows another is the hash of the other's last checkpoint. */
async function checkTie(files: Files, at: number, old: Log, next: Log): Promise<void> {
  const { index, proof, checkpoint } = tlog.parseReceipt(need(files, `data/earlier/${at}.tlog-proof`));
  const facts = { log: next.signer.name, before: old.signer.name };
  prove(index === 0 && same(checkpoint, next.issued), N_("The log {log} does not begin with the end of {before}."), facts);
  const leaf = await leafHash(utf8(`p ${await digest(old.issued)}\n`));
  await verifyInclusion(leaf, 0, next.point.size, proof, next.point.root).catch(() => prove(false, N_("The log {log} does not begin with the end of {before}."), facts));
}

/** The lines of all logs, one after the other, and where each place of a chain is claimed. */
export class Lines {
  readonly all: string[] = [];
  private readonly tags = new Map<string, number[]>();

  static async read(files: Files, logs: Log[]): Promise<Lines> {
    const made = new Lines();
    for (const [at, log] of logs.entries()) await made.add(textOf(need(files, fileOf("log-entries", at, logs.length))), log);
    return made;
  }

  /** On which lines the place of this tag is claimed. */
  claims(tag: string): number[] {
    return this.tags.get(tlog.place(tag)) ?? [];
  }

  private async add(text: string, { base, point }: Log): Promise<void> {
    prove(text.endsWith("\n") || !text, N_("The log’s lines are cut."));
    const lines = text.split("\n").slice(0, -1);
    prove(lines.length === point.size, N_("The log’s lines are not as many as it vouched for."));
    const leaves = await Promise.all(lines.map((line) => leafHash(utf8(`${line}\n`))));
    prove(same(await root(leaves), point.root), N_("The log’s lines are not those it vouched for."));
    for (const line of lines) this.take(line, base);
  }

  /** Only a log that follows another begins with the end of that one. */
  private take(line: string, base: number): void {
    const index = this.all.push(line) - 1;
    const tag = /^s [0-9a-f]{64} [0-9a-f]{64} ([0-9a-f]{32})$/.exec(line)?.[1];
    prove(tag || /^[rp] [0-9a-f]{64}$/.test(line), N_("Line {line} of the log is none."), { line: index });
    prove(!line.startsWith("p") || (index === base && base > 0), N_("Line {line} of the log is the end of another log, which is not in the bundle."), { line: index });
    if (tag) this.tags.set(tlog.place(tag), [...this.claims(tag), index]);
  }
}
