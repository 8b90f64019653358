/**
 * The worker: everything that touches a key. The page asks by name and gets plain values back; keys and content
 * keys never leave. A call that fails answers with a code, never with a stack.
 */
import { unb64u } from "./core/bytes";
import { FormatError, ProofError } from "./core/errors";
import { fingerprint } from "./core/fingerprint";
import { keyCalls } from "./engine/calls";
import { contribution } from "./engine/contribution";
import * as houses from "./engine/houses";
import { type Choice, evidence, makeEvidence } from "./engine/evidence";
import { follow } from "./engine/following";
import { openFile } from "./engine/opening";
import * as matters from "./engine/matters";
import * as members from "./engine/members";
import { lendCredentials, type Touched } from "./engine/passkey";
import { disclosures } from "./engine/disclosures";
import { register } from "./engine/register";
import * as outside from "./engine/released";
import * as releases from "./engine/releases";
import { search } from "./engine/search";
import { type Draft, seal } from "./engine/sealing";
import * as sharing from "./engine/sharing";
import { Tampered } from "./engine/misconduct";
import type { Pins } from "./engine/sync";
import { Trouble } from "./engine/troubles";
import { Vault } from "./engine/vault";
import * as workspace from "./engine/workspace";
import { Rejected } from "./replay/refusals";

interface Asked {
  no: number;
  call: keyof typeof CALLS;
  args: unknown[];
  /** The page's answer to a touch it was asked for. */
  touched?: Touched | null;
}

const page = self as unknown as { postMessage(what: unknown): void; onmessage: ((event: MessageEvent<Asked>) => void) | null };
let vault: Vault | null = null;

/** The first lie that was found: after it nothing is read and nothing is signed until the page is loaded anew. */
let lie: Tampered | null = null;

function here(): Vault {
  if (lie) throw lie;
  if (!vault) throw new Trouble("locked");
  return vault;
}

/** The one touch of a passkey that is waited for; a newer one takes its place. */
let touching: (touched: Touched | null) => void = () => undefined;
lendCredentials(async (touch) => {
  page.postMessage({ touch });
  const touched = await new Promise<Touched | null>((done) => (touching = done));
  if (!touched) throw new Trouble("no-touch");
  return touched;
});

const CALLS = {
  async begin(pins: Record<string, Pins>, accepted: string) {
    await canSign();
    vault = await Vault.begin(pins, (origin, kept) => page.postMessage({ pins: kept, origin }), accepted);
    return vault.session;
  },
  session: async () => here().session,
  follow: () => follow(here()),
  ...keyCalls(here),
  home: (slug: string) => workspace.home(here(), slug),
  start: (slug: string, org: string) => workspace.start(here(), slug, org),
  invite: (slug: string, org: string, partner: string) => workspace.invite(here(), slug, org, partner),
  invitation: (chain: string, inviter: string, secret: string) => invitation(here(), chain, inviter, secret),
  join: (chain: string, org: string, secret: string) => workspace.joinWith(here(), chain, org, unb64u(secret, 32)),
  askToJoin: (org: string, secret: string) => houses.askToJoin(here(), org, unb64u(secret, 32)),
  contribution: (slug: string, id: string, asked?: boolean) => contribution(here(), slug, id, asked),
  receipt: (id: string) => here().receipt(id),
  openFile: (version: string, blob: string) => openFile(here(), version, blob),
  seal: (draft: Draft) => seal(here(), draft, (file, step, done, total) => page.postMessage({ file, step, done, total })),
  search: (slug: string, typed: string, inside: boolean) => search(here(), slug, typed, inside),
  register: (slug: string) => register(here(), slug),
  propose: (proposal: matters.Proposal) => matters.propose(here(), proposal),
  speak: (slug: string, type: string, org: string, of: string) => matters.speak(here(), slug, type, org, of),
  sharing: (slug: string, id: string) => sharing.sharing(here(), slug, id),
  give: (slug: string, org: string, gives: sharing.Give[]) => sharing.give(here(), slug, org, gives),
  stopSharing: (slug: string, id: string, org: string, to: string[]) => sharing.stopSharing(here(), slug, id, org, to),
  releases: (slug: string, id: string) => releases.releases(here(), slug, id),
  recipient: (id: string) => releases.recipient(here(), id),
  release: (what: releases.NewRelease) => releases.release(here(), what),
  handOverRelease: (slug: string, org: string, id: string) => releases.handOver(here(), slug, org, id),
  disclosures: (slug: string, id: string) => disclosures(here(), slug, id),
  released: () => outside.released(here()),
  openRelease: (id: string) => outside.openRelease(here(), id),
  decline: (id: string) => outside.decline(here(), id),
  members: (slug: string) => members.members(here(), slug),
  removeMember: (slug: string, org: string, gone: string) => members.removeMember(here(), slug, org, gone),
  withdrawInvitation: (slug: string, org: string, invite: string) => members.withdrawInvitation(here(), slug, org, invite),
  leaveConsortium: (slug: string, org: string) => members.leaveConsortium(here(), slug, org),
  async setChecked(person: string, yes: boolean) {
    here().setChecked(person, yes);
  },
  evidence: (slug: string) => evidence(here(), slug),
  makeEvidence: (subject: string, choice: Choice) => makeEvidence(here(), subject, choice),
  async cancel() {
    here().cancel.abort();
  },
  async lock() {
    here().lock();
  },
};

export type Calls = typeof CALLS;

/** What a link leads to, once its secret and the inviter's fingerprint were held against the chain. */
async function invitation(from: Vault, chain: string, inviter: string, secret: string) {
  await from.refresh();
  const place = from.session.consortia.find((each) => each.vault_id === chain);
  const house = from.session.organisations.find((each) => each.vault_id === chain);
  if (!place && !house) throw new Trouble("not-invited");
  const invite = await houses.openInvite(from, chain, unb64u(secret, 32));
  const by = from.known.get(invite)?.said.by ?? "";
  const digits = by ? await fingerprint(by) : "";
  if (digits.replaceAll(" ", "") !== inviter) throw new Trouble("wrong-link");
  const orgs = place ? workspace.ownOrgs(from, place).filter((org) => from.mayBind(org)) : [];
  return {
    kind: place ? ("consortium" as const) : ("organisation" as const),
    name: place?.name ?? house?.name ?? "",
    inviter: houses.nameOf(from, by),
    fingerprint: digits,
    orgs: orgs.map((org) => ({ id: org, name: from.organisation(org).name })),
  };
}

/** Signatures are the browser's own; an old browser without Ed25519 is told so before anything else. */
async function canSign(): Promise<void> {
  try {
    await crypto.subtle.generateKey("Ed25519", false, ["sign", "verify"]);
  } catch {
    throw new Trouble("old-browser");
  }
}

function told(error: unknown): { code: string; detail: string; proof?: Record<string, unknown> } {
  if (error instanceof Tampered) return { code: "tampered", detail: error.lie, proof: error.proof };
  if (error instanceof Trouble) return { code: error.code, detail: error.detail };
  if (error instanceof Rejected) return { code: error.code, detail: "" };
  if (error instanceof ProofError || error instanceof FormatError) return { code: "proof", detail: error.message };
  if (error instanceof DOMException && error.name === "AbortError") return { code: "cancelled", detail: "" };
  return { code: "unexpected", detail: error instanceof Error ? error.message : "" };
}

page.onmessage = async ({ data: { no, call, args, touched } }) => {
  if (touched !== undefined) return touching(touched);
  try {
    const work = CALLS[call] as (...given: unknown[]) => Promise<unknown>;
    page.postMessage({ no, done: await work(...args) });
  } catch (error) {
    if (error instanceof Tampered) lie ??= error;
    page.postMessage({ no, failed: told(error) });
  }
};
