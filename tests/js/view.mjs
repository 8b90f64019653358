// A state as the golden files write it.
import { hexOf, vault } from "./load.mjs";

const { currentKey, headOf, membersNow, orgKey, standing } = vault.state;
const { writeOwners } = vault.shares;
const { asked, standing: releaseStanding } = vault.releases;
const { disclosures } = vault.access;
const plain = (map, tell) => Object.fromEntries([...map].map(([key, each]) => [key, tell(each)]));

const release = (state, it) => ({
  id: it.id,
  to: it.to,
  asked: [...asked(state, it)].sort(),
  approved: [...it.approvals.keys()].sort(),
  objected: [...it.objections.keys()].sort(),
  revoked: [...it.revoked.keys()].sort(),
  grants: it.grants,
  standing: releaseStanding(state, it, ""),
});

const line = ({ to, version, release: under, end, released, given, opened, ended }) => ({
  to, version, release: under, end: end ?? "", released: released ?? {}, given: given ?? {}, opened: opened ?? {}, ended: ended ?? {},
});

export const view = (state) => ({
  index: state.index,
  chains: plain(state.chains, (each) => ({ kind: each.kind, size: each.ids.length, head: hexOf(headOf(each)) })),
  persons: plain(state.persons, (each) => {
    const { sign, age } = currentKey(each);
    return { name: each.name, epoch: each.keys.length, sign: hexOf(sign), age };
  }),
  organisations: plain(state.organisations, (each) => ({
    name: each.name,
    people: Object.fromEntries(each.people),
    epoch: each.keys.length,
    age: orgKey(each),
    recovery_sign: hexOf(each.recoverySign),
    key_is_due: each.keyIsDue,
    wraps: Object.fromEntries(each.wraps),
  })),
  invites: plain(state.invites, (each) => each.spent),
  consortia: plain(state.consortia, (each) => ({
    name: each.name,
    regime: each.regime,
    members: Object.fromEntries(membersNow(each).map(({ org, leads }) => [org, { leads }])),
    left: [...each.members.values()].filter(({ until }) => until !== null).map(({ org }) => org).sort(),
    contributions: each.contributions,
    releases: each.releases.map((id) => release(state, state.releases.get(id))),
  })),
  contributions: plain(state.contributions, (each) => ({
    versions: each.versions.map((id) => state.versions.get(id)).map((it) => ({ id: it.id, number: it.number, standing: standing(it), settled: it.settled ?? -1 })),
    transfers: each.transfers.map((id) => ({ id, standing: standing(state.transfers.get(id)), settled: state.transfers.get(id).settled ?? -1 })),
    rights: plain(each.rights, ({ owners, basis }) => ({ owners: writeOwners(owners), basis })),
    access: plain(each.access, ({ grants, acks, revoked }) => ({
      versions: [...grants.keys()].sort(),
      opened: [...acks.keys()].sort(),
      revoked,
    })),
    shown: disclosures(state, each.id).map(line),
  })),
});
