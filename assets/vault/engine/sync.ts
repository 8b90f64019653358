/**
 * Sync, every time: checkpoint signature, consistency from the pin, every entry of the log under its root, each
 * followed chain against those entries and against the pin, then replay. Any failure stops everything.
 */
import { b64, type Bytes, digest, hex, textOf, unb64, utf8 } from "../core/bytes";
import { prove } from "../core/errors";
import { leafHash, root } from "../core/merkle";
import type { Signer } from "../core/note";
import * as tlog from "../core/tlog";
import type { State } from "../replay/state";
import { parse, type Statement } from "../statements/statement";
import { FOR_PARTIES } from "../statements/types";
import { type Chain, chainIn, type Known, Look } from "./look";
import { caught, naming } from "./misconduct";
import { getBytes, jsonIn, lookFor } from "./net";

export type { Known } from "./look";

/** What this device has seen: kept between visits, so that nothing seen can be taken back unnoticed. */
export interface Pins {
  checkpoint: string;
  heads: Record<string, { size: number; head: string }>;
  /** Persons whose fingerprint was compared in person. */
  checked: string[];
  /** The key of each party as it was when it was last looked at (`changes.ts`). */
  keys?: Record<string, string>;
  /** The key of the log that may follow this one: its reader was asked. */
  next?: string;
  /** When a printed sheet was last held against its key here. */
  sheets?: Record<string, string>;
}

export interface Synced {
  state: State;
  known: Map<string, Known>;
  pins: Pins;
}

/** Whose lines under a checkpoint count, and how many of them it takes. */
export interface Witnesses {
  known: Signer[];
  quorum: number;
}

/** The logs that the followed one continues: their entries, where in the register each ended, the last one's end. */
export interface Heritage {
  entries: Bytes[];
  ends: [string, number][];
  last: Bytes | null;
}

const NONE: Heritage = { entries: [], ends: [], last: null };
const WIDTH = 256;
const MOST_CHAINS = 2_000;
const AT_ONCE = 16;

/** Follows one log for as long as the page is open. */
export class Follower {
  private entries: Bytes[] = [];
  /** The roots of whole bundles of 256 entries: what was verified once is not hashed again. */
  private bundles: Bytes[] = [];
  private chains = new Map<string, Chain>();
  private own = new Set<string>();
  /** For whom the chains were asked for. */
  private scope = "";
  /** Chains of which something was not shown that others may read: perhaps we may, too, by now. */
  private partial = new Set<string>();
  /** The checkpoint under which everything was read the last time. */
  private read: tlog.Checkpoint | null = null;
  /** Who of the witnesses has signed the newest checkpoint, and when by their own clock. */
  witnessed = new Map<string, number>();

  constructor(
    private readonly log: Signer, public pins: Pins | null, private readonly witnesses: Witnesses = { known: [], quorum: 0 },
    private readonly before: Heritage = NONE, private readonly prefix = "/vault/log",
  ) {}

  /** Reads logs that have ended, one after another, each to its last checkpoint and from what was pinned of it. */
  static async heritage(logs: Signer[], pins: Pins | null): Promise<Heritage> {
    let so = NONE;
    for (const [at, log] of logs.entries()) {
      const own = pins && tlog.parseCheckpoint(unb64(pins.checkpoint)).origin === log.name ? pins : null;
      const reader = new Follower(log, own, undefined, so, `/vault/log/${at + 1}`);
      const [data, point] = await reader.opened();
      await reader.readEntries(data, point);
      const entries = [...so.entries, ...reader.entries];
      so = { entries, ends: [...so.ends, [log.name, entries.length]], last: data };
    }
    return so;
  }

  /**
   * The state after everything the log holds on these chains, on `more` if they may be had, and on all that bear on
   * them. `own` are one's own chain and those of one's organisations: nothing on them is ever hidden from us. `inside`
   * are the consortia one is in: there, and with everybody in them, nothing is but what is for its parties alone.
   */
  async sync(roots: string[], more: string[] = [], own: string[] = [], inside: string[] = [], tries = 4): Promise<Synced> {
    this.own = new Set(own);
    const look = await this.readLog();
    await this.follow(look, roots, more);
    if (look.ahead && tries) return this.sync(roots, more, own, inside, tries - 1);
    if (look.ahead) throw await caught(this.log, "unlogged", { checkpoints: [look.raw] });
    for (const id of own) await look.checkWhole(id);
    const heads: Pins["heads"] = { ...this.pins?.heads };
    for (const id of look.chains.keys()) heads[id] = await look.checkChain(id, this.pins?.heads[id]);
    const state = await look.state(own, inside);
    this.pins = { ...this.pins, checkpoint: b64(look.raw), heads, checked: this.pins?.checked ?? [] };
    [this.chains, this.scope] = [look.chains, scopeOf(roots)];
    this.partial = await this.partly(look);
    this.read = look.point;
    return { state, known: look.known, pins: this.pins };
  }

  /** The receipt's checkpoint, proven to hold this note and to continue what was seen. */
  async confirm(receipt: string, id: string, note: Bytes, before: Bytes | null): Promise<void> {
    const [parsed, point] = await naming(this.log, "receipt", { notes: [note] }, async () => {
      const read = tlog.parseReceipt(utf8(receipt));
      return [read, await tlog.verifyReceipt(read, await tlog.statementEntry(id, note, before, FOR_PARTIES.has((await parse(note))[0].type)), this.log)] as const;
    });
    if ((await this.continues(point, parsed.checkpoint)) && this.pins) this.pins = { ...this.pins, checkpoint: b64(parsed.checkpoint) };
  }

  /** Whether the log says that it stands where it was read. Where it says anything else, it is read and held to account. */
  async isWhereItWas(): Promise<boolean> {
    const data = await getBytes(`${this.prefix}/checkpoint`);
    try {
      const { origin, size, root: whole } = tlog.parseCheckpoint(data);
      return origin === this.read?.origin && size === this.read.size && hex(whole) === hex(this.read.root);
    } catch {
      return false;
    }
  }

  /** Forgets chains, so that texts hidden before are asked for again. */
  forget(): void {
    this.chains.clear();
  }

  /** Whether a checkpoint is as new as the pin or newer; an older receipt must be continued by the pin. */
  private async continues(point: tlog.Checkpoint, data: Bytes): Promise<boolean> {
    if (!this.pins) return true;
    const held = unb64(this.pins.checkpoint);
    const pin = tlog.parseCheckpoint(held);
    if (this.before.ends.some(([origin]) => origin === pin.origin)) return true;
    const [old, fresh] = pin.size <= point.size ? [pin, point] : [point, pin];
    const both = { checkpoints: [held, data] };
    await naming(this.log, old.size === fresh.size ? "split" : "rewritten", both, async () => {
      const path = `${this.prefix}/consistency?old=${old.size}&new=${fresh.size}`;
      const proof = old.size > 0 && old.size < fresh.size ? tlog.parseProof(textOf(await getBytes(path))) : [];
      await tlog.checkExtends(old, fresh, proof);
    });
    return point.size >= pin.size;
  }

  /** The newest checkpoint, and every entry under it. */
  private async readLog(): Promise<Look> {
    const [data, point] = await this.opened();
    await this.checkWitnesses(data);
    return this.readEntries(data, point);
  }

  /** The newest checkpoint, by the log's own key, and a continuation of what was pinned of this log. */
  private async opened(): Promise<[Bytes, tlog.Checkpoint]> {
    const data = await getBytes(`${this.prefix}/checkpoint`);
    const shown = { checkpoints: [data] };
    const { origin } = await naming(this.log, "checkpoint", shown, () => tlog.parseCheckpoint(data));
    if (origin !== this.log.name) throw await caught(this.log, "other-log", { ...shown, detail: origin });
    const point = await naming(this.log, "checkpoint", shown, () => tlog.openCheckpoint(data, this.log));
    const pin = this.pins && tlog.parseCheckpoint(unb64(this.pins.checkpoint));
    if (pin && pin.origin === point.origin && point.size < pin.size) throw await caught(this.log, "smaller", { checkpoints: [unb64(this.pins?.checkpoint ?? ""), data] });
    await this.continues(point, data);
    return [data, point];
  }

  private async checkWitnesses(data: Bytes): Promise<void> {
    const seen = await Promise.all(this.witnesses.known.map(async (each) => [each.name, await tlog.cosignedAt(data, each)] as const));
    this.witnessed = new Map(seen.filter((each): each is [string, number] => each[1] !== null));
    const fits = this.witnessed.size >= this.witnesses.quorum;
    if (!fits) throw await caught(this.log, "witnesses", { detail: `${this.witnessed.size} / ${this.witnesses.quorum}`, checkpoints: [data] });
  }

  /** Whole bundles never change, so each is asked for and hashed once; the rest every time. */
  private async readEntries(data: Bytes, point: tlog.Checkpoint): Promise<Look> {
    const shown = { checkpoints: [data] };
    const [entries, bundles] = [this.entries.slice(0, this.bundles.length * WIDTH), [...this.bundles]];
    const missing = Array.from({ length: Math.ceil(point.size / WIDTH) - bundles.length }, (_, at) => bundles.length + at);
    for (let at = 0; at < missing.length; at += AT_ONCE)
      for (const found of await Promise.all(missing.slice(at, at + AT_ONCE).map((each) => this.bundle(each, point, data)))) entries.push(...found);
    for (let at = bundles.length; (at + 1) * WIDTH <= point.size; at++) bundles.push(await rootOf(entries.slice(at * WIDTH, (at + 1) * WIDTH)));
    const tail = entries.slice(bundles.length * WIDTH);
    const whole = await root([...bundles, ...(tail.length || !bundles.length ? [await rootOf(tail)] : [])]);
    await naming(this.log, "entries-changed", shown, () => prove(hex(whole) === hex(point.root), "another root"));
    [this.entries, this.bundles] = [entries, bundles];
    const { last, ends } = this.before;
    const heir = !last || textOf(entries[0] ?? new Uint8Array()) === `p ${await digest(last)}\n`;
    if (!heir) throw await caught(this.log, "other-log", { detail: "it does not begin where the other ended", checkpoints: [last, data] });
    return new Look(this.log, data, point, [...this.before.entries, ...entries], ends);
  }

  private async bundle(number: number, point: tlog.Checkpoint, data: Bytes): Promise<Bytes[]> {
    const width = Math.min(WIDTH, point.size - number * WIDTH);
    const bytes = await getBytes(`${this.prefix}/${tlog.entriesPath(number, width)}`);
    const shown = { checkpoints: [data] };
    const entries = await naming(this.log, "entries-changed", shown, () => tlog.unbundle(bytes));
    if (entries.length < width) throw await caught(this.log, "entries-withheld", { ...shown, detail: `${entries.length} of ${width}` });
    return entries.slice(0, width);
  }

  /**
   * Every chain that the given ones lead to: who signed, for whom, who is named. Whoever follows other chains than
   * before may read texts by now that were not shown then: these are asked for again. Without them what others do
   * next would look as if it were against the rules.
   */
  private async follow(look: Look, roots: string[], more: string[]): Promise<void> {
    const anew = scopeOf(roots) !== this.scope;
    await this.walk(look, roots, more, anew);
    const fresh = [...look.chains.keys()].some((id) => !this.chains.has(id));
    if (!anew && fresh && this.chains.size) await this.walk(look, roots, more, true);
  }

  private async walk(look: Look, roots: string[], more: string[], anew: boolean): Promise<void> {
    const asked = new Set<string>();
    let wanted = [...new Set([...roots, ...more])];
    while (wanted.length) {
      if (asked.size + wanted.length > MOST_CHAINS) throw await caught(this.log, "too-many-chains");
      wanted.forEach((id) => asked.add(id));
      const fetched = await Promise.all(wanted.map((id) => this.chain(id, roots.includes(id), anew)));
      const next = new Set<string>();
      for (const [at, chain] of fetched.entries()) {
        if (!chain) continue;
        for (const each of await look.read(wanted[at] as string, chain)) for (const id of namedBy(each)) if (!asked.has(id)) next.add(id);
      }
      wanted = [...next];
    }
  }

  private async partly(look: Look): Promise<Set<string>> {
    const found = new Set<string>();
    for (const [id, chain] of look.chains) if ((await look.heldBack(chain)).length) found.add(id);
    return found;
  }

  private async chain(id: string, mustBeThere: boolean, anew: boolean): Promise<Chain | null> {
    const known = this.chains.get(id);
    const hidden = known?.statements.some((row) => row.note === null);
    const again = hidden && (anew || this.own.has(id) || this.partial.has(id));
    const before = again ? undefined : known;
    const data = await lookFor(`/vault/chains/${id}?after=${before?.size ?? 0}`);
    if (!data && mustBeThere) throw await caught(this.log, "chain-missing", { detail: id });
    if (!data) return null;
    const fresh = chainIn(jsonIn(data));
    if (!fresh) throw await caught(this.log, "chain-incomplete", { detail: `${id}: not in the form that chains have` });
    const { size, ids } = fresh;
    const grown = known?.ids.every((each, at) => each === ids[at]) ?? true;
    if (known && ids.length < known.ids.length) throw await caught(this.log, "chain-shorter", { detail: id, chain: ids });
    if (!grown) throw await caught(this.log, "chain-changed", { detail: id, chain: ids });
    return { size, ids, statements: [...(before?.statements ?? []), ...fresh.statements] };
  }
}

const scopeOf = (roots: string[]): string => [...roots].sort().join(" ");
const rootOf = async (entries: Bytes[]): Promise<Bytes> => root(await Promise.all(entries.map(leafHash)));

/** The persons and organisations whose own chains it takes to judge a statement. */
function namedBy({ type, by, org, body }: Statement): string[] {
  const named = [by, org];
  if (type !== "org.remove" && type !== "consortium.remove") named.push(...["org", "person", "to"].map((key) => String(body[key] ?? "")));
  for (const key of ["authors", "orgs"]) if (Array.isArray(body[key])) named.push(...(body[key] as string[]));
  return named.filter(Boolean);
}
