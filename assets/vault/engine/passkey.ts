/**
 * Unlocking with a passkey: a convenience beside the six words and the printed sheet, never instead of them.
 *
 * WebAuthn exists on pages and not in workers, so the touch itself happens on the page. Everything else stays
 * here: typage runs in this worker as it would on a page, over a `navigator.credentials` that asks the page for
 * the touch alone. What crosses over is what the passkey answers (two results of its secret function for this
 * one file, moved and not copied); the file, the root in it and every key never leave the worker.
 */
import { decryptWithPasskey, encryptWithPasskey, newPasskey } from "../core/age";
import type { Bytes } from "../core/bytes";
import { FormatError } from "../core/errors";
import { readIdentityFile } from "../core/grants";
import { enterWith } from "./doors";
import { identityFile } from "./making";
import { lookFor, put, remove } from "./net";
import { Trouble } from "./troubles";
import type { Vault } from "./vault";

const FILE = "/vault/unlock/passkey";

/** What the page is asked to do: make a passkey, or let one answer. */
export interface Touch {
  kind: "create" | "get";
  publicKey: object;
}

/** What the page brings back from it. */
export interface Touched {
  rawId: ArrayBuffer;
  transports: string[];
  prf: { enabled?: boolean; results?: { first: ArrayBuffer; second?: ArrayBuffer } };
}

/** Gives this worker a `navigator.credentials` whose touches happen on the page. */
export function lendCredentials(page: (touch: Touch) => Promise<Touched>): void {
  const credential = (kind: Touch["kind"]) => async ({ publicKey }: { publicKey: object }): Promise<object> => {
    const { rawId, transports, prf } = await page({ kind, publicKey });
    return { rawId, response: { getTransports: () => transports }, getClientExtensionResults: () => ({ prf }) };
  };
  const value = { create: credential("create"), get: credential("get") };
  Object.defineProperty(navigator, "credentials", { value, configurable: true });
}

/** Keeps an unlock file for a passkey: this device's own if it has one, else a new one. The line that finds it. */
export async function keepPasskey(vault: Vault, known: string): Promise<string> {
  const plain = await identityFile(vault);
  const passkey = known || (await touched(() => newPasskey(`Crosslab, ${vault.session.person.name}`, here())));
  const file = await touched(() => encryptWithPasskey(plain, passkey));
  await put(FILE, file);
  await vault.refresh();
  return passkey;
}

export async function removePasskey(vault: Vault): Promise<void> {
  await remove(FILE);
  await vault.refresh();
}

export async function unlockWithPasskey(vault: Vault, passkey: string): Promise<void> {
  const file = await lookFor(FILE);
  if (!file) throw new Trouble("no-unlock-file");
  await enterWith(vault, await readIdentityFile(await opened(file, passkey)));
}

const here = (): string => self.location.hostname;

async function opened(file: Bytes, passkey: string): Promise<Bytes> {
  return touched(() => decryptWithPasskey(file, passkey, here()));
}

/** Runs what needs a touch; what went wrong becomes one of three things a person can act on. */
async function touched<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Trouble || error instanceof FormatError) throw error;
    throw new Trouble(error instanceof Error && error.message.startsWith("PRF") ? "no-prf" : "wrong-passkey");
  }
}
