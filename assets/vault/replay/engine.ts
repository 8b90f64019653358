/** Reading statements in log order: proof, place, rule, effect. The one place where history is decided. */
import { type Bytes, same, unb64u } from "../core/bytes";
import { link } from "../core/chains";
import { FormatError, ProofError } from "../core/errors";
import * as note from "../core/note";
import { chainOf, kindOf, namesOf, parse, type Statement } from "../statements/statement";
import * as access from "./access";
import * as consortia from "./consortia";
import * as ownership from "./ownership";
import * as people from "./people";
import { found, holds, type Reason, Rejected } from "./refusals";
import * as releases from "./releases";
import { headOf, State } from "./state";
import { version } from "./versions";

/** A statement at its index in the log. */
export interface Logged {
  index: number;
  note: Bytes;
}

/** A statement whose text is not for us: only its chain and id are known. */
export interface Hidden {
  index: number;
  chain: string;
  id: string;
}

type Rule = (state: State, statement: Statement, index: number) => void;

/** One rule for what is said of a release, another for what is said of a version or transfer. */
const ofRelease =
  (released: Rule, owned: Rule): Rule =>
  (state, statement, index) => {
    const of = statement.body.of as string;
    (state.releases.has(state.spoken.get(of) ?? of) ? released : owned)(state, statement, index);
  };

const RULES: Record<string, Rule> = {
  "person.create": people.createPerson,
  "person.rotate": people.rotatePerson,
  "person.request": people.requestPlace,
  "org.create": people.createOrg,
  "org.invite": people.invitePerson,
  "org.add": people.addPerson,
  "org.role": people.changeRole,
  "org.remove": people.removePerson,
  "org.key": people.nextOrgKey,
  "org.wrap": people.wrapOrgKeys,
  "org.recover": people.recoverOrg,
  "consortium.create": consortia.createConsortium,
  "consortium.invite": consortia.inviteOrg,
  "consortium.remove": consortia.removeOrg,
  "consortium.join": consortia.join,
  "consortium.leave": consortia.leave,
  version,
  grant: access.grant,
  revoke: access.revoke,
  ack: access.ack,
  release: releases.release,
  decline: releases.decline,
  transfer: ownership.transfer,
  approve: ofRelease(releases.approve, ownership.approve),
  object: ofRelease(releases.objectTo, ownership.objectTo),
  withdraw: ofRelease(releases.withdraw, ownership.withdraw),
};

/** The state after all of these, in log order; the first one that has no place raises Rejected. */
export async function replay(
  history: Iterable<Logged | Hidden>, log: string, partial = false, earlier: [string, number][] = [],
): Promise<State> {
  const state = new State(log, partial, earlier);
  for (const each of history) await apply(state, each);
  return state;
}

/** Reads one more statement into the state. A Rejected one leaves the state as it was. */
export async function apply(state: State, logged: Logged | Hidden): Promise<Statement | null> {
  holds(logged.index > state.index, "order");
  if (!("note" in logged)) {
    holds(!state.seen.has(logged.id), "duplicate");
    holds(state.chains.has(logged.chain), "chain-unknown");
    await extend(state, logged.chain, logged.id, logged.index);
    return null;
  }
  const [statement, parsed] = await orRejected("malformed", () => parse(logged.note));
  holds(statement.place.log === state.logAt(logged.index), "other-log");
  holds(!state.seen.has(statement.id), "duplicate");
  checkPlace(state, statement);
  await orRejected("unproven", () => note.verifyExactly(parsed, signers(state, statement)));
  (RULES[statement.type] as Rule)(state, statement, logged.index);
  const kind = kindOf(statement);
  if (kind.genesis) state.chains.set(statement.id, { kind: kind.chain, ids: [], links: [] });
  const of = statement.body.of;
  if (typeof of === "string") state.spoken.set(statement.id, state.spoken.get(of) ?? of);
  await extend(state, chainOf(statement), statement.id, logged.index);
  return statement;
}

/** Whose signatures the statement needs, with the keys that count at this point of the log. */
export function signers(state: State, statement: Statement): note.Signer[] {
  const [first = "", second = ""] = namesOf(statement);
  const said = (key: string): Bytes => unb64u(statement.body[key] as string, 32);
  const own = { name: first, public: statement.by ? people.signKey(state, statement.by) : said("sign") };
  switch (kindOf(statement).cosigner) {
    case "new key":
      return [own, { name: second, public: said("sign") }];
    case "invite":
      return [own, { name: second, public: found(state.invites.get(statement.body.invite as string), "invite-unknown").public }];
    case "recovery":
      return [own, { name: second, public: state.organisations.get(chainOf(statement))?.recoverySign ?? said("recovery_sign") }];
    default:
      return [own];
  }
}

function checkPlace(state: State, statement: Statement): void {
  const kind = kindOf(statement);
  if (kind.genesis) return;
  const { chain: id, seq, after } = statement.place;
  const chain = found(state.chains.get(id), "chain-unknown");
  holds(chain.kind === kind.chain, "chain-kind");
  holds(seq === chain.ids.length && after && same(after, headOf(chain)), "stale-place");
}

async function extend(state: State, chain: string, id: string, index: number): Promise<void> {
  const known = found(state.chains.get(chain), "chain-unknown");
  known.links.push(await link(known.links[known.links.length - 1] ?? null, id));
  known.ids.push(id);
  state.seen.add(id);
  state.index = index;
}

async function orRejected<T>(code: Reason, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof FormatError || error instanceof ProofError) throw new Rejected(code, error.message);
    throw error;
  }
}
