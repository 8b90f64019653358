/**
 * A bundle of evidence, checked in the page: what `verify.py` checks, with the browser's own history. A time
 * stamp counts when its signature leads to a root that the reader knows; otherwise its time is not told at all.
 */
import { type Bytes, digest, hex, isId, same, textOf, unb64, utf8 } from "../core/bytes";
import { link } from "../core/chains";
import { N_, prove } from "../core/errors";
import { leafHash, verifyConsistency, verifyInclusion } from "../core/merkle";
import { openManifest, type Manifest } from "../core/manifest";
import * as tlog from "../core/tlog";
import { chainOf, parse, type Statement } from "../statements/statement";
import { FOR_PARTIES } from "../statements/types";
import { checkBag, need, shownAt, under } from "./bag";
import { type Gap, read } from "./history";
import { endOf, type Head, Lines, type Log, logAt, openPoint, readHead, readLogs } from "./logs";
import { type Doubt, isOver, readStamp, vouched } from "./stamp";
import { BrokenLink, claimOf, type Hand, type LinkName, registerOf, type Text, type Verdict } from "./verdict";
import type { Files } from "./zip";

/** How much earlier a stamp may be than its statement says it was made: no two clocks agree. */
const AWRY = 10 * 60_000;

interface Sealed {
  sha256: string;
}

/** What the reader has beside the bundle: a file, and the fingerprints of the roots of authorities they know. */
export interface Beside {
  hand?: Bytes | null;
  roots?: string[];
}

/**
 * Checks every link. `keys` is the newest log's key as the reader knows it, and those of earlier ones, with white space
 * between them. Raises BrokenLink.
 */
export async function verify(files: Files, keys: string, { hand = null, roots = [] }: Beside = {}): Promise<Verdict> {
  const bundle = new Bundle(files, hand, new Set(roots));
  try {
    return await bundle.verdict(keys);
  } catch (error) {
    throw BrokenLink.by(bundle.at, error);
  }
}

class Bundle {
  at: LinkName = "files";
  private done: LinkName[] = [];
  private texts = new Map<string, Text>();
  private chains = new Map<string, string[]>();
  private lines: Lines | null = null;
  private gaps: Gap[] = [];
  private head!: Head;
  private logs!: Log[];

  constructor(private readonly files: Files, private readonly hand: Bytes | null, private readonly roots: ReadonlySet<string>) {}

  async verdict(keys: string): Promise<Verdict> {
    await this.step("files", () => checkBag(this.files));
    await this.step("log", () => this.readLogs(keys));
    const whole = this.head.kind === "register";
    if (whole || this.files.has("data/log-entries")) await this.step("lines", () => this.readLines());
    await this.step("statements", () => this.readStatements());
    await this.step("chains", () => this.readChains());
    const told = await this.step("signatures", () => read(this.logs, [...this.texts.values()], this.gaps, this.head.subject, whole));
    const shown = under(this.files, "data/reveal/").length > 0 || under(this.files, "data/blobs/").length > 0;
    const manifest = shown ? await this.step("sealed", () => this.readSealed()) : null;
    const hand = await this.findInHand(manifest, whole);
    if (hand === "found") this.done.push("hand");
    const { stamped, root, doubt } = await this.readStamps(whole);
    return {
      kind: this.head.kind, log: this.newest.signer.name, size: this.newest.point.size, end: this.end, links: this.done, stamped, root, doubt, hand,
      logs: this.logs.map((log) => ({ name: log.signer.name, vkey: log.vkey, named: log.named, first: log.base, last: endOf(log) - 1 })),
      counts: { files: this.files.size, statements: this.texts.size, chains: this.chains.size },
      missing: this.gaps.filter(({ apart }) => !apart).map(({ index }) => index).sort((one, two) => one - two),
      apart: this.gaps.filter(({ apart }) => apart).length,
      claim: whole ? null : claimOf(told.state, this.subject(), told.approvals, manifest, this.shown(manifest), logAt(this.logs, this.subject().index)),
      register: whole ? registerOf(told.state, this.head.subject) : null,
    };
  }

  private get newest(): Log {
    return this.logs[this.logs.length - 1] as Log;
  }

  /** The place in the register after the newest log's last line. */
  private get end(): number {
    return endOf(this.newest);
  }

  private async step<T>(name: LinkName, work: () => Promise<T>): Promise<T> {
    this.at = name;
    const made = await work();
    this.done.push(name);
    return made;
  }

  private async readLogs(keys: string): Promise<void> {
    this.head = readHead(this.files);
    this.logs = await readLogs(this.files, this.head, keys);
  }

  private async readLines(): Promise<void> {
    this.lines = await Lines.read(this.files, this.logs);
  }

  private async readStatements(): Promise<void> {
    const taken = new Set<number>();
    for (const path of under(this.files, "data/statements/")) {
      const whole = need(this.files, path);
      const [said] = await parse(whole);
      prove(path === `data/statements/${said.id}.note`, N_("A statement has the wrong name: {name}."), { name: path });
      const receipt = tlog.parseReceipt(need(this.files, `data/proofs/${said.id}.tlog-proof`));
      const log = this.logs.find(({ issued }) => same(receipt.checkpoint, issued));
      prove(log, N_("A receipt leads to another checkpoint."));
      const index = log.base + receipt.index;
      const [entry, wrong] = await this.lineFor(said, whole);
      prove(this.lines?.all[index] !== textOf(wrong).trimEnd(), N_("A statement was logged as one of another kind: {id}."), { id: said.id.slice(0, 12) });
      await verifyInclusion(await leafHash(entry), receipt.index, log.point.size, receipt.proof, log.point.root);
      prove(!taken.has(index), N_("Two statements stand on one line."));
      taken.add(index);
      this.texts.set(said.id, { said, note: whole, index });
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
      if (!known) this.gaps.push({ index, chain: id, id: each, apart: !this.lines?.all[index]?.endsWith(await tlog.tag(each, before)) });
      before = await link(before, each);
    }
    const later = this.lines?.claims(await tlog.tag(id, before)) ?? [];
    const last = this.head.kind === "register" ? this.end : Math.max(...[...this.texts.values()].map((each) => each.index));
    prove(later.every((index) => index >= last), N_("A later statement of a chain is in the log, on line {line}, and not in the bundle."), { line: later[0] ?? "" });
    this.chains.set(id, ids);
  }

  private async lineOf(id: string, before: Bytes | null): Promise<number> {
    const known = this.texts.get(id)?.index;
    if (!this.lines) {
      prove(known !== undefined, N_("Without the log’s lines a chain with hidden texts cannot be read here."));
      return known as number;
    }
    const lines = this.lines.claims(await tlog.tag(id, before));
    prove(lines.length < 2, N_("Two statements claim one place, on lines {lines}: the history was forked."), { lines: lines.join(", ") });
    const line = lines[0] ?? -1;
    prove(line >= 0 && this.lines.all[line]?.startsWith(`s ${id} `), N_("A statement is not in the log where its chain has it: {id}."), { id: id.slice(0, 12) });
    prove(known === undefined || known === line, N_("A statement has a receipt for another line."));
    return line;
  }

  /** The line of a statement as it must be, and labelled as one of the other kinds. */
  private lineFor(said: Statement, whole: Bytes): Promise<[Bytes, Bytes]> {
    const apart = FOR_PARTIES.has(said.type);
    const line = (label: boolean) => tlog.statementEntry(said.id, whole, said.place.after, label);
    return Promise.all([line(apart), line(!apart)]);
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

  /** Whether the file in hand is one of the version's: as it was, or sealed, as its statement names it. It breaks nothing. */
  private async findInHand(manifest: Manifest | null, whole: boolean): Promise<Hand | null> {
    if (!this.hand) return null;
    const hash = await digest(this.hand);
    const { manifest: list, blobs } = whole ? { manifest: null, blobs: [] } : (this.subject().said.body as unknown as { manifest: Sealed; blobs: Sealed[] });
    const known = [list?.sha256, ...blobs.map(({ sha256 }) => sha256), ...(manifest?.files ?? []).map(({ sha256 }) => sha256)];
    return known.includes(hash) ? "found" : manifest ? "other" : "untold";
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
      if (size <= (whole ? this.end - 1 : this.subject().index)) continue;
      if ("doubt" in found) doubt ??= found.doubt;
      else if (this.isTooEarly(found.time, whole)) doubt = "too-early";
      else held.push(found);
    }
    const first = held.sort((one, two) => (one.time < two.time ? -1 : 1))[0];
    if (!first) return { stamped: null, root: null, doubt };
    this.done.push("stamp");
    return { stamped: first.time, root: first.root, doubt: null };
  }

  /** The place up to which a stamp covers the register, and what it says. */
  private async readStamp(path: string): Promise<[number, { time: string; root: string } | { doubt: Doubt }]> {
    const [data, base] = [need(this.files, path), path.slice(0, -".checkpoint".length)];
    const { origin } = tlog.parseCheckpoint(data);
    const log = this.logs.find(({ signer }) => signer.name === origin) ?? this.newest;
    const point = await openPoint(data, log.signer);
    const proof = textOf(need(this.files, `${base}.proof`)).split("\n").filter(Boolean).map(unb64);
    await verifyConsistency(point.size, log.point.size, point.root, log.point.root, proof);
    const stamp = readStamp(need(this.files, `${base}.tsr`));
    prove(await isOver(stamp, data), N_("A time stamp is over something else."));
    const found = await vouched(stamp, need(this.files, `${base}.pem`), this.roots);
    return [log.base + point.size, "root" in found ? { time: stamp.time, root: found.root } : found];
  }

  /** What a claim is about cannot have been stamped before it was made. */
  private isTooEarly(time: string, whole: boolean): boolean {
    return !whole && Date.parse(time) < Date.parse(this.subject().said.at) - AWRY;
  }
}
