/** An organisation's printed sheet: reading it off to see that it holds, and taking the keys back with it. */
import * as acts from "../acts";
import { type Bytes, random, same } from "../core/bytes";
import { type Keys, ORG, recoveryKeys } from "../core/keys";
import type { Organisation } from "../replay/state";
import { rootIn } from "./doors";
import { ageOf, rekey } from "./handover";
import { sheetOpens } from "./health";
import { orgKeysOf, orgRecovery, unwrapped } from "./houses";
import { lastOf, type Sheet } from "./making";
import { Trouble } from "./troubles";
import type { Vault } from "./vault";

interface Draft {
  org: string;
  held: Keys;
  identities: string[];
  root: Bytes;
}

let draft: Draft | null = null;

/** Reads the sheet: it must be the one the organisation's chain names, and open its newest keys. Its successor, to print. */
export async function beginRegain(vault: Vault, org: string, typed: string): Promise<Sheet> {
  await vault.refresh();
  const known = vault.organisation(org);
  const held = await sheetKeys(known, typed);
  draft = { org, held, identities: await keysWith(vault, known, held), root: random(32) };
  return { kind: "organisation", name: known.name, holder: vault.person.name, recovery: orgRecovery(draft.root), fingerprint: "" };
}

/** Takes the organisation over: a new sheet, a new key, and all keys to whoever the chain names and to oneself. */
export async function endRegain(vault: Vault, typed: string): Promise<boolean> {
  if (!draft) throw new Trouble("locked");
  const { org, held, identities, root } = draft;
  if (lastOf(orgRecovery(root)) !== lastOf(typed, true)) return false;
  const fresh = await recoveryKeys(root);
  await vault.say(async (pen) => {
    const recovered = await acts.recoverOrg(pen, org, held, fresh);
    const people = [...new Set([...vault.organisation(org).people.keys(), pen.person])];
    const to = people.map((person) => ({ person, recipient: ageOf(pen, person) }));
    const all = [...to, { person: "", recipient: fresh.recipient }];
    return [recovered, ...(await rekey(pen, org, identities, all, await acts.placeBehind(recovered)))];
  });
  vault.sawSheet(org);
  draft = null;
  return true;
}

/** Whether the sheet at hand is the one that counts: read off whole, and held against the chain. Nothing is sent. */
export async function orgSheetIsHere(vault: Vault, org: string, typed: string): Promise<void> {
  await vault.refresh();
  await sheetKeys(vault.organisation(org), typed);
  vault.sawSheet(org);
}

async function sheetKeys(org: Organisation, typed: string): Promise<Keys> {
  const keys = await recoveryKeys(rootIn(typed, ORG));
  if (!same(keys.sign.public, org.recoverySign) || keys.recipient !== org.recoveryAge) throw new Trouble("wrong-root", "other");
  return keys;
}

/** Every key of the organisation: with one's own if one holds them, else with the sheet's. */
async function keysWith(vault: Vault, org: Organisation, held: Keys): Promise<string[]> {
  const own = org.people.has(vault.me.person) ? await orgKeysOf(vault, org.id) : [];
  if (own.length === org.keys.length) return own;
  if (!sheetOpens(vault, org)) throw new Trouble("sheet-behind");
  const said = vault.known.get(org.wraps.get("") ?? "")?.said;
  const item = (said?.body.items as { person: string; sha256: string }[] | undefined)?.find(({ person }) => person === "");
  const keys = await unwrapped(org, item?.sha256 ?? "", held.identity);
  if (keys.length !== org.keys.length) throw new Trouble("sheet-behind");
  return keys;
}
