/** Rules for who belongs to a consortium. */
import { hex, unb64u } from "../core/bytes";
import type { Statement } from "../statements/statement";
import { openInvite, speaksFor } from "./people";
import { holds } from "./refusals";
import { type Consortium, has, membersNow, type Organisation, type State } from "./state";

const word = (said: Statement, key: string): string => said.body[key] as string;
const consortiumOf = (state: State, said: Statement): Consortium => state.consortia.get(said.place.chain) as Consortium;

/** The consortium and the organisation spoken for, which must be a member now. */
export function member(state: State, said: Statement): [Consortium, Organisation] {
  const [consortium, org] = [consortiumOf(state, said), speaksFor(state, said)];
  holds(has(consortium, org.id), "not-a-member");
  return [consortium, org];
}

export function createConsortium(state: State, said: Statement, index: number): void {
  const org = speaksFor(state, said);
  holds((said.body.orgs as string[])[0] === org.id, "not-concerned");
  const members = new Map([[org.id, { org: org.id, leads: true, since: index, until: null }]]);
  const { name, regime } = said.body as { name: string; regime: string };
  state.consortia.set(said.id, { id: said.id, name, regime, members, contributions: [], releases: [] });
}

export function inviteOrg(state: State, said: Statement): void {
  const [consortium] = led(state, said);
  const key = unb64u(word(said, "invite"), 32);
  state.invites.set(said.id, { id: said.id, chain: consortium.id, public: key, role: "", spent: false });
}

export function join(state: State, said: Statement, index: number): void {
  const [consortium, org] = [consortiumOf(state, said), speaksFor(state, said)];
  holds(said.body.org === org.id, "not-concerned");
  holds(!has(consortium, org.id), "already-member");
  const links = state.chains.get(org.id)?.links ?? [];
  holds(links.some((link) => hex(link) === said.body.org_head), "org-head");
  openInvite(state, word(said, "invite"), consortium.id).spent = true;
  consortium.members.set(org.id, { org: org.id, leads: false, since: index, until: null });
}

export function leave(state: State, said: Statement, index: number): void {
  const [consortium, org] = member(state, said);
  holds(said.body.org === org.id, "not-concerned");
  end(consortium, org.id, index);
}

export function removeOrg(state: State, said: Statement, index: number): void {
  const [consortium, org] = led(state, said);
  if ("invite" in said.body) {
    openInvite(state, word(said, "invite"), consortium.id).spent = true;
    return;
  }
  holds(has(consortium, word(said, "org")), "not-a-member");
  holds(said.body.org !== org.id, "own-org");
  end(consortium, word(said, "org"), index);
}

function led(state: State, said: Statement): [Consortium, Organisation] {
  const [consortium, org] = member(state, said);
  holds(consortium.members.get(org.id)?.leads, "not-founding");
  return [consortium, org];
}

/** Ends a membership; when nobody is left to lead, the longest-standing member does. */
function end(consortium: Consortium, org: string, index: number): void {
  const ended = consortium.members.get(org);
  if (ended) ended.until = index;
  const remaining = membersNow(consortium);
  if (remaining[0] && !remaining.some((each) => each.leads)) remaining[0].leads = true;
}
