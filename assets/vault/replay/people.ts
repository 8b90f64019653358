/** Rules for persons' and organisations' chains: who they are, who speaks for whom, which keys count. */
import { type Bytes, same, unb64u } from "../core/bytes";
import { chainOf, type Statement } from "../statements/statement";
import { found, holds } from "./refusals";
import { currentKey, type Invite, type Organisation, type Person, type State } from "./state";

const word = (statement: Statement, key: string): string => statement.body[key] as string;
const keyOf = (statement: Statement, key: string): Bytes => unb64u(word(statement, key), 32);

export const organisation = (state: State, id: string): Organisation => found(state.organisations.get(id), "org-unknown");
export const person = (state: State, id: string): Person => found(state.persons.get(id), "person-unknown");

/** The organisation a statement is made for; only its admins and signers may bind it. */
export function speaksFor(state: State, statement: Statement): Organisation {
  const org = organisation(state, statement.org);
  const role = found(org.people.get(statement.by), "not-in-org");
  holds(role === "admin" || role === "signer", "role");
  return org;
}

/** An invitation of this chain that was neither used nor withdrawn. */
export function openInvite(state: State, id: string, chain: string): Invite {
  const invite = found(state.invites.get(id), "invite-unknown");
  holds(invite.chain === chain, "invite-unknown");
  holds(!invite.spent, "invite-spent");
  return invite;
}

export function createPerson(state: State, said: Statement, index: number): void {
  const key = { sign: keyOf(said, "sign"), age: word(said, "age"), since: index };
  state.persons.set(said.id, { id: said.id, name: word(said, "name"), keys: [key] });
}

export function rotatePerson(state: State, said: Statement, index: number): void {
  const own = person(state, said.by);
  holds(said.place.chain === own.id, "not-own-chain");
  const key = { sign: keyOf(said, "sign"), age: word(said, "age"), since: index };
  holds(own.keys.every((old) => !same(old.sign, key.sign) && old.age !== key.age), "same-key");
  own.keys.push(key);
}

export function requestPlace(state: State, said: Statement): void {
  holds(said.place.chain === said.by, "not-own-chain");
  const org = organisation(state, word(said, "org"));
  const invite = openInvite(state, word(said, "invite"), org.id);
  holds(!org.people.has(said.by), "already-member");
  state.requests.set(said.id, { id: said.id, person: said.by, org: org.id, invite: invite.id, answered: false });
}

export function createOrg(state: State, said: Statement): void {
  state.organisations.set(said.id, {
    id: said.id,
    name: word(said, "name"),
    people: new Map([[said.by, "admin"]]),
    keys: [word(said, "age")],
    recoverySign: keyOf(said, "recovery_sign"),
    recoveryAge: word(said, "recovery_age"),
    keyIsDue: false,
    wraps: new Map(),
  });
}

export function invitePerson(state: State, said: Statement): void {
  administered(state, said);
  const invite = { id: said.id, chain: chainOf(said), public: keyOf(said, "invite"), role: word(said, "role"), spent: false };
  state.invites.set(said.id, invite);
}

export function addPerson(state: State, said: Statement): void {
  const org = administered(state, said);
  const request = found(state.requests.get(word(said, "request")), "request-unknown");
  holds(!request.answered && request.org === org.id && request.person === said.body.person, "request-unknown");
  holds(!org.people.has(request.person), "already-member");
  const used = openInvite(state, request.invite, org.id);
  used.spent = request.answered = true;
  org.people.set(request.person, used.role);
}

export function changeRole(state: State, said: Statement): void {
  const org = administered(state, said);
  const [who, wanted] = [word(said, "person"), word(said, "role")];
  holds(org.people.has(who), "not-in-org");
  holds(wanted === "admin" || otherAdmin(org, who), "last-admin");
  org.people.set(who, wanted);
}

export function removePerson(state: State, said: Statement): void {
  const org = administered(state, said);
  if ("invite" in said.body) {
    openInvite(state, word(said, "invite"), org.id).spent = true;
    return;
  }
  const who = word(said, "person");
  holds(org.people.has(who), "not-in-org");
  holds(otherAdmin(org, who), "last-admin");
  org.people.delete(who);
  org.wraps.delete(who);
  org.keyIsDue = true;
}

export function nextOrgKey(state: State, said: Statement): void {
  const org = administered(state, said);
  holds(said.body.epoch === org.keys.length + 1, "epoch");
  holds(!org.keys.includes(word(said, "age")), "same-key");
  org.keys.push(word(said, "age"));
  org.keyIsDue = false;
  org.wraps.clear();
}

export function wrapOrgKeys(state: State, said: Statement): void {
  const org = administered(state, said);
  const people = (said.body.items as { person: string }[]).map((item) => item.person);
  holds(people.every((who) => who === "" || org.people.has(who)), "not-in-org");
  for (const who of people) org.wraps.set(who, said.id);
}

export function recoverOrg(state: State, said: Statement): void {
  const org = organisation(state, said.place.chain);
  holds(said.body.person === said.by, "not-own-chain");
  const fresh = keyOf(said, "recovery_sign");
  holds(!same(fresh, org.recoverySign), "same-key");
  org.people.set(said.by, "admin");
  org.recoverySign = fresh;
  org.recoveryAge = word(said, "recovery_age");
  org.keyIsDue = true;
}

export const signKey = (state: State, id: string): Bytes => currentKey(person(state, id)).sign;

function administered(state: State, said: Statement): Organisation {
  const org = organisation(state, said.place.chain);
  const role = found(org.people.get(said.by), "not-in-org");
  holds(role === "admin", "role");
  return org;
}

const otherAdmin = (org: Organisation, who: string): boolean =>
  [...org.people].some(([id, role]) => role === "admin" && id !== who);
