/** Who is in a consortium's sealed workspace, since when, and who was invited; letting in and out. */
import * as acts from "../acts";
import { ownerOrgs } from "../replay/ownership";
import { has } from "../replay/state";
import { nameOf } from "./houses";
import { whenAt } from "./moments";
import type { Vault } from "./vault";
import { homeNow, type MemberView, orgView, type OrgView } from "./workspace";

export interface StandingView extends MemberView {
  since: { index: number; at: string } | null;
  until: { index: number; at: string } | null;
  /** How many contributions it owns a part of: they stay its own whatever happens. */
  owns: number;
  mayRemove: boolean;
  mayLeave: boolean;
}

export interface InvitationView {
  id: string;
  note: string;
  by: string;
  at: string;
  index: number;
}

export interface MembersView {
  slug: string;
  name: string;
  started: boolean;
  lead: string;
  acting: OrgView[];
  members: StandingView[];
  invitations: InvitationView[];
  changed: number;
}

export async function members(vault: Vault, slug: string): Promise<MembersView> {
  await vault.look();
  const home = await homeNow(vault, slug);
  const place = vault.together(slug);
  const consortium = vault.state.consortia.get(place.vault_id ?? "");
  const lead = home.acting.find((each) => consortium?.members.get(each.id)?.leads)?.id ?? "";
  const open = [...vault.state.invites.values()].filter((each) => each.chain === consortium?.id && !each.spent);
  return {
    slug, name: home.name, started: home.started, lead, acting: home.acting,
    members: home.members.map((each) => standing(vault, slug, each, lead)),
    changed: home.changed,
    invitations: lead ? open.map(({ id }) => invitation(vault, id)) : [],
  };
}

/** Ends another organisation's membership; what it opened it may keep, what it owns stays its own. */
export async function removeMember(vault: Vault, slug: string, org: string, gone: string): Promise<void> {
  const consortium = vault.together(slug).vault_id ?? "";
  await vault.say(async (pen) => [await acts.removeFrom(pen, org, consortium, { org: gone })]);
}

export async function withdrawInvitation(vault: Vault, slug: string, org: string, invite: string): Promise<void> {
  const consortium = vault.together(slug).vault_id ?? "";
  await vault.say(async (pen) => [await acts.removeFrom(pen, org, consortium, { invite })]);
}

export async function leaveConsortium(vault: Vault, slug: string, org: string): Promise<void> {
  const consortium = vault.together(slug).vault_id ?? "";
  await vault.say(async (pen) => [await acts.leave(pen, org, consortium)]);
}

function standing(vault: Vault, slug: string, member: MemberView, lead: string): StandingView {
  const place = vault.together(slug);
  const consortium = vault.state.consortia.get(place.vault_id ?? "");
  const known = consortium?.members.get(member.id);
  const here = !!consortium && has(consortium, member.id);
  const at = (index: number): { index: number; at: string } => ({ index, at: whenAt(vault, index) });
  const owned = (consortium?.contributions ?? []).flatMap((id) => vault.state.contributions.get(id) ?? []);
  return {
    ...member,
    since: known ? at(known.since) : null,
    until: known && known.until !== null ? at(known.until) : null,
    owns: owned.filter((each) => ownerOrgs(vault.state, each).has(member.id)).length,
    mayRemove: here && !!lead && member.id !== lead,
    mayLeave: here && member.mine && vault.mayBind(member.id),
  };
}

function invitation(vault: Vault, id: string): InvitationView {
  const known = vault.known.get(id);
  const { said, index } = known ?? { said: null, index: 0 };
  return { id, note: String(said?.body.note ?? ""), by: nameOf(vault, said?.by ?? ""), at: said?.at ?? "", index };
}
