/** One look at a log: its checkpoint, its entries, the chains shown with it, and whether they belong together. */
import { type Bytes, digest, hex, textOf, utf8 } from "../core/bytes";
import { link } from "../core/chains";
import { inclusionProof, leafHash } from "../core/merkle";
import type { Signer } from "../core/note";
import * as tlog from "../core/tlog";
import { apply, type Hidden, type Logged } from "../replay/engine";
import { State } from "../replay/state";
import { parse, type Statement } from "../statements/statement";
import { caught, type Lie, naming, type Shown } from "./misconduct";

export interface Row {
  id: string;
  seq: number;
  index: number;
  note: string | null;
}

export interface Chain {
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

export type Pin = { size: number; head: string };

/** What was fetched in one attempt; remembered only when all of it holds. */
export class Look {
  readonly chains = new Map<string, Chain>();
  readonly known = new Map<string, Known>();
  private readonly tags = new Map<string, number[]>();

  constructor(
    private readonly log: Signer, readonly raw: Bytes, readonly point: tlog.Checkpoint, private readonly entries: Bytes[],
    private readonly ends: [string, number][] = [],
  ) {
    for (const [index, entry] of entries.entries()) {
      const tag = textOf(entry).trimEnd().split(" ")[3];
      if (tag) this.tags.set(tag, [...(this.tags.get(tag) ?? []), index]);
    }
  }

  /** The index of the register at which this log begins: where the one before it ended. */
  private get base(): number {
    return this.ends.at(-1)?.[1] ?? 0;
  }

  /** Whether a chain shows statements that are newer than the checkpoint: then one looks again. */
  get ahead(): boolean {
    return [...this.chains.values()].some((chain) => chain.statements.some((row) => row.index >= this.base + this.point.size));
  }

  /** Reads the texts of a chain; gives what they say. */
  async read(id: string, chain: Chain): Promise<Statement[]> {
    this.chains.set(id, chain);
    const read = [];
    for (const row of chain.statements) {
      if (row.note === null) continue;
      const note = utf8(row.note);
      const [said] = await naming(this.log, "against-rules", { notes: [note] }, () => parse(note));
      if (said.id !== row.id) throw await this.lie("wrong-note", { detail: row.id, notes: [note] });
      this.known.set(said.id, { said, note, index: row.index });
      read.push(said);
    }
    return read;
  }

  /** A chain against the log and the pin; how far it has come. */
  async checkChain(id: string, pin: Pin | undefined): Promise<Pin> {
    const chain = this.chains.get(id) as Chain;
    const fits = chain.size > 0 && chain.ids.length === chain.size && chain.statements.length === chain.size;
    const inPlace = chain.statements.every((row, seq) => row.seq === seq && row.id === chain.ids[seq]);
    const ids = chain.ids;
    if (!fits || !inPlace || ids[0] !== id) throw await this.lie("chain-incomplete", { detail: id, chain: ids });
    let before: Bytes | null = null;
    for (const [seq, row] of chain.statements.entries()) {
      await this.checkEntry(row, before);
      before = await link(before, row.id);
      if (pin?.size === seq + 1 && hex(before) !== pin.head) throw await this.lie("chain-changed", { detail: id, chain: ids });
    }
    const later = this.tags.get(await tlog.tag(id, before));
    if (later) throw await this.lie("withheld", { detail: id, chain: ids, receipts: await this.receipts(later.slice(0, 1)) });
    if (pin && chain.size < pin.size) throw await this.lie("chain-shorter", { detail: id, chain: ids });
    return { size: chain.size, head: hex(before as Bytes) };
  }

  /** On one's own chains every text is shown: a rotation or removal hidden there would change who we are. */
  async checkWhole(id: string): Promise<void> {
    const chain = this.chains.get(id);
    const whole = !chain || chain.statements.every((row) => row.note !== null);
    if (!whole) throw await this.lie("chain-incomplete", { detail: id, chain: chain.ids });
  }

  /** What the chains, read in log order, make true. */
  async state(): Promise<State> {
    const history = [...this.chains].flatMap(([id, chain]) => chain.statements.map((row) => this.logged(id, row)));
    history.sort((one, two) => one.index - two.index);
    const state = new State(this.log.name, true, this.ends);
    for (const each of history) {
      const shown = { checkpoints: [this.raw], ...("note" in each ? { notes: [each.note] } : {}) };
      await naming(this.log, "against-rules", shown, () => apply(state, each));
    }
    return state;
  }

  private async checkEntry(row: Row, before: Bytes | null): Promise<void> {
    const notes = row.note === null ? [] : [utf8(row.note)];
    const wrong = (lie: Lie, more: Shown = {}) => this.lie(lie, { detail: row.id, notes, ...more });
    const [kind, id, noted, tag = ""] = textOf(this.entries[row.index] ?? new Uint8Array()).trimEnd().split(" ");
    if (kind !== "s" || id !== row.id) throw await wrong("wrong-id");
    if (tag !== (await tlog.tag(row.id, before))) throw await wrong("wrong-place");
    if (notes[0] && noted !== (await digest(notes[0]))) throw await wrong("wrong-note");
    const claims = this.tags.get(tag) ?? [];
    if (claims.length > 1) throw await wrong("forked", { receipts: await this.receipts(claims.slice(0, 2)) });
  }

  private lie(lie: Lie, shown: Shown): Promise<Error> {
    return caught(this.log, lie, { checkpoints: [this.raw], ...shown });
  }

  /** Entries with the proof that they stand in the log, for a stranger to check; not those of logs before. */
  private async receipts(indices: number[]): Promise<[string, string][]> {
    const leaves = await Promise.all(this.entries.slice(this.base).map(leafHash));
    const places = indices.map((index) => index - this.base).filter((index) => index >= 0);
    return Promise.all(places.map(async (index): Promise<[string, string]> => {
      const receipt = { index, proof: await inclusionProof(leaves, index), checkpoint: this.raw };
      return [textOf(this.entries[this.base + index] as Bytes), tlog.writeReceipt(receipt)];
    }));
  }

  /** A person's request to an organisation that is none of our business is taken by its id alone. */
  private logged(chain: string, row: Row): Logged | Hidden {
    const read = this.known.get(row.id);
    const strange = read?.said.type === "person.request" && !this.chains.has(read.said.body.org as string);
    return read && !strange ? { index: row.index, note: read.note } : { index: row.index, chain, id: row.id };
  }
}
