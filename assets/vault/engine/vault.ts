/**
 * The vault at work, inside the worker: who is here, their keys while unlocked, and the verified history. Keys
 * live in this object and nowhere else; locking drops it.
 */
import * as acts from "../acts";
import { type Bytes, same } from "../core/bytes";
import { ProofError } from "../core/errors";
import type { Keys } from "../core/keys";
import { COSIGNATURE, parseVkey } from "../core/note";
import { ownerOrgs } from "../replay/ownership";
import { Rejected } from "../replay/refusals";
import { type Contribution, currentKey, type Organisation, type Person, State } from "../replay/state";
import { parse } from "../statements/statement";
import { changedSince, changesFor, markOf, receivers, stepsSince } from "./changes";
import { type Keep, pinsFor } from "./logs";
import { get, getJson, post, Stale, useToken } from "./net";
import type { OpenedVersion } from "./opened";
import type { Session, Together } from "./session";
import { Follower, type Known, type Pins } from "./sync";
import { Trouble } from "./troubles";
import { turns } from "./turns";

/** Somebody's keys while this device is unlocked. */
export interface Unlocked {
  person: string;
  root: Bytes;
  keys: Keys;
}

type Make = (pen: acts.Pen) => Promise<acts.Said[]>;
type About = { organisation?: string; consortium?: string; anew?: string };
interface Sent {
  statements: { id: string; index: number; receipt: string }[];
}

export class Vault {
  unlocked: Unlocked | null = null;
  state: State;
  known = new Map<string, Known>();
  orgKeys = new Map<string, string[]>();
  opened = new Map<string, OpenedVersion | null>();
  cancel = new AbortController();
  /** Text files that were opened to search in them, by their sealed file. */
  texts = new Map<string, string>();
  private searching = new AbortController();
  private readonly inTurn = turns();
  /** Until when a page is shown what a ring has just had read: for a second. */
  private fresh = 0;

  private constructor(public session: Session, private readonly follower: Follower, private readonly keep: (pins: Pins) => void) {
    this.state = new State(session.log.origin);
  }

  /** Asks who is here. `pinned` is what this device saw before, by log; `keep` stores it anew; `accepted`: see `pinsFor`. */
  static async begin(pinned: Record<string, Pins>, keep: Keep, accepted = ""): Promise<Vault> {
    const session = await getJson<Session>("/vault/session");
    useToken(session.csrf);
    const { origin, vkey } = session.log;
    const log = await parseVkey(vkey);
    if (log.name !== origin) throw new ProofError("the log's key is not for this log");
    const witnesses = await Promise.all((session.log.witnesses ?? []).map((each) => parseVkey(each, COSIGNATURE)));
    const earlier = await Promise.all((session.log.earlier ?? []).map((each) => parseVkey(each)));
    const pins = await pinsFor({ log, earlier, lang: session.lang }, pinned, keep, accepted);
    const before = await Follower.heritage(earlier, pins);
    const follower = new Follower(log, pins, { known: witnesses, quorum: session.log.quorum ?? 0 }, before);
    return new Vault(session, follower, (pins) => keep(origin, pins));
  }

  get me(): Unlocked {
    if (!this.unlocked) throw new Trouble("locked");
    return this.unlocked;
  }

  get person(): Person {
    const person = this.state.persons.get(this.me.person);
    if (!person) throw new Trouble("key-replaced");
    return person;
  }

  get pen(): acts.Pen {
    return { state: this.state, keys: this.me.keys, person: this.me.person };
  }

  /** The witnesses that have signed the newest checkpoint, and those that are asked. */
  get witnesses(): { seen: number; known: number } {
    return { seen: this.follower.witnessed.size, known: this.session.log.witnesses?.length ?? 0 };
  }

  /** What this device has seen of the log up to now. */
  get pins(): Pins | null {
    return this.follower.pins;
  }

  get checked(): string[] {
    return this.pins?.checked ?? [];
  }

  /** Marks a person's fingerprint as compared in person, on this device. */
  setChecked(person: string, yes: boolean): void {
    const pins = this.follower.pins;
    if (!pins) return;
    const rest = pins.checked.filter((each) => each !== person);
    this.pin({ checked: yes ? [...rest, person] : rest });
  }

  /** The keys this device has seen, a mark a party. */
  get seenKeys(): Record<string, string> {
    return this.pins?.keys ?? {};
  }

  /** Goes on with the keys that these parties have today. */
  goOnWith(parties: string[]): void {
    const now = parties.map((id) => [id, markOf(this.state, id)] as const);
    this.pin({ keys: { ...this.seenKeys, ...Object.fromEntries(now) } });
  }

  /** The day somebody last had a printed sheet in their hands here, and it was the right one. */
  sheetSeen(owner: string): string {
    return this.pins?.sheets?.[owner] ?? "";
  }

  sawSheet(owner: string): void {
    this.pin({ sheets: { ...this.pins?.sheets, [owner]: new Date().toISOString() } });
  }

  private pin(more: Partial<Pins>): void {
    if (!this.follower.pins) return;
    this.follower.pins = { ...this.follower.pins, ...more };
    this.keep(this.follower.pins);
  }

  /** Who is seen for the first time is pinned as they are; what one changed oneself is no news. */
  private meet(): void {
    const seen = this.seenKeys;
    const me = this.unlocked?.person ?? "";
    const strangers = [...this.state.persons.keys(), ...this.state.organisations.keys()].filter((id) => !(id in seen));
    const own = changedSince(this.state, seen).filter((id) => id === me || this.changedByMe(id, me));
    if (strangers.length || own.length) this.goOnWith([...strangers, ...own]);
  }

  private changedByMe(id: string, me: string): boolean {
    const steps = stepsSince(this.known.values(), id, this.seenKeys[id] ?? "");
    return steps.length > 0 && steps.every(({ by }) => by === me);
  }

  /** Everything anew: the session, the log, the chains, the history. Then our own key must still be ours. */
  refresh(): Promise<void> {
    return this.inTurn(() => this.read());
  }

  /** What a page is shown: read anew, unless a ring of the bell had it read this very moment. */
  look(): Promise<void> {
    return this.inTurn(async () => { if (performance.now() > this.fresh) await this.read(); });
  }

  /** After a ring: reads what came in, if anything did, and says whether. */
  catchUp(): Promise<boolean> {
    return this.inTurn(async () => {
      const session = await getJson<Session>("/vault/session");
      const same = JSON.stringify({ ...session, csrf: "" }) === JSON.stringify({ ...this.session, csrf: "" });
      if (same && (await this.follower.isWhereItWas())) return false;
      await this.read(session);
      this.fresh = performance.now() + 1_000;
      return true;
    });
  }

  private async read(session?: Session): Promise<void> {
    this.session = session ?? (await getJson<Session>("/vault/session"));
    useToken(this.session.csrf);
    this.fresh = 0;
    const { person, organisations, consortia, released } = this.session;
    const houses = [...organisations, ...consortia, ...consortia.flatMap((each) => each.partners)];
    const roots = [person.vault_id, this.unlocked?.person, ...houses.map((each) => each.vault_id), ...released.map((each) => each.chain)];
    const asking = [...organisations.flatMap((each) => each.asking ?? []), ...consortia.flatMap((each) => each.recipients.map((to) => to.vault_id))];
    const own = [person.vault_id, ...organisations.map((each) => each.vault_id)].filter((id): id is string => !!id);
    const inside = consortia.map((each) => each.vault_id).filter((id): id is string => !!id);
    const { state, known, pins } = await this.follower.sync(roots.filter((id): id is string => !!id), asking, own, inside);
    [this.state, this.known] = [state, known];
    if (this.unlocked) this.checkOwnKey(this.unlocked);
    this.keep(pins);
    this.meet();
  }

  /** A derived key that is not the one in the log is a full stop, never a warning. */
  checkOwnKey({ person, keys }: Unlocked): void {
    const known = this.state.persons.get(person);
    const key = known && currentKey(known);
    const fits = key && same(key.sign, keys.sign.public) && key.age === keys.recipient;
    if (!fits || this.session.person.vault_id !== person) throw new Trouble("key-replaced");
  }

  /**
   * Hands statements in together, made anew behind whatever came in between, and checks every receipt. `taken` runs
   * once they are in the log and before it is read again.
   */
  say(make: Make, about: About = {}, taken = (): unknown => null): Promise<acts.Said[]> {
    return this.inTurn(() => this.saying(make, about, taken));
  }

  private async saying(make: Make, about: About, taken: () => unknown): Promise<acts.Said[]> {
    for (let tries = 5; ; tries--) {
      const said = await make(this.pen);
      if (!said.length) return said;
      const read = await Promise.all(said.map(({ note }) => parse(note)));
      await this.stopAtChanges(read.flatMap(([statement]) => receivers(statement)));
      try {
        await this.send(said, about);
        taken();
        await this.read();
        return said;
      } catch (error) {
        if (!(error instanceof Stale) || !tries) throw error;
        await this.read();
      }
    }
  }

  /** A key that changed since this device last saw it stops whatever is about to be handed to its owner. */
  async stopAtChanges(parties: string[]): Promise<void> {
    const changes = await changesFor(this, parties);
    if (changes.length) throw new Trouble("key-changed", changes.map(({ id }) => id).join(" "));
  }

  /** Hands statements in as they are, and checks every receipt. */
  handIn(said: acts.Said[], about: About, to?: string): Promise<void> {
    return this.inTurn(() => this.send(said, about, to));
  }

  private async send(said: acts.Said[], about: About, to = "/vault/statements"): Promise<void> {
    this.fresh = 0;
    const form = new FormData();
    form.set("about", JSON.stringify(about));
    for (const each of said) form.append("note", new Blob([each.note]), "note");
    for (const file of said.flatMap((each) => each.files)) form.append("attachment", new Blob([file]), "attachment");
    const { statements } = await post<Sent>(to, form);
    for (const each of said) {
      const receipt = statements.find((made) => made.id === each.id)?.receipt;
      if (!receipt) throw new ProofError("there is no receipt for what was handed in");
      await this.follower.confirm(receipt, each.id, each.note, each.place.after);
    }
  }

  /** The receipt of a statement that this device knows, fetched anew and checked. */
  async receipt(id: string): Promise<string> {
    const known = this.known.get(id);
    if (!known) throw new Trouble("unreadable");
    const receipt = await (await get(`/vault/statements/${id}/receipt`)).text();
    await this.inTurn(() => this.follower.confirm(receipt, id, known.note, known.said.place.after));
    return receipt;
  }

  /** Drops every key and everything that was opened with one. */
  lock(): void {
    this.unlocked?.root.fill(0);
    this.unlocked = null;
    this.orgKeys.clear();
    this.opened.clear();
    this.texts.clear();
    this.searching.abort();
    this.follower.forget();
  }

  together(slug: string): Together {
    const found = this.session.consortia.find((each) => each.slug === slug);
    if (!found) throw new Trouble("server", "404");
    return found;
  }

  organisation(id: string): Organisation {
    const found = this.state.organisations.get(id);
    if (!found) throw new Rejected("org-unknown");
    return found;
  }

  /** Whether an organisation of ours owns a part of it: then every grant of it is for our eyes. */
  owns(contribution: Contribution): boolean {
    return [...ownerOrgs(this.state, contribution)].some((org) => this.state.organisations.get(org)?.people.has(this.me.person));
  }

  /** Ends the search before, if one is on its way; says when this one is ended. */
  newSearch(): AbortSignal {
    this.searching.abort();
    this.searching = new AbortController();
    return this.searching.signal;
  }

  /** Forgets what was fetched of chains, so that texts hidden before are asked for again. */
  forget(): void {
    this.follower.forget();
  }

  /** The organisations we may bind: where the signed history says admin or signer. */
  mayBind(org: string): boolean {
    const role = this.unlocked && this.state.organisations.get(org)?.people.get(this.unlocked.person);
    return role === "admin" || role === "signer";
  }
}
