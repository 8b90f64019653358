/** One look at a log: its checkpoint, its entries, the chains shown with it, and whether they belong together. */
import { type Bytes, digest, hex, textOf, utf8 } from "../core/bytes";
import { link } from "../core/chains";
import { inclusionProof, leafHash } from "../core/merkle";
import type { Signer } from "../core/note";
import * as tlog from "../core/tlog";
import { apply, type Hidden, type Logged } from "../replay/engine";
import { State } from "../replay/state";
import { chainOf, parse, type Statement } from "../statements/statement";
import { FOR_PARTIES } from "../statements/types";
import { caught, type Lie, naming, type Shown, Tampered } from "./misconduct";

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

/** A chain as a server tells it, or null when that is none. */
export function chainIn(told: unknown): Chain | null {
  const { size, ids, statements } = (told ?? {}) as Partial<Chain>;
  const lists = isPlace(size) && Array.isArray(ids) && ids.every(isText) && Array.isArray(statements);
  return lists && statements.every(isRow) ? (told as Chain) : null;
}

const isRow = (told: unknown): boolean => {
  const { id, seq, index, note } = (told ?? {}) as Partial<Row>;
  return isText(id) && isPlace(seq) && isPlace(index) && (note === null || isText(note));
};
const isText = (value: unknown): boolean => typeof value === "string";
const isPlace = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;

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
      const tag = tagIn(entry);
      if (tag) this.tags.set(tlog.place(tag), [...this.claims(tag), index]);
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
    const later = this.claims(await tlog.tag(id, before));
    if (later.length) throw await this.lie("withheld", { detail: id, chain: ids, receipts: await this.receipts(later.slice(0, 1)) });
    if (pin && chain.size < pin.size) throw await this.lie("chain-shorter", { detail: id, chain: ids });
    return { size: chain.size, head: hex(before as Bytes) };
  }

  /** On one's own chains every text is shown: a rotation or removal hidden there would change who we are. */
  async checkWhole(id: string): Promise<void> {
    const chain = this.chains.get(id);
    const whole = !chain || chain.statements.every((row) => row.note !== null);
    if (!whole) throw await this.lie("chain-incomplete", { detail: id, chain: chain.ids });
  }

  /**
   * What the chains, read in log order, make true; then on those bound to us nothing may be held back. A rule may
   * fail for want of a text that is held back, wherever: then that is what happened.
   */
  async state(own: string[] = [], inside: string[] = []): Promise<State> {
    const history = [...this.chains].flatMap(([id, chain]) => chain.statements.map((row) => this.logged(id, row)));
    history.sort((one, two) => one.index - two.index);
    const state = new State(this.log.name, true, this.ends);
    for (const each of history) {
      const shown = { checkpoints: [this.raw], ...("note" in each ? { notes: [each.note] } : {}) };
      await naming(this.log, "against-rules", shown, () => apply(state, each)).catch(async (error: unknown) => {
        if (error instanceof Tampered) await this.checkOpen(this.chains.keys());
        throw error;
      });
    }
    await this.checkOpen(bound(state, own, inside, this.known));
    return state;
  }

  private async checkOpen(ids: Iterable<string>): Promise<void> {
    for (const id of ids) {
      const chain = this.chains.get(id);
      const [held] = chain ? await this.heldBack(chain) : [];
      if (!chain || !held) continue;
      const detail = `${id}: ${held.id} is held back, and is not for its parties alone`;
      throw await this.lie("chain-incomplete", { detail, chain: chain.ids, receipts: await this.receipts([held.index]) });
    }
  }

  /** The rows without a text whose tag in the log says that it is not for its parties alone. */
  async heldBack(chain: Chain): Promise<Row[]> {
    const held = [];
    let before: Bytes | null = null;
    for (const row of chain.statements.some(({ note }) => note === null) ? chain.statements : []) {
      const entry = this.entries[row.index];
      if (row.note === null && entry && tagIn(entry) === (await tlog.tag(row.id, before))) held.push(row);
      before = await link(before, row.id);
    }
    return held;
  }

  /** Where in the log the place of this tag is claimed. */
  private claims(tag: string): number[] {
    return this.tags.get(tlog.place(tag)) ?? [];
  }

  private async checkEntry(row: Row, before: Bytes | null): Promise<void> {
    const notes = row.note === null ? [] : [utf8(row.note)];
    const wrong = (lie: Lie, more: Shown = {}) => this.lie(lie, { detail: row.id, notes, ...more });
    const [kind, id, noted, tag = ""] = textOf(this.entries[row.index] ?? new Uint8Array()).trimEnd().split(" ");
    if (kind !== "s" || id !== row.id) throw await wrong("wrong-id");
    const plain = await tlog.tag(row.id, before);
    if (tlog.place(tag) !== tlog.place(plain)) throw await wrong("wrong-place");
    if (notes[0] && noted !== (await digest(notes[0]))) throw await wrong("wrong-note");
    const claims = this.claims(tag);
    if (claims.length > 1) throw await wrong("forked", { receipts: await this.receipts(claims.slice(0, 2)) });
    const said = this.known.get(row.id)?.said;
    if (said && notes[0] && FOR_PARTIES.has(said.type) !== (tag !== plain)) throw await wrong("mislabelled", { receipts: await this.receipts([row.index]) });
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

const tagIn = (entry: Bytes): string => textOf(entry).trimEnd().split(" ")[3] ?? "";

/**
 * The chains on which nothing is hidden from us but what is for its parties: ours, and of whom we work with. `own` are
 * one's own chain and those of one's organisations, `inside` the consortia one is in: everybody who is or was in
 * these, whom something is released to there, their people, and whoever signed for any of them.
 */
function bound(state: State, own: string[], inside: string[], known: Map<string, Known>): Set<string> {
  const teams = inside.flatMap((id) => state.consortia.get(id) ?? []);
  const orgs = new Set([...own, ...teams.flatMap(({ members }) => [...members.keys()])]);
  for (const id of teams.flatMap(({ releases }) => releases)) orgs.add(state.releases.get(id)?.to ?? "");
  const people = [...orgs].flatMap((id) => [...(state.organisations.get(id)?.people.keys() ?? [])]);
  for (const { org, person, answered } of state.requests.values()) if (answered && orgs.has(org)) people.push(person);
  const found = new Set([...orgs, ...people, ...inside]);
  const makers = [...known.values()].filter(({ said }) => found.has(chainOf(said))).map(({ said }) => said.by);
  return new Set([...found, ...makers]);
}
