/** What organisations agree on: the owners a version names, and changes of owners. Who was asked, who said what. */
import * as acts from "../acts";
import { parseOwners } from "../core/shares";
import { type Contribution, has, type Matter, standing } from "../replay/state";
import { nameOf } from "./houses";
import { whenAt } from "./moments";
import type { Vault } from "./vault";
import { orgView, type OrgView, ownOrgs, sharesOf } from "./workspace";

export type ShareView = OrgView & { share: string; part: number };

export interface VoiceView extends OrgView {
  said: "made" | "approved" | "objected" | "waiting";
  left: boolean;
}

export interface MatterView {
  id: string;
  kind: "version" | "transfer";
  number: number;
  /** `claimed`, `agreed`, … or `overtaken`: the owners it was based on are not today's any more. */
  standing: string;
  rights: { type: string; owners: ShareView[] }[];
  voices: VoiceView[];
  by: string;
  org: OrgView;
  at: string;
  index: number;
  settled: { index: number; at: string } | null;
  open: boolean;
  mayApprove: string;
  /** Whether our approval is the last one that is missing: then it takes effect at once. */
  decides: boolean;
  mayObject: string;
  mayWithdraw: { org: string; of: string; own: boolean } | null;
}

/** Approve, object, or take back what was said. */
export async function speak(vault: Vault, slug: string, type: string, org: string, of: string): Promise<void> {
  const consortium = vault.together(slug).vault_id ?? "";
  await vault.say(async (pen) => [await acts.speak(pen, type, org, consortium, of)]);
}

export interface Proposal {
  slug: string;
  contribution: string;
  org: string;
  right: string;
  /** The statement that set the owners the proposer has seen: when others are set meanwhile, this is refused. */
  basis: string;
  owners: { party: string; share: string }[];
}

/** Proposes new owners of a right; nothing changes before all owners, old and new, have approved. */
export async function propose(vault: Vault, { slug, contribution, org, right, basis, owners }: Proposal): Promise<void> {
  const consortium = vault.together(slug).vault_id ?? "";
  await vault.say(async (pen) => [await acts.transfer(pen, org, consortium, contribution, right, basis, parseOwners(owners))]);
}

/** All matters of a contribution that ever asked anyone anything, newest first. */
export function mattersOf(vault: Vault, slug: string, known: Contribution): MatterView[] {
  const all: Matter[] = [
    ...known.versions.flatMap((id) => vault.state.versions.get(id) ?? []),
    ...known.transfers.flatMap((id) => vault.state.transfers.get(id) ?? []),
  ];
  const asking = all.filter((each) => each.needed.size || each.objections.size);
  return asking.sort((one, two) => two.index - one.index).map((each) => matterView(vault, slug, each));
}

/** Whether today's owners are others than those it was based on, so that it can never take effect. */
export function overtaken(vault: Vault, matter: Matter): boolean {
  if (matter.settled !== null || matter.withdrawn) return false;
  const rights = vault.state.contributions.get(matter.contribution)?.rights;
  const moved = [...matter.bases].some(([right, basis]) => rights?.get(right)?.basis !== basis);
  return moved || (matter.matter === "version" && matter.bases.size !== rights?.size);
}

function matterView(vault: Vault, slug: string, matter: Matter): MatterView {
  const place = vault.together(slug);
  const org = (id: string): OrgView => orgView(vault, place, id);
  const consortium = vault.state.consortia.get(place.vault_id ?? "");
  const said = vault.known.get(matter.id)?.said;
  const rights = matter.matter === "version" ? [...matter.rights] : [[matter.right, matter.owners] as const];
  const voices = [matter.org, ...new Set([...matter.needed, ...matter.objections.keys()])];
  return {
    id: matter.id, kind: matter.matter, number: matter.matter === "version" ? matter.number : 0,
    standing: overtaken(vault, matter) ? "overtaken" : standing(matter),
    rights: rights.map(([type, owners]) => ({ type, owners: sharesOf(owners, org) })),
    voices: voices.map((id) => ({ ...org(id), said: voice(matter, id), left: !(consortium && has(consortium, id)) })),
    by: nameOf(vault, said?.by ?? ""), org: org(matter.org), at: said?.at ?? "", index: matter.index,
    settled: matter.settled === null ? null : { index: matter.settled, at: whenAt(vault, matter.settled) },
    open: matter.settled === null && !matter.withdrawn,
    ...choices(vault, slug, matter),
  };
}

/** What of all this is ours to say now. */
function choices(vault: Vault, slug: string, matter: Matter): Pick<MatterView, "mayApprove" | "decides" | "mayObject" | "mayWithdraw"> {
  const mine = ownOrgs(vault, vault.together(slug)).filter((id) => vault.mayBind(id));
  const open = matter.settled === null && !matter.withdrawn;
  const silent = mine.filter((id) => !matter.approvals.has(id) && !matter.objections.has(id));
  const missing = [...matter.needed].filter((id) => !matter.approvals.has(id));
  const approves = (open && !overtaken(vault, matter) && silent.find((id) => matter.needed.has(id))) || "";
  return {
    mayApprove: approves,
    decides: missing.length === 1 && missing[0] === approves && !matter.objections.size,
    mayObject: ((matter.matter === "version" || (open && !overtaken(vault, matter))) && silent.find((id) => id !== matter.org)) || "",
    mayWithdraw: takenBack(matter, mine, open),
  };
}

/** What one of ours said and may take back: an objection at any time, the rest while nothing is settled. */
function takenBack(matter: Matter, mine: string[], open: boolean): MatterView["mayWithdraw"] {
  for (const org of mine) {
    const own = open && matter.matter === "transfer" && matter.org === org;
    const of = matter.objections.get(org) ?? (open ? matter.approvals.get(org) : undefined) ?? (own ? matter.id : undefined);
    if (of) return { org, of, own: of === matter.id };
  }
  return null;
}

const voice = (matter: Matter, org: string): VoiceView["said"] =>
  org === matter.org ? "made" : matter.objections.has(org) ? "objected" : matter.approvals.has(org) ? "approved" : "waiting";
