// Reads a bundle as the page does: the zip's name, the logs' keys with spaces between them, a file in hand ("" for none) and the fingerprints of
// roots come in, the verdict or the broken link goes out.
import { readFileSync } from "node:fs";
import { vault } from "./load.mjs";

const { bundle, zip } = vault.evidence;
const [path, vkey, inHand = "", ...roots] = process.argv.slice(2);
const hand = inHand ? new Uint8Array(readFileSync(inHand)) : null;

async function verdict(file) {
  try {
    const files = await zip.readZip(new Uint8Array(readFileSync(file)));
    return { holds: true, ...(await bundle.verify(files, vkey, { hand, roots })) };
  } catch (error) {
    return { holds: false, link: error.link ?? "zip", why: error.message };
  }
}

// A list of names, one a line, when the name ends in .list: one answer a line.
const names = path.endsWith(".list") ? readFileSync(path, "utf8").split("\n").filter(Boolean) : [path];
for (const name of names) console.log(JSON.stringify(await verdict(name)));
