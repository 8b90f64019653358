// The measuring script for bench/vault_browser.py: the vault's own code, bundled as for its page, as one text.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { onePrimitive } from "../tools/assets/vault.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const contents = `
  import { chacha20poly1305 } from "@noble/ciphers/chacha.js";
  import { Encrypter } from "age-encryption";
  import * as age from "./assets/vault/core/age";
  import { random } from "./assets/vault/core/bytes";

  const SIZE = 16 * 1024 * 1024;
  const CHUNK = 64 * 1024;
  const took = async (work) => { const began = performance.now(); await work(); return performance.now() - began; };
  const recipient = () => age.recipientOf(age.identityOf(random(32)));

  async function seal(plain) {
    const nothing = { plain() {}, sealed() {}, told() {} };
    await age.encryptPassing(new Blob([plain]), await recipient(), nothing, new AbortController().signal);
  }

  function chacha(plain) {
    for (let at = 0; at < plain.length; at += CHUNK)
      chacha20poly1305(new Uint8Array(32), new Uint8Array(12)).encrypt(plain.subarray(at, at + CHUNK));
  }

  async function aes(plain) {
    const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt"]);
    for (let at = 0; at < plain.length; at += CHUNK)
      await crypto.subtle.encrypt({ name: "AES-GCM", iv: new Uint8Array(12) }, key, plain.subarray(at, at + CHUNK));
  }

  async function toFifty(recipients) {
    const writer = new Encrypter();
    recipients.forEach((each) => writer.addRecipient(each));
    await writer.encrypt(new Uint8Array(1024));
  }

  /** Milliseconds, the best of several turns taken one after the other: the rest is what else the machine was doing. */
  globalThis.measure = async (turns) => {
    const plain = new Uint8Array(SIZE).fill(7);
    const recipients = await Promise.all(Array.from({ length: 50 }, recipient));
    const works = { seal: () => seal(plain), chacha: () => chacha(plain), aes: () => aes(plain), fifty: () => toFifty(recipients) };
    const best = Object.fromEntries(Object.keys(works).map((name) => [name, Infinity]));
    for (let turn = 0; turn < turns; turn++)
      for (const [name, work] of Object.entries(works)) best[name] = Math.min(best[name], await took(work));
    return { ...best, megabytes: SIZE / 1e6 };
  };
`;
const built = await build({
  bundle: true, write: false, minify: true, format: "iife", absWorkingDir: root, target: ["chrome120"], alias: onePrimitive(root),
  stdin: { contents, resolveDir: root, loader: "js" },
});
process.stdout.write(built.outputFiles[0].text);
