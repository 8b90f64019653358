/** A consortium's sealed workspace: who is in it, what is in it, and what of that we can open. */
import * as acts from "../acts";
import { type Bytes, random } from "../core/bytes";
import { FormatError, ProofError } from "../core/errors";
import { fingerprint } from "../core/fingerprint";
import { writeShare } from "../core/shares";
import { mayOpen } from "../replay/access";
import { ownerOrgs } from "../replay/ownership";
import { type Contribution, has, latest, type Matter, membersNow, standing, type Version } from "../replay/state";
import { changedSince } from "./changes";
import { linkFor, nameOf, openInvite } from "./houses";
import { overtaken } from "./matters";
import { orgName } from "./names";
import { grantee, openVersion } from "./opening";
import { choices, nowSaid } from "./releases";
import type { Partner, Together } from "./session";
import { Trouble } from "./troubles";
import type { Vault } from "./vault";

const COLOURS = 6;

export interface OrgView {
  id: string;
  name: string;
  initials: string;
  colour: number;
}

export interface MemberView extends OrgView {
  state: "no-keys" | "not-joined" | "joined" | "left";
  leads: boolean;
  mine: boolean;
  /** Who holds its key, as its own signed chain says. */
  people: { id: string; name: string; fingerprint: string; checked: boolean }[];
  /** Whom the server names besides: nobody has signed for them, and they hold no key. */
  named: string[];
}

export interface ItemView {
  id: string;
  title: string | null;
  /** What we were given does not pass its checks. */
  broken: boolean;
  klass: string;
  version: number;
  latest: string;
  standing: string;
  size: number;
  at: string;
  owners: OrgView[];
  readers: OrgView[];
  maker: OrgView;
  /** What of it waits for us: our word on its owners or on a release, or a key that is ours to hand over. */
  waits: "" | "owners" | "release" | "key";
}

export interface HomeView {
  slug: string;
  name: string;
  challenge: string;
  started: boolean;
  iLead: boolean;
  joined: boolean;
  mayStart: OrgView[];
  acting: OrgView[];
  members: MemberView[];
  items: ItemView[];
  /** Keys that are others than when this device last looked. */
  changed: number;
}

/** Everything the home page shows, after a fresh sync. */
export async function home(vault: Vault, slug: string): Promise<HomeView> {
  await vault.look();
  return homeNow(vault, slug);
}

export async function homeNow(vault: Vault, slug: string): Promise<HomeView> {
  const place = vault.together(slug);
  const consortium = vault.state.consortia.get(place.vault_id ?? "");
  const members = await Promise.all(membersOf(vault, place).map((each) => memberView(vault, place, each)));
  const mine = ownOrgs(vault, place);
  const items: ItemView[] = [];
  for (const id of consortium?.contributions ?? []) items.push(await item(vault, place, id));
  return {
    slug,
    name: place.name,
    challenge: place.challenge,
    started: !!consortium,
    iLead: mine.some((org) => consortium?.members.get(org)?.leads && has(consortium, org)),
    joined: mine.some((org) => consortium && has(consortium, org)),
    mayStart: place.i_lead ? mine.filter((org) => org === leadOf(place)).map((org) => orgView(vault, place, org)) : [],
    acting: mine.filter((org) => consortium && has(consortium, org) && vault.mayBind(org)).map((org) => orgView(vault, place, org)),
    members,
    items: items.sort((one, two) => (one.at < two.at ? 1 : -1)),
    changed: changedSince(vault.state, vault.seenKeys).length,
  };
}

export async function start(vault: Vault, slug: string, org: string): Promise<void> {
  const { name, regime } = vault.together(slug);
  await vault.say(async (pen) => [await acts.createConsortium(pen, org, name, regime)], { consortium: slug });
}

/** A link for a partner; its secret is made here and stands in the fragment alone. Whom it is for is said openly. */
export async function invite(vault: Vault, slug: string, org: string, partner: string): Promise<string> {
  const chain = vault.together(slug).vault_id ?? "";
  const secret = random(32);
  await vault.say(async (pen) => [await acts.inviteOrg(pen, org, chain, secret, partner)]);
  return linkFor(vault, chain, secret);
}

/** Joins with a link's secret for an organisation of ours; the slug of where we are then. */
export async function joinWith(vault: Vault, chain: string, org: string, secret: Bytes): Promise<string> {
  const place = vault.session.consortia.find((each) => each.vault_id === chain);
  if (!place) throw new Trouble("not-invited");
  const invite = await openInvite(vault, chain, secret);
  await vault.say(async (pen) => [await acts.join(pen, org, chain, invite, secret)], { consortium: place.slug });
  return place.slug;
}

export function orgView(vault: Vault, place: Together, id: string): OrgView {
  const partner = place.partners.find((each) => each.vault_id === id);
  const plain = vault.state.organisations.get(id)?.name ?? partner?.name ?? (vault.state.persons.has(id) ? nameOf(vault, id) : id.slice(0, 8));
  return { id, name: orgName(vault.state, id) || plain, initials: partner?.initials ?? initialsOf(plain), colour: coloursOf(vault, place).get(id) ?? colourOf(plain) };
}

export const ownOrgs = (vault: Vault, place: Together): string[] => {
  const mine = place.partners.filter((each) => place.my_organisations.includes(each.id)).map((each) => each.vault_id);
  return mine.filter((id): id is string => !!id && vault.state.organisations.has(id));
};

/** Whether every grant, end and confirmation between its owners and a party is for our eyes: else absence tells nothing. */
export const sees = (vault: Vault, known: Contribution, to: string): boolean =>
  vault.owns(known) || to === vault.me.person || !!vault.state.organisations.get(to)?.people.has(vault.me.person);

/** Contributions that wait for a word of ours. */
export const asked = (vault: Vault, matter: Matter, orgs: string[]): boolean =>
  matter.settled === null && !matter.withdrawn &&
  orgs.some((org) => matter.needed.has(org) && !matter.approvals.has(org) && !matter.objections.has(org) && vault.mayBind(org));

async function item(vault: Vault, place: Together, id: string): Promise<ItemView> {
  const contribution = vault.state.contributions.get(id) as Contribution;
  const version = vault.state.versions.get(latest(contribution)) as Version;
  const [opened, broken] = await tried(() => newestOpened(vault, contribution));
  const view = (org: string): OrgView => orgView(vault, place, org);
  const size = [version.manifest, ...version.blobs].reduce((sum, each) => sum + each.size, 0);
  return {
    id, title: opened?.title ?? null, broken, klass: version.klass, version: version.number, latest: version.id,
    standing: standing(version), size, at: version.at, maker: view(version.org),
    owners: [...ownerOrgs(vault.state, contribution)].map(view),
    readers: readersOf(vault, contribution).map(view),
    waits: waitsFor(vault, place, contribution),
  };
}

function waitsFor(vault: Vault, place: Together, known: Contribution): ItemView["waits"] {
  const mine = ownOrgs(vault, place);
  const matters = [...known.versions.map((id) => vault.state.versions.get(id)), ...known.transfers.map((id) => vault.state.transfers.get(id))];
  if (matters.some((each) => each && asked(vault, each, mine) && !overtaken(vault, each))) return "owners";
  const open = (vault.state.consortia.get(known.consortium)?.releases ?? []).flatMap((id) => vault.state.releases.get(id) ?? []);
  const about = open.filter((each) => each.contributions.includes(known.id)).map((each) => choices(vault, place.slug, each));
  return about.some((each) => each.mayApprove) ? "release" : about.some((each) => each.mayGive) ? "key" : "";
}

/** The newest version we can open, newest first; a title of an older one is better than none. */
export async function newestOpened(vault: Vault, contribution: Contribution) {
  for (const id of [...contribution.versions].reverse()) {
    const version = vault.state.versions.get(id) as Version;
    if (grantee(vault, version)) return openVersion(vault, version);
  }
  return null;
}

/** One contribution that fails its checks must not hide the others. */
export async function tried<T>(open: () => Promise<T>): Promise<[T | null, boolean]> {
  try {
    return [await open(), false];
  } catch (error) {
    if (error instanceof ProofError || error instanceof FormatError) return [null, true];
    throw error;
  }
}

/** Who can open the newest version, as far as its grants are for our eyes. */
export const readersOf = ({ state }: Vault, contribution: Contribution): string[] =>
  [...contribution.access.keys()].filter((to) => mayOpen(state, latest(contribution), to, nowSaid()));

export const sharesOf = (owners: ReadonlyMap<string, { n: bigint; d: bigint }>, view: (org: string) => OrgView) =>
  [...owners].map(([party, share]) => ({ ...view(party), share: writeShare(share), part: Number((share.n * 10_000n) / share.d) / 100 }));

const leadOf = (place: Together): string | null | undefined =>
  place.partners.find((each) => each.id === place.lead_organisation_id)?.vault_id;

/** The platform's partners, and members in the vault that the platform does not name any more. */
function membersOf(vault: Vault, place: Together): Partner[] {
  const consortium = vault.state.consortia.get(place.vault_id ?? "");
  const named = new Set(place.partners.map((each) => each.vault_id));
  const others = consortium ? membersNow(consortium).filter(({ org }) => !named.has(org)) : [];
  return [...place.partners, ...others.map(({ org }) => {
    const name = vault.state.organisations.get(org)?.name ?? org.slice(0, 8);
    return { id: org, name, initials: initialsOf(name), vault_id: org, joined: true, people: [] };
  })];
}

async function memberView(vault: Vault, place: Together, partner: Partner): Promise<MemberView> {
  const consortium = vault.state.consortia.get(place.vault_id ?? "");
  const id = partner.vault_id ?? "";
  const known = vault.state.organisations.get(id);
  const member = consortium?.members.get(id);
  const state = !known ? "no-keys" : member?.until === null ? "joined" : member ? "left" : "not-joined";
  const keyed = await Promise.all([...(known?.people.keys() ?? [])].map(async (person) => ({
    id: person, name: nameOf(vault, person), fingerprint: await fingerprint(person),
    checked: vault.checked.includes(person),
  })));
  const names = new Set(keyed.map((each) => each.name));
  const name = known?.name ?? partner.name;
  return {
    id: partner.vault_id ?? partner.id, name: orgName(vault.state, id) || name, initials: partner.initials, colour: coloursOf(vault, place).get(id || partner.id) ?? colourOf(name), state,
    leads: member ? member.leads : partner.id === place.lead_organisation_id,
    mine: place.my_organisations.includes(partner.id),
    people: keyed,
    named: partner.people.filter((name) => !names.has(name)),
  };
}

/**
 * A colour for each partner: the one its name has on other pages, unless somebody who was here before has it; then
 * the next that is free. Who joined first keeps theirs.
 */
function coloursOf(vault: Vault, place: Together): Map<string, number> {
  const joined = [...(vault.state.consortia.get(place.vault_id ?? "")?.members.keys() ?? [])];
  const plain = new Map(place.partners.map((each) => [each.vault_id ?? each.id, each.name]));
  const colours = new Map<string, number>();
  for (const id of new Set([...joined, ...plain.keys()])) {
    let colour = colourOf(vault.state.organisations.get(id)?.name ?? plain.get(id) ?? "");
    const taken = new Set(colours.values());
    while (taken.has(colour) && taken.size < COLOURS) colour = (colour % COLOURS) + 1;
    colours.set(id, colour);
  }
  return colours;
}

/** The colour follows from the name alone, as on the other pages. */
function colourOf(name: string): number {
  const letters = "abcdefghijklmnopqrstuvwxyzäöüßæøåé0123456789 &.-";
  return ([...name.toLowerCase()].reduce((sum, letter) => (sum * 31 + letters.indexOf(letter) + 2) % 9973, 7) % COLOURS) + 1;
}

function initialsOf(name: string): string {
  const words = name.split(/\s+/);
  return ((words[0]?.[0] ?? "") + (words[1]?.[0] ?? "")).toUpperCase();
}
