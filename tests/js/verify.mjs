// Reads a bundle as the page does: the zip's name and the log's key come in, the verdict or the broken link goes out.
import { readFileSync } from "node:fs";
import { vault } from "./load.mjs";

const { bundle, zip } = vault.evidence;
const [path, vkey, hand] = process.argv.slice(2);

async function verdict(file) {
  try {
    const files = await zip.readZip(new Uint8Array(readFileSync(file)));
    return { holds: true, ...(await bundle.verify(files, vkey, hand ? new Uint8Array(readFileSync(hand)) : null)) };
  } catch (error) {
    return { holds: false, link: error.link ?? "zip", why: error.message };
  }
}

// A list of names, one a line, when the name ends in .list: one answer a line.
const names = path.endsWith(".list") ? readFileSync(path, "utf8").split("\n").filter(Boolean) : [path];
for (const name of names) console.log(JSON.stringify(await verdict(name)));
