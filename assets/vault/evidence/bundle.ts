/**
 * A bundle of evidence, checked in the page: what `verify.py` checks, with the browser's own history. A time
 * stamp counts when its signature leads to a root that the reader knows; otherwise its time is not told at all.
 */
import { type Bytes, digest, hex, isId, same, textOf, unb64, utf8 } from "../core/bytes";
import { link } from "../core/chains";
import * as cj from "../core/cj";
import { N_, prove } from "../core/errors";
import { leafHash, root, verifyConsistency, verifyInclusion } from "../core/merkle";
import { openManifest, type Manifest } from "../core/manifest";
import * as note from "../core/note";
import * as tlog from "../core/tlog";
import { chainOf, parse, type Statement } from "../statements/statement";
import { FOR_PARTIES } from "../statements/types";
import { closed, each, ident, matching, number, text } from "../statements/shape";
import { checkBag, need, shownAt, under } from "./bag";
import { type Gap, read } from "./history";
import { type Doubt, isOver, readStamp, vouched } from "./stamp";
import { BrokenLink, claimOf, type LinkName, registerOf, type Text, type Verdict } from "./verdict";
import type { Files } from "./zip";

const name_ = text(500);
const head_ = closed({ v: number(1, 1), kind: matching(/^(?:claim|register)$/), subject: ident, log: name_, log_vkey: name_, witness_vkeys: each(name_, 64, { once: "" }) });
type Head = { kind: "claim" | "register"; subject: string; log: string; log_vkey: string };

/** How much earlier a stamp may be than its statement says it was made: no two clocks agree. */
const AWRY = 10 * 60_000;

/** What the reader has beside the bundle: a file, and the fingerprints of the roots of authorities they know. */
export interface Beside {
  hand?: Bytes | null;
  roots?: string[];
}

/** Checks every link. `vkey` is the log's key as the reader knows it. Raises BrokenLink. */
export async function verify(files: Files, vkey: string, { hand = null, roots = [] }: Beside = {}): Promise<Verdict> {
  const bundle = new Bundle(files, hand, new Set(roots));
  try {
    return await bundle.verdict(vkey.trim());
  } catch (error) {
    throw BrokenLink.by(bundle.at, error);
  }
}

class Bundle {
  at: LinkName = "files";
  private done: LinkName[] = [];
  private texts = new Map<string, Text>();
  private chains = new Map<string, string[]>();
  private entries: string[] | null = null;
  private tags = new Map<string, number[]>();
  private gaps: Gap[] = [];
  private head!: Head;
  private log!: note.Signer;
  private issued!: Bytes;
  private point!: tlog.Checkpoint;

  constructor(private readonly files: Files, private readonly hand: Bytes | null, private readonly roots: ReadonlySet<string>) {}

  async verdict(vkey: string): Promise<Verdict> {
    await this.step("files", () => checkBag(this.files));
    await this.step("log", () => this.readLog(vkey));
    if (this.head.kind === "register" || this.files.has("data/log-entries")) await this.step("lines", () => this.readLines());
    await this.step("statements", () => this.readStatements());
    await this.step("chains", () => this.readChains());
    const whole = this.head.kind === "register";
    const told = await this.step("signatures", () => read(this.log.name, [...this.texts.values()], this.gaps, this.head.subject, whole));
    const shown = under(this.files, "data/reveal/").length > 0;
    const manifest = shown ? await this.step("sealed", () => this.readSealed()) : null;
    const askable = !whole && (manifest !== null || (await this.isSealed()));
    const inHand = this.hand && askable ? await this.step("hand", () => this.findInHand(manifest)) : false;
    const { stamped, root, doubt } = await this.readStamps(whole);
    return {
      kind: this.head.kind, log: this.log.name, size: this.point.size, links: this.done, stamped, root, doubt,
      unasked: !!this.hand && !askable,
      counts: { files: this.files.size, statements: this.texts.size, chains: this.chains.size },
      missing: this.gaps.filter(({ apart }) => !apart).map(({ index }) => index).sort((one, two) => one - two),
      apart: this.gaps.filter(({ apart }) => apart).length,
      claim: whole ? null : claimOf(told.state, this.subject(), told.approvals, manifest, this.shown(manifest), inHand),
      register: whole ? registerOf(told.state, this.head.subject) : null,
    };
  }

  private async step<T>(name: LinkName, work: () => Promise<T>): Promise<T> {
    this.at = name;
    const made = await work();
    this.done.push(name);
    return made;
  }

  private async readLog(vkey: string): Promise<void> {
    const head = cj.decode(need(this.files, "data/bundle.json"));
    head_(head);
    this.head = head as unknown as Head;
    this.log = await note.parseVkey(vkey);
    prove(this.head.log === this.log.name, N_("The bundle is from the log {log}, and the key is for {other}."), { log: this.head.log, other: this.log.name });
    prove(this.head.log_vkey === vkey, N_("The bundle names another key for the log."));
    this.issued = need(this.files, "data/checkpoint");
    this.point = await this.checkpoint(this.issued);
  }

  private async checkpoint(data: Bytes): Promise<tlog.Checkpoint> {
    prove(note.parse(data).signatures.length === 1, N_("The checkpoint is not signed by the log, and by it alone."));
    return tlog.openCheckpoint(data, this.log);
  }

  private async readLines(): Promise<void> {
    const all = textOf(need(this.files, "data/log-entries"));
    prove(all.endsWith("\n") || !all, N_("The log’s lines are cut."));
    const lines = all.split("\n").slice(0, -1);
    prove(lines.length === this.point.size, N_("The log’s lines are not as many as it vouched for."));
    const leaves = await Promise.all(lines.map((line) => leafHash(utf8(`${line}\n`))));
    prove(same(await root(leaves), this.point.root), N_("The log’s lines are not those it vouched for."));
    for (const [index, line] of lines.entries()) {
      const tag = /^s [0-9a-f]{64} [0-9a-f]{64} ([0-9a-f]{32})$/.exec(line)?.[1];
      prove(tag || /^[rp] [0-9a-f]{64}$/.test(line), N_("Line {line} of the log is none."), { line: index });
      if (tag) this.tags.set(tlog.place(tag), [...this.claims(tag), index]);
    }
    this.entries = lines;
  }

  private async readStatements(): Promise<void> {
    const taken = new Set<number>();
    for (const path of under(this.files, "data/statements/")) {
      const whole = need(this.files, path);
      const [said] = await parse(whole);
      prove(path === `data/statements/${said.id}.note`, N_("A statement has the wrong name: {name}."), { name: path });
      const receipt = tlog.parseReceipt(need(this.files, `data/proofs/${said.id}.tlog-proof`));
      prove(same(receipt.checkpoint, this.issued), N_("A receipt leads to another checkpoint."));
      const [entry, wrong] = await this.lines(said, whole);
      prove(this.entries?.[receipt.index] !== textOf(wrong).trimEnd(), N_("A statement was logged as one of another kind: {id}."), { id: said.id.slice(0, 12) });
      await verifyInclusion(await leafHash(entry), receipt.index, this.point.size, receipt.proof, this.point.root);
      prove(!taken.has(receipt.index), N_("Two statements stand on one line."));
      taken.add(receipt.index);
      this.texts.set(said.id, { said, note: whole, index: receipt.index });
    }
    prove(this.texts.size > 0 && under(this.files, "data/proofs/").length === this.texts.size, N_("A receipt is for nothing."));
  }

  private async readChains(): Promise<void> {
    for (const path of under(this.files, "data/chains/")) {
      const lines = textOf(need(this.files, path)).split("\n");
      const ids = lines.slice(0, -1);
      const fits = lines[lines.length - 1] === "" && ids.length > 0 && ids.every(isId) && new Set(ids).size === ids.length;
      prove(fits && path === `data/chains/${ids[0]}.ids`, N_("This is no chain: {name}."), { name: path });
      await this.readChain(ids[0] as string, ids);
    }
    for (const { said } of this.texts.values()) {
      const chain = this.chains.get(chainOf(said));
      const stands = chain ? chain.includes(said.id) : this.head.kind === "claim" && ["version", "approve"].includes(said.type);
      prove(stands, N_("A statement’s chain is not in the bundle."));
      if (!chain) await this.lineOf(said.id, said.place.after);
    }
  }

  private async readChain(id: string, ids: string[]): Promise<void> {
    let [before, newest]: [Bytes | null, number] = [null, -1];
    prove(this.texts.has(id), N_("A chain does not show its first statement."));
    for (const [seq, each] of ids.entries()) {
      const known = this.texts.get(each);
      const place = known?.said.place;
      const fits = !known || (chainOf(known.said) === id && place?.seq === seq && hex(place.after ?? new Uint8Array()) === hex(before ?? new Uint8Array()));
      prove(fits, N_("A statement does not stand where its chain has it: {id}."), { id: each.slice(0, 12) });
      const index = await this.lineOf(each, before);
      prove(index > newest, N_("A chain is not in the order of the log."));
      newest = index;
      if (!known) this.gaps.push({ index, chain: id, id: each, apart: !this.entries?.[index]?.endsWith(await tlog.tag(each, before)) });
      before = await link(before, each);
    }
    const later = this.claims(await tlog.tag(id, before));
    const last = this.head.kind === "register" ? this.point.size : Math.max(...[...this.texts.values()].map((each) => each.index));
    prove(later.every((index) => index >= last), N_("A later statement of a chain is in the log, on line {line}, and not in the bundle."), { line: later[0] ?? "" });
    this.chains.set(id, ids);
  }

  private async lineOf(id: string, before: Bytes | null): Promise<number> {
    const known = this.texts.get(id)?.index;
    if (!this.entries) {
      prove(known !== undefined, N_("Without the log’s lines a chain with hidden texts cannot be read here."));
      return known as number;
    }
    const lines = this.claims(await tlog.tag(id, before));
    prove(lines.length < 2, N_("Two statements claim one place, on lines {lines}: the history was forked."), { lines: lines.join(", ") });
    const line = lines[0] ?? -1;
    prove(line >= 0 && this.entries[line]?.startsWith(`s ${id} `), N_("A statement is not in the log where its chain has it: {id}."), { id: id.slice(0, 12) });
    prove(known === undefined || known === line, N_("A statement has a receipt for another line."));
    return line;
  }

  /** The line of a statement as it must be, and labelled as one of the other kinds. */
  private lines(said: Statement, whole: Bytes): Promise<[Bytes, Bytes]> {
    const apart = FOR_PARTIES.has(said.type);
    const line = (label: boolean) => tlog.statementEntry(said.id, whole, said.place.after, label);
    return Promise.all([line(apart), line(!apart)]);
  }

  /** On which lines of the log the place of this tag is claimed. */
  private claims(tag: string): number[] {
    return this.tags.get(tlog.place(tag)) ?? [];
  }

  private async readSealed(): Promise<Manifest | null> {
    const { said } = this.subject();
    const blobs = said.body.blobs as { sha256: string; size: number }[];
    const sealed = new Map([said.body.manifest as { sha256: string; size: number }, ...blobs].map((blob) => [blob.sha256, blob.size]));
    for (const path of under(this.files, "data/blobs/")) {
      const data = need(this.files, path);
      const hash = await digest(data);
      prove(path === `data/blobs/${hash}.age` && sealed.get(hash) === data.length, N_("A sealed file is not one of the version’s: {name}."), { name: path });
    }
    const known = /^data\/reveal\/(?:manifest\.json|content-key\.txt|files\/.+|renamed\/.+|classic\/.+)$/;
    prove(under(this.files, "data/reveal/").every((path) => known.test(path)), N_("The bundle shows something unknown."));
    const key = this.files.get("data/reveal/content-key.txt");
    if (key) {
      const named = /^# public key: (age1pq1[0-9a-z]+)\nAGE-SECRET-KEY-PQ-1[0-9A-Z]+\n$/.exec(textOf(key))?.[1] ?? "";
      prove((await digest(utf8(named))) === said.body.content_key, N_("The content key is not the one that was signed."));
    }
    const plain = this.files.get("data/reveal/manifest.json");
    const manifest = plain ? await openManifest(plain, said.body.commitment as string, blobs.map((blob) => blob.sha256)) : null;
    const places = new Map(manifest?.files.map((file, at) => [shownAt(at + 1, file.name), file]));
    for (const path of [...under(this.files, "data/reveal/files/"), ...under(this.files, "data/reveal/renamed/")]) {
      const data = need(this.files, path);
      const file = places.get(path);
      prove(file?.sha256 === (await digest(data)) && file.size === data.length, N_("A file is not the one on the list: {name}."), { name: path });
    }
    return manifest;
  }

  /** Whether the file in hand is one of the version's in its sealed form, which its statement names. */
  private async isSealed(): Promise<boolean> {
    const hash = await digest(this.hand ?? new Uint8Array());
    return (this.subject().said.body.blobs as { sha256: string }[]).some((blob) => blob.sha256 === hash);
  }

  private async findInHand(manifest: Manifest | null): Promise<boolean> {
    const hash = await digest(this.hand as Bytes);
    prove((await this.isSealed()) || manifest?.files.some((file) => file.sha256 === hash), N_("The file in your hand is not one of those that were sealed."));
    return true;
  }

  private shown(manifest: Manifest | null): string[] {
    return (manifest?.files ?? []).filter(({ name }, at) => this.files.has(shownAt(at + 1, name))).map(({ name }) => name);
  }

  private subject(): Text {
    const found = this.texts.get(this.head.subject);
    prove(found?.said.type === "version", N_("The statement that the claim is about is not in the bundle."));
    return found as Text;
  }

  /** The earliest time that counts, and who vouches for it; otherwise why a time that is named does not. */
  private async readStamps(whole: boolean): Promise<Pick<Verdict, "stamped" | "root" | "doubt">> {
    const held: { time: string; root: string }[] = [];
    let doubt: Doubt | null = null;
    this.at = "stamp";
    for (const path of under(this.files, "data/timestamps/").filter((name) => name.endsWith(".checkpoint"))) {
      const [size, found] = await this.readStamp(path);
      if (size <= (whole ? this.point.size - 1 : this.subject().index)) continue;
      if ("doubt" in found) doubt ??= found.doubt;
      else if (this.isTooEarly(found.time, whole)) doubt = "too-early";
      else held.push(found);
    }
    const first = held.sort((one, two) => (one.time < two.time ? -1 : 1))[0];
    if (!first) return { stamped: null, root: null, doubt };
    this.done.push("stamp");
    return { stamped: first.time, root: first.root, doubt: null };
  }

  private async readStamp(path: string): Promise<[number, { time: string; root: string } | { doubt: Doubt }]> {
    const [data, base] = [need(this.files, path), path.slice(0, -".checkpoint".length)];
    const point = await this.checkpoint(data);
    const proof = textOf(need(this.files, `${base}.proof`)).split("\n").filter(Boolean).map(unb64);
    await verifyConsistency(point.size, this.point.size, point.root, this.point.root, proof);
    const stamp = readStamp(need(this.files, `${base}.tsr`));
    prove(await isOver(stamp, data), N_("A time stamp is over something else."));
    const found = await vouched(stamp, need(this.files, `${base}.pem`), this.roots);
    return [point.size, "root" in found ? { time: stamp.time, root: found.root } : found];
  }

  /** What a claim is about cannot have been stamped before it was made. */
  private isTooEarly(time: string, whole: boolean): boolean {
    return !whole && Date.parse(time) < Date.parse(this.subject().said.at) - AWRY;
  }
}
