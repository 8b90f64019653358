/**
 * The vault at work, inside the worker: who is here, their keys while unlocked, and the verified history. Keys
 * live in this object and nowhere else; locking drops it.
 */
import * as acts from "../acts";
import { type Bytes, same } from "../core/bytes";
import { ProofError } from "../core/errors";
import type { Keys } from "../core/keys";
import { COSIGNATURE, parseVkey } from "../core/note";
import { Rejected } from "../replay/refusals";
import { currentKey, type Organisation, type Person, State } from "../replay/state";
import { getJson, post, Stale, useToken } from "./net";
import type { Session, Together } from "./session";
import { Follower, type Known, type Pins } from "./sync";
import { Trouble } from "./troubles";

/** Somebody's keys while this device is unlocked. */
export interface Unlocked {
  person: string;
  root: Bytes;
  keys: Keys;
}

/** A version as it was opened: its content key, title and files. */
export interface OpenedVersion {
  identity: string;
  title: string;
  description: string;
  files: { name: string; type: string; size: number; sha256: string; blob: string }[];
}

type About = { organisation?: string; consortium?: string };
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

  private constructor(public session: Session, private readonly follower: Follower, private readonly keep: (pins: Pins) => void) {
    this.state = new State(session.log.origin);
  }

  /** Asks who is here. `pins` is what this device saw before of a log of this name; `keep` stores it anew. */
  static async begin(pinned: (origin: string) => Pins | null, keep: (origin: string, pins: Pins) => void): Promise<Vault> {
    const session = await getJson<Session>("/vault/session");
    useToken(session.csrf);
    const { origin, vkey } = session.log;
    const log = await parseVkey(vkey);
    if (log.name !== origin) throw new ProofError("the log's key is not for this log");
    const witnesses = await Promise.all((session.log.witnesses ?? []).map((each) => parseVkey(each, COSIGNATURE)));
    const follower = new Follower(log, pinned(origin), { known: witnesses, quorum: session.log.quorum ?? 0 });
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
    this.follower.pins = { ...pins, checked: yes ? [...rest, person] : rest };
    this.keep(this.follower.pins);
  }

  /** Everything anew: the session, the log, the chains, the history. Then our own key must still be ours. */
  async refresh(): Promise<void> {
    this.session = await getJson<Session>("/vault/session");
    useToken(this.session.csrf);
    const { person, organisations, consortia } = this.session;
    const houses = [...organisations, ...consortia, ...consortia.flatMap((each) => each.partners)];
    const roots = [person.vault_id, this.unlocked?.person, ...houses.map((each) => each.vault_id)];
    const asking = organisations.flatMap((each) => each.asking ?? []);
    const { state, known, pins } = await this.follower.sync(roots.filter((id): id is string => !!id), asking);
    [this.state, this.known] = [state, known];
    if (this.unlocked) this.checkOwnKey(this.unlocked);
    this.keep(pins);
  }

  /** A derived key that is not the one in the log is a full stop, never a warning. */
  checkOwnKey({ person, keys }: Unlocked): void {
    const known = this.state.persons.get(person);
    const key = known && currentKey(known);
    const fits = key && same(key.sign, keys.sign.public) && key.age === keys.recipient;
    if (!fits || this.session.person.vault_id !== person) throw new Trouble("key-replaced");
  }

  /** Hands statements in together, made anew behind whatever came in between, and checks every receipt. */
  async say(make: (pen: acts.Pen) => Promise<acts.Said[]>, about: About = {}): Promise<acts.Said[]> {
    for (let tries = 5; ; tries--) {
      const said = await make(this.pen);
      try {
        await this.handIn(said, about);
        await this.refresh();
        return said;
      } catch (error) {
        if (!(error instanceof Stale) || !tries) throw error;
        await this.refresh();
      }
    }
  }

  async handIn(said: acts.Said[], about: About): Promise<void> {
    const form = new FormData();
    form.set("about", JSON.stringify(about));
    for (const each of said) form.append("note", new Blob([each.note]), "note");
    for (const file of said.flatMap((each) => each.files)) form.append("attachment", new Blob([file]), "attachment");
    const { statements } = await post<Sent>("/vault/statements", form);
    for (const each of said) {
      const receipt = statements.find((made) => made.id === each.id)?.receipt;
      if (!receipt) throw new ProofError("there is no receipt for what was handed in");
      await this.follower.confirm(receipt, each.id, each.note, each.place.after);
    }
  }

  /** Drops every key and everything that was opened with one. */
  lock(): void {
    this.unlocked?.root.fill(0);
    this.unlocked = null;
    this.orgKeys.clear();
    this.opened.clear();
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

  /** The organisations we may bind: where the signed history says admin or signer. */
  mayBind(org: string): boolean {
    const role = this.unlocked && this.state.organisations.get(org)?.people.get(this.unlocked.person);
    return role === "admin" || role === "signer";
  }
}
