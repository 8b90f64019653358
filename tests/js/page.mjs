// The vault's engine as a page runs it, for as long as standard input lasts. A line in is a page's next act or the
// answer of its server; a line out is what the page asks of its server, or what came of the act.
import { createInterface } from "node:readline";
import { bytesOf, vault } from "./load.mjs";
import { view } from "./view.mjs";

const { misconduct, opening, Vault } = vault;
const asked = [];
const pages = new Map();
const say = (what) => process.stdout.write(`${JSON.stringify(what)}\n`);

globalThis.fetch = async (path) => {
  const { status, body } = await new Promise((done) => {
    asked.push(done);
    say({ ask: asked.length - 1, path });
  });
  return new Response(Buffer.from(body, "base64"), { status });
};

const acts = {
  /** Loads a page on a device that has seen what `pinned` says, unlocked by who sits there. */
  async begin({ page, pinned, person, seed }) {
    const here = { pinned };
    here.vault = await Vault.begin(pinned, (origin, pins) => (here.pinned = { ...here.pinned, [origin]: pins }));
    const root = bytesOf(seed);
    here.vault.unlocked = { person, root, keys: await vault.keys.personKeys(root) };
    pages.set(page, here);
  },
  async look({ page }) {
    const here = pages.get(page);
    await here.vault.refresh();
    return { state: view(here.vault.state), pinned: here.pinned };
  },
  /** Every version in the history that opens here, with the texts of its files; and what was said of those that fail. */
  async open({ page }) {
    const here = pages.get(page);
    const told = { opened: {}, failed: {} };
    for (const version of here.vault.state.versions.values())
      await opened(here.vault, version).then((texts) => texts && (told.opened[version.id] = texts), (error) => (told.failed[version.id] = named(error)));
    return told;
  },
  /** A receipt fetched anew and checked. */
  async receipt({ page, id }) {
    return pages.get(page).vault.receipt(id);
  },
  async close({ page }) {
    pages.delete(page);
  },
};

async function opened(here, version) {
  const found = await opening.openVersion(here, version);
  if (!found) return null;
  return Promise.all(found.files.map(async ({ blob }) => (await opening.openFile(here, version.id, blob)).data.text()));
}

/** As the worker tells it to the page. */
function named(error) {
  if (error instanceof misconduct.Tampered) return { code: "tampered", proof: error.proof };
  if (error instanceof vault.errors.ProofError || error instanceof vault.errors.FormatError) return { code: "proof", detail: error.message };
  return { code: error.code ?? "unexpected", detail: error.stack };
}

createInterface({ input: process.stdin }).on("line", async (line) => {
  const { act, answer, ...told } = JSON.parse(line);
  if (act === undefined) return asked[answer](told);
  await acts[act](told).then((done) => say({ done: done ?? null }), (error) => say({ failed: named(error) }));
});
