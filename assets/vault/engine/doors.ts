/** Ways in: making keys, unlocking with the passphrase, coming back with the printed root. */
import * as acts from "../acts";
import { decryptWithPassphrase, encryptWithPassphrase } from "../core/age";
import { type Bytes, random } from "../core/bytes";
import { FormatError, ProofError } from "../core/errors";
import { fingerprint } from "../core/fingerprint";
import { readIdentityFile, writeIdentityFile } from "../core/grants";
import { ORG, parseRecoveryString, personKeys, recoveryString, ROOT } from "../core/keys";
import { generate, readWords, tidy } from "../core/passphrase";
import { getBytes, lookFor, put } from "./net";
import { Trouble } from "./troubles";
import type { Unlocked, Vault } from "./vault";

const WORD_LIST = "/vault/app/words.txt";
const PASSPHRASE = "/vault/unlock/passphrase";
const LAST = 8;
/** The server takes a statement dated ten minutes ago at most; the sheet may need longer than that. */
const FRESH = 9 * 60_000;

/** What the recovery sheet says. It is shown once and never stored. */
export interface Sheet {
  kind: "person" | "organisation";
  name: string;
  holder: string;
  recovery: string;
  fingerprint: string;
}

interface Draft {
  passphrase: string;
  unlocked: Unlocked;
  said: acts.Said;
  made: number;
  handedIn?: boolean;
}

let draft: Draft | null = null;

/** New keys and a new passphrase; nothing is sent before the sheet was checked. */
export async function beginSetUp(vault: Vault): Promise<{ passphrase: string }> {
  const words = await readWords(await getBytes(WORD_LIST));
  const root = random(32);
  const unlocked = { person: "", root, keys: await personKeys(root) };
  draft = { passphrase: generate(words), unlocked, ...(await named(vault, unlocked)) };
  return { passphrase: draft.passphrase };
}

/** Whether the six words were typed as shown. */
export const repeats = async (_: Vault, typed: string): Promise<boolean> => tidy(typed) === draftNow().passphrase;

/** The sheet to print. */
export async function sheet(vault: Vault): Promise<Sheet> {
  const { unlocked, said } = draftNow();
  const { name } = vault.session.person;
  const recovery = recoveryString(unlocked.root);
  return { kind: "person", name, holder: vault.session.organisations[0]?.name ?? "", recovery, fingerprint: await fingerprint(said.id) };
}

/** Ends set-up once the last characters were read off the sheet; true when the printed fingerprint holds. */
export async function endSetUp(vault: Vault, typed: string): Promise<{ right: boolean; reprint: boolean }> {
  const current = draftNow();
  if (lastOf(recoveryString(current.unlocked.root)) !== lastOf(typed, true)) return { right: false, reprint: false };
  const reprint = !current.handedIn && Date.now() - current.made > FRESH;
  if (reprint) Object.assign(current, await named(vault, current.unlocked));
  const unlocked = { ...current.unlocked, person: current.said.id };
  await vault.handIn([current.said], {});
  current.handedIn = true;
  vault.unlocked = unlocked;
  await vault.refresh();
  await keepUnlockFile(vault, current.passphrase);
  draft = null;
  return { right: true, reprint };
}

/** Opens the unlock file with the six words. */
export async function unlock(vault: Vault, passphrase: string): Promise<void> {
  const file = await lookFor(PASSPHRASE);
  if (!file) throw new Trouble("no-unlock-file");
  const identity = await readIdentityFile(await decrypted(file, tidy(passphrase)));
  const unlocked = { person: identity.person, root: identity.root, keys: await personKeys(identity.root) };
  await enter(vault, unlocked, identity.epoch);
}

/** Comes back with the printed root, and gives this person a new passphrase. */
export async function recover(vault: Vault, typed: string): Promise<{ passphrase: string }> {
  const root = rootIn(typed);
  const person = vault.session.person.vault_id;
  if (!person) throw new Trouble("no-unlock-file");
  await enter(vault, { person, root, keys: await personKeys(root) }, 1).catch((error: unknown) => {
    if (error instanceof Trouble && error.code === "key-replaced") throw new Trouble("wrong-root", "other");
    throw error;
  });
  return renewPassphrase(vault);
}

/** Six new words for the same keys; the old ones stop working. */
export async function renewPassphrase(vault: Vault): Promise<{ passphrase: string }> {
  const passphrase = generate(await readWords(await getBytes(WORD_LIST)));
  await keepUnlockFile(vault, passphrase);
  return { passphrase };
}

/** The last characters of a recovery key, as they are asked for after printing. */
export const lastOf = (text: string, whole = false): string => {
  const tidyText = text.replace(/[\s-]+/g, "").toUpperCase();
  return whole ? tidyText : tidyText.slice(-LAST);
};

export const orgRecovery = (root: Bytes): string => recoveryString(root, ORG);

async function enter(vault: Vault, unlocked: Unlocked, epoch: number): Promise<void> {
  vault.unlocked = unlocked;
  try {
    await vault.refresh();
    if (vault.person.keys.length < epoch) throw new Trouble("key-replaced");
  } catch (error) {
    vault.lock();
    throw error;
  }
}

async function keepUnlockFile(vault: Vault, passphrase: string): Promise<void> {
  const { person, root } = vault.me;
  const plain = await writeIdentityFile({ person, epoch: vault.person.keys.length, root });
  await put(PASSPHRASE, await encryptWithPassphrase(plain, passphrase));
}

async function named(vault: Vault, { keys }: Unlocked): Promise<{ said: acts.Said; made: number }> {
  const said = await acts.createPerson({ state: vault.state, keys, person: "" }, vault.session.person.name);
  return { said, made: Date.now() };
}

function draftNow(): Draft {
  if (!draft) throw new Trouble("locked");
  return draft;
}

async function decrypted(file: Bytes, passphrase: string): Promise<Bytes> {
  try {
    return await decryptWithPassphrase(file, passphrase);
  } catch (error) {
    if (error instanceof ProofError) throw new Trouble("wrong-passphrase");
    throw error;
  }
}

function rootIn(typed: string): Bytes {
  try {
    return parseRecoveryString(typed, ROOT);
  } catch (error) {
    if (error instanceof FormatError) throw new Trouble("wrong-root", "mistyped");
    throw error;
  }
}

