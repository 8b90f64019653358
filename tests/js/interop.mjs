// Unmodified typage: seals and opens what it is told on standard input, for the other programs to compare.
import { readFileSync } from "node:fs";
import { Decrypter, Encrypter } from "age-encryption";

const from = (text) => new Uint8Array(Buffer.from(text, "base64"));
const to = (data) => Buffer.from(data).toString("base64");

async function work({ seal, open, recipient, identity, passphrase }) {
  if (seal !== undefined) {
    const writer = new Encrypter();
    if (recipient) writer.addRecipient(recipient);
    else {
      writer.setScryptWorkFactor(14);
      writer.setPassphrase(passphrase);
    }
    return to(await writer.encrypt(from(seal)));
  }
  const reader = new Decrypter();
  if (identity) reader.addIdentity(identity);
  else reader.addPassphrase(passphrase);
  return to(await reader.decrypt(from(open)));
}

const done = [];
for (const each of JSON.parse(readFileSync(0, "utf8"))) done.push(await work(each));
console.log(JSON.stringify(done));
