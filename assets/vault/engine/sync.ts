/**
 * Sync, every time: checkpoint signature, consistency from the pin, every entry of the log under its root, each
 * followed chain against those entries and against the pin, then replay. Any failure stops everything.
 */
import { b64, type Bytes, digest, hex, same, textOf, unb64, utf8 } from "../core/bytes";
import { link } from "../core/chains";
import { prove } from "../core/errors";
import { leafHash, root } from "../core/merkle";
import type { Signer } from "../core/note";
import * as tlog from "../core/tlog";
import { type Hidden, type Logged, replay } from "../replay/engine";
import type { State } from "../replay/state";
import { parse, type Statement } from "../statements/statement";
import { getBytes, getJson, lookFor } from "./net";

/** What this device has seen: kept between visits, so that nothing seen can be taken back unnoticed. */
export interface Pins {
  checkpoint: string;
  heads: Record<string, { size: number; head: string }>;
  /** Persons whose fingerprint was compared in person. */
  checked: string[];
}

interface Row {
  id: string;
  seq: number;
  index: number;
  note: string | null;
}

interface Chain {
  size: number;
  ids: string[];
  statements: Row[];
}

/** One statement as it was read: its parts, whole note and place in the log. */
export interface Known {
  said: Statement;
  note: Bytes;
  index: number;
}

export interface Synced {
  state: State;
  known: Map<string, Known>;
  pins: Pins;
}

const WIDTH = 256;
const MOST_CHAINS = 2_000;

/** Follows one log for as long as the page is open. */
export class Follower {
  private entries: Bytes[] = [];
  private leaves: Bytes[] = [];
  private chains = new Map<string, Chain>();

  constructor(private readonly log: Signer, public pins: Pins | null) {}

  /** The state after everything the log holds on these chains, on `more` if they may be had, and on all that bear on them. */
  async sync(roots: string[], more: string[] = [], tries = 4): Promise<Synced> {
    const checkpoint = await getBytes("/vault/log/checkpoint");
    const point = await tlog.openCheckpoint(checkpoint, this.log);
    await this.continues(point);
    await this.readLog(point);
    const known = new Map<string, Known>();
    const history: (Logged | Hidden)[] = [];
    const heads: Pins["heads"] = { ...this.pins?.heads };
    const tags = tally(this.entries.map((entry) => textOf(entry).trimEnd().split(" ")[3] ?? ""));
    for (const [id, chain] of await this.follow(roots, more, known)) {
      const ahead = chain.statements.some((row) => row.index >= point.size);
      prove(!ahead || tries, "statements are shown that the log does not vouch for");
      if (ahead) return this.sync(roots, more, tries - 1);
      heads[id] = await this.checkChain(id, chain, tags, known);
      history.push(...chain.statements.map((row) => this.logged(id, row, known)));
    }
    history.sort((one, two) => one.index - two.index);
    const state = await replay(history, this.log.name, true);
    this.pins = { checkpoint: b64(checkpoint), heads, checked: this.pins?.checked ?? [] };
    return { state, known, pins: this.pins };
  }

  /** The receipt's checkpoint, proven to hold this note and to continue what was seen. */
  async confirm(receipt: string, id: string, note: Bytes, before: Bytes | null): Promise<void> {
    const parsed = tlog.parseReceipt(utf8(receipt));
    const point = await tlog.verifyReceipt(parsed, await tlog.statementEntry(id, note, before), this.log);
    await this.continues(point);
    if (this.pins) this.pins = { ...this.pins, checkpoint: b64(parsed.checkpoint) };
  }

  private async continues(point: tlog.Checkpoint): Promise<void> {
    if (!this.pins) return;
    const pin = tlog.parseCheckpoint(unb64(this.pins.checkpoint));
    const between = pin.origin === point.origin && pin.size > 0 && pin.size < point.size;
    const path = `/vault/log/consistency?old=${pin.size}&new=${point.size}`;
    const proof = between ? tlog.parseProof(textOf(await getBytes(path))) : [];
    await tlog.checkExtends(pin, point, proof);
  }

  private async readLog(point: tlog.Checkpoint): Promise<void> {
    const whole = Math.floor(this.entries.length / WIDTH);
    const fresh = this.entries.slice(0, whole * WIDTH);
    for (let bundle = whole; bundle * WIDTH < point.size; bundle++) {
      const width = Math.min(WIDTH, point.size - bundle * WIDTH);
      const entries = tlog.unbundle(await getBytes(`/vault/log/tile/entries/${bundle}`));
      prove(entries.length >= width, "the log holds back entries it has vouched for");
      fresh.push(...entries.slice(0, width));
    }
    const kept = this.leaves.slice(0, whole * WIDTH);
    const leaves = [...kept, ...(await Promise.all(fresh.slice(kept.length).map(leafHash)))];
    prove(same(await root(leaves), point.root), "the log's entries are not those it has vouched for");
    [this.entries, this.leaves] = [fresh, leaves];
  }

  /** Every chain that the given ones lead to: who signed, for whom, who is named. */
  private async follow(roots: string[], more: string[], known: Map<string, Known>): Promise<Map<string, Chain>> {
    const found = new Map<string, Chain>();
    const asked = new Set<string>();
    let wanted = [...new Set([...roots, ...more])];
    while (wanted.length) {
      prove(asked.size + wanted.length <= MOST_CHAINS, "more chains bear on this workspace than can be");
      wanted.forEach((id) => asked.add(id));
      const fetched = await Promise.all(wanted.map((id) => this.chain(id, roots.includes(id))));
      const next = new Set<string>();
      for (const [at, chain] of fetched.entries()) {
        if (!chain) continue;
        found.set(wanted[at] as string, chain);
        for (const each of await readNotes(chain, known)) for (const id of namedBy(each)) if (!asked.has(id)) next.add(id);
      }
      wanted = [...next];
    }
    return found;
  }

  private async chain(id: string, mustBeThere: boolean): Promise<Chain | null> {
    const before = this.chains.get(id);
    const path = `/vault/chains/${id}?after=${before?.size ?? 0}`;
    const data = mustBeThere ? await getBytes(path) : await lookFor(path);
    if (!data) return null;
    const fresh = JSON.parse(textOf(data)) as Chain;
    const statements = [...(before?.statements ?? []), ...fresh.statements];
    const chain = { size: fresh.size, ids: fresh.ids, statements };
    this.chains.set(id, chain);
    return chain;
  }

  /** Forgets chains, so that texts hidden before are asked for again. */
  forget(): void {
    this.chains.clear();
  }

  private async checkChain(
    id: string, chain: Chain, tags: Map<string, number>, known: Map<string, Known>,
  ): Promise<{ size: number; head: string }> {
    const fits = chain.size > 0 && chain.ids.length === chain.size && chain.statements.length === chain.size;
    prove(fits && chain.ids[0] === id, "a chain is not complete");
    const pin = this.pins?.heads[id];
    let before: Bytes | null = null;
    for (const [seq, row] of chain.statements.entries()) {
      prove(row.seq === seq && row.id === chain.ids[seq], "a chain's statements are not in their places");
      await this.checkEntry(row, before, tags, known.get(row.id)?.note);
      before = await link(before, row.id);
      if (pin && pin.size === seq + 1) prove(hex(before) === pin.head, "a chain is not the one this device has seen");
    }
    prove(!pin || pin.size <= chain.size, "a chain is shorter than this device has seen it");
    prove(!tags.has(await tlog.tag(id, before)), "the newest statement of a chain is being withheld");
    return { size: chain.size, head: hex(before as Bytes) };
  }

  private async checkEntry(row: Row, before: Bytes | null, tags: Map<string, number>, note?: Bytes): Promise<void> {
    const [kind, id, noted, tag = ""] = textOf(this.entries[row.index] as Bytes).trimEnd().split(" ");
    const placed = kind === "s" && id === row.id && tag === (await tlog.tag(row.id, before));
    prove(placed && (!note || noted === (await digest(note))), "a statement is not the one that was logged");
    prove(tags.get(tag) === 1, "two statements claim the same place in a chain: the history was forked");
  }

  /** A person's request to an organisation that is none of our business is taken by its id alone. */
  private logged(chain: string, row: Row, known: Map<string, Known>): Logged | Hidden {
    const read = known.get(row.id);
    const strange = read?.said.type === "person.request" && !this.chains.has(read.said.body.org as string);
    return read && !strange ? { index: row.index, note: read.note } : { index: row.index, chain, id: row.id };
  }
}

async function readNotes(chain: Chain, known: Map<string, Known>): Promise<Statement[]> {
  const read = [];
  for (const row of chain.statements) {
    if (row.note === null) continue;
    const note = utf8(row.note);
    const [said] = await parse(note);
    prove(said.id === row.id, "a statement is not the one its chain names");
    known.set(said.id, { said, note, index: row.index });
    read.push(said);
  }
  return read;
}

/** The persons and organisations whose own chains it takes to judge a statement. */
function namedBy({ type, by, org, body }: Statement): string[] {
  const named = [by, org];
  if (type !== "org.remove" && type !== "consortium.remove") named.push(...["org", "person", "to"].map((key) => String(body[key] ?? "")));
  for (const key of ["authors", "orgs"]) if (Array.isArray(body[key])) named.push(...(body[key] as string[]));
  return named.filter(Boolean);
}

function tally(tags: string[]): Map<string, number> {
  const counted = new Map<string, number>();
  for (const tag of tags) if (tag) counted.set(tag, (counted.get(tag) ?? 0) + 1);
  return counted;
}
