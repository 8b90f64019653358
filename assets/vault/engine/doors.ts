/** Ways in: the passphrase, the printed root. A passkey's way is in `passkey.ts`. */
import { decryptWithPassphrase } from "../core/age";
import { type Bytes, same } from "../core/bytes";
import { FormatError, ProofError } from "../core/errors";
import { type IdentityFile, readIdentityFile } from "../core/grants";
import { parseRecoveryString, personKeys, recoveryString, ROOT } from "../core/keys";
import { tidy } from "../core/passphrase";
import { freshWords, keepPassphrase, lastOf } from "./making";
import { lookFor } from "./net";
import { Trouble } from "./troubles";
import type { Unlocked, Vault } from "./vault";

export const PASSPHRASE = "/vault/unlock/passphrase";

/** Opens the unlock file with the six words. */
export async function unlock(vault: Vault, passphrase: string): Promise<void> {
  const file = await lookFor(PASSPHRASE);
  if (!file) throw new Trouble("no-unlock-file");
  await enterWith(vault, await readIdentityFile(await decrypted(file, tidy(passphrase))));
}

/** Enters with what an unlock file held: the chain must name exactly these keys, at no earlier number than the file. */
export async function enterWith(vault: Vault, file: IdentityFile): Promise<void> {
  const { person, root, epoch } = file;
  await enter(vault, { person, root, keys: await personKeys(root) }, epoch);
}

/** Comes back with the printed root, and gives this person a new passphrase. */
export async function recover(vault: Vault, typed: string): Promise<{ passphrase: string }> {
  const root = rootIn(typed, ROOT);
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
  const passphrase = await freshWords();
  await keepPassphrase(vault, passphrase);
  return { passphrase };
}

/** Whether the sheet of the keys that are open now is the one at hand: its last characters are read off it. */
export const sheetIsHere = async (vault: Vault, typed: string): Promise<boolean> => {
  const right = lastOf(recoveryString(vault.me.root)) === lastOf(typed, true);
  if (right) vault.sawSheet(vault.me.person);
  return right;
};

/** The root in a typed recovery key of a kind; a wrong letter is told apart from a wrong sheet. */
export function rootIn(typed: string, kind: string): Bytes {
  try {
    return parseRecoveryString(typed, kind);
  } catch (error) {
    if (error instanceof FormatError) throw new Trouble("wrong-root", "mistyped");
    throw error;
  }
}

async function enter(vault: Vault, unlocked: Unlocked, epoch: number): Promise<void> {
  vault.unlocked = unlocked;
  try {
    await vault.refresh();
    if (vault.person.keys.length < epoch) throw new Trouble("key-replaced");
  } catch (error) {
    const old = error instanceof Trouble && error.code === "key-replaced" && wasOnce(vault, unlocked);
    vault.lock();
    throw old ? new Trouble("old-key", old) : error;
  }
}

/**
 * A key that was this person's once and is not today: an older unlock file or an older sheet. It opens nothing
 * here. The day of the change goes along, for whoever did not make it must hear of it.
 */
function wasOnce(vault: Vault, { person, keys }: Unlocked): string {
  const known = vault.state.persons.get(person);
  const at = known?.keys.slice(0, -1).findIndex((key) => same(key.sign, keys.sign.public)) ?? -1;
  if (!known || at < 0 || vault.session.person.vault_id !== person) return "";
  const changes = [...vault.known.values()].filter(({ said }) => said.type === "person.rotate" && said.by === person);
  changes.sort((one, two) => one.index - two.index);
  return changes[at]?.said.at ?? "";
}

async function decrypted(file: Bytes, passphrase: string): Promise<Bytes> {
  try {
    return await decryptWithPassphrase(file, passphrase);
  } catch (error) {
    if (error instanceof ProofError) throw new Trouble("wrong-passphrase");
    throw error;
  }
}
