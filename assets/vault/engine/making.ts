/**
 * Making keys: a root, its sheet, the check that the sheet is in somebody's hands, and only then a statement. The
 * same way for a first key, for the next one, and for a new start when everything was lost.
 */
import * as acts from "../acts";
import { encryptWithPassphrase } from "../core/age";
import { type Bytes, random, same } from "../core/bytes";
import { fingerprint } from "../core/fingerprint";
import { writeIdentityFile } from "../core/grants";
import { personKeys, recoveryString } from "../core/keys";
import { generate, readWords, tidy } from "../core/passphrase";
import { currentKey } from "../replay/state";
import { wrapTo } from "./handover";
import { orgKeysOf } from "./houses";
import { getBytes, put, remove } from "./net";
import { Trouble } from "./troubles";
import type { Unlocked, Vault } from "./vault";

const WORD_LIST = "/vault/app/words.txt";
const UNLOCK = "/vault/unlock/";
const ANEW = "/vault/anew";
const LAST = 8;
/** The server takes a statement dated ten minutes ago at most; the sheet may need longer than that. */
const FRESH = 9 * 60_000;

/** Why a key is made: the first, the next one with its reason, or a new start confirmed with one's own address. */
export type Purpose =
  | { kind: "first" }
  | { kind: "next"; reason: "routine" | "lost_device" | "compromise" }
  | { kind: "anew"; confirm: string };

/** What the recovery sheet says. It is shown once and never stored. */
export interface Sheet {
  kind: "person" | "organisation";
  name: string;
  holder: string;
  recovery: string;
  fingerprint: string;
}

interface Draft {
  purpose: Purpose;
  passphrase: string;
  unlocked: Unlocked;
  /** A first statement, made before the sheet is printed: the fingerprint on the sheet follows from it. */
  first: { said: acts.Said; made: number } | null;
  entered?: boolean;
}

let draft: Draft | null = null;

/** New keys and a new passphrase; nothing is sent before the sheet was checked. */
export async function beginKeys(vault: Vault, purpose: Purpose): Promise<{ passphrase: string }> {
  const root = random(32);
  const person = purpose.kind === "next" ? vault.me.person : "";
  const unlocked = { person, root, keys: await personKeys(root) };
  const first = purpose.kind === "next" ? null : await named(vault, unlocked);
  draft = { purpose, passphrase: await freshWords(), unlocked, first };
  return { passphrase: draft.passphrase };
}

/** Whether the six words were typed as shown. */
export const repeats = async (typed: string): Promise<boolean> => tidy(typed) === draftNow().passphrase;

/** The sheet to print. */
export async function sheet(vault: Vault): Promise<Sheet> {
  const { unlocked, first } = draftNow();
  const { session } = vault;
  const holder = session.organisations[0]?.name ?? "";
  const print = await fingerprint(first ? first.said.id : unlocked.person);
  return { kind: "person", name: session.person.name, holder, recovery: recoveryString(unlocked.root), fingerprint: print };
}

/** Enters the keys once the last characters were read off the sheet; `reprint` when its fingerprint is another now. */
export async function endKeys(vault: Vault, typed: string): Promise<{ right: boolean; reprint: boolean }> {
  const current = draftNow();
  if (lastOf(recoveryString(current.unlocked.root)) !== lastOf(typed, true)) return { right: false, reprint: false };
  const reprint = await enter(vault, current);
  current.entered = true;
  await keepPassphrase(vault, current.passphrase);
  if (current.purpose.kind === "next" && "passkey" in vault.session.person.ways) await remove(`${UNLOCK}passkey`);
  await vault.refresh();
  vault.sawSheet(vault.me.person);
  draft = null;
  return { right: true, reprint };
}

/** The unlock file of the keys that are open now, under a passphrase; it replaces the one before. */
export async function keepPassphrase(vault: Vault, passphrase: string): Promise<void> {
  await put(`${UNLOCK}passphrase`, await encryptWithPassphrase(await identityFile(vault), passphrase));
}

/** What every unlock file holds: whose root, at which number of key, and the root. */
export function identityFile(vault: Vault): Promise<Bytes> {
  const { person, root } = vault.me;
  return writeIdentityFile({ person, epoch: vault.person.keys.length, root });
}

export const freshWords = async (): Promise<string> => generate(await readWords(await getBytes(WORD_LIST)));

/** The last characters of a recovery key, as they are asked for after printing. */
export const lastOf = (text: string, whole = false): string => {
  const tidyText = text.replace(/[\s-]+/g, "").toUpperCase();
  return whole ? tidyText : tidyText.slice(-LAST);
};

/** States the key, unless that was done before and only what follows failed. */
async function enter(vault: Vault, current: Draft): Promise<boolean> {
  if (current.entered) return false;
  if (!current.first) {
    await rotate(vault, current);
    return false;
  }
  const reprint = Date.now() - current.first.made > FRESH;
  if (reprint) current.first = await named(vault, current.unlocked);
  const { said } = current.first;
  if (current.purpose.kind === "anew") await vault.handIn([said], { anew: current.purpose.confirm }, ANEW);
  else await vault.handIn([said], {});
  vault.unlocked = { ...current.unlocked, person: said.id };
  await vault.refresh();
  return reprint;
}

/**
 * The next key, and with it, in the same envelope, one's own copy of every organisation key one may hand out. The
 * old key signs that the new one is the same person's; the new one signs what follows.
 */
async function rotate(vault: Vault, { purpose, unlocked }: Draft): Promise<void> {
  if (purpose.kind !== "next") return;
  const fresh = unlocked.keys;
  const make = async (pen: acts.Pen): Promise<acts.Said[]> => {
    const said = [await acts.rotate(pen, fresh, purpose.reason)];
    const next = { ...pen, keys: fresh };
    for (const org of administered(vault)) {
      const keys = await orgKeysOf(vault, org);
      if (keys.length) said.push(...(await wrapTo(next, org, keys, [{ person: pen.person, recipient: fresh.recipient }])));
    }
    return said;
  };
  const become = (): void => {
    vault.unlocked?.root.fill(0);
    vault.unlocked = unlocked;
  };
  await vault.say(make, {}, become).catch(async (error: unknown) => {
    if (!isNow(vault, unlocked)) throw error;
    become(); // the answer to an earlier try was lost on its way, the key was not
    await vault.refresh();
  });
}

function isNow(vault: Vault, { person, keys }: Unlocked): boolean {
  const known = vault.state.persons.get(person);
  return !!known && same(currentKey(known).sign, keys.sign.public);
}

const administered = (vault: Vault): string[] =>
  [...vault.state.organisations.values()].filter((org) => org.people.get(vault.me.person) === "admin").map((org) => org.id);

async function named(vault: Vault, { keys }: Unlocked): Promise<{ said: acts.Said; made: number }> {
  const said = await acts.createPerson({ state: vault.state, keys, person: "" }, vault.session.person.name);
  return { said, made: Date.now() };
}

function draftNow(): Draft {
  if (!draft) throw new Trouble("locked");
  return draft;
}
