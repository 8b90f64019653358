/** The verdict on a bundle: a sentence, what it says, the chain link by link, and what it does not prove. */
import type { Doubt } from "../evidence/stamp";
import type { Claim, LinkName, ListedLog, Register, Shares, Verdict } from "../evidence/verdict";
import { Icon, Notice } from "../ui/parts";
import { KINDS, RIGHTS, STANDINGS, wordFor } from "../ui/sentences";
import { isKnown, list, t, tn, utc } from "../words";

const ORDER: LinkName[] = ["files", "log", "lines", "statements", "chains", "signatures", "sealed", "hand", "stamp"];

const NAMES: Record<LinkName, () => string> = {
  files: () => t("The files are those that were packed"),
  log: () => t("The log vouches for this history"),
  lines: () => t("Every line of the log is here"),
  statements: () => t("Every statement stands in the log, at its place"),
  chains: () => t("Nothing was left out of a chain, and none was forked"),
  signatures: () => t("Every signature is by the key that counted at its place"),
  sealed: () => t("What is shown is what was sealed"),
  hand: () => t("The file in your hand is one of those that were sealed"),
  stamp: () => t("A time stamp authority saw this history"),
};

/** The section of VERIFY.md in which the same is done with stock tools. */
const SECTIONS: Record<LinkName, number> = { files: 1, log: 2, signatures: 3, lines: 4, statements: 4, chains: 5, stamp: 6, sealed: 7, hand: 7 };

/** Why a time that the bundle names does not count, and what the reader can do. */
const DOUBTS: Record<Doubt, () => string> = {
  "unknown-root": () => t("It comes from a time stamp authority that this page does not know. If you know it, enter the fingerprint of its root certificate under “What you know already”, and check again."),
  "unproven": () => t("Its signature, or a certificate that it rests on, does not hold. Do not rely on it."),
  "too-early": () => t("It is earlier than the statement says it was made. Do not rely on it before you know which of the two is wrong."),
};

/**
 * What the reader brought to the check: whether all keys are those of the house, which of its logs have ended, and the
 * authorities by the fingerprints of their roots.
 */
export interface Brought {
  ours: boolean;
  ended: string[];
  authorities: Authority[];
}

export interface Authority {
  name: string;
  sha256: string;
}

export function HoldingVerdict({ verdict, brought }: { verdict: Verdict; brought: Brought }) {
  const { claim, register, missing } = verdict;
  return (
    <>
      <h2 id="bundle-verdict">{missing.length ? t("What is shown holds") : t("The bundle holds")}</h2>
      <Notice kind={missing.length ? "warn" : "good"}><p class="verdict-sentence">{claim ? claimSentence(verdict, claim) : register ? t("The register of {name} holds {n} contributions of {m} members, as of line {line} of the log {log}.", { name: register.name, n: register.contributions.length, m: register.members.length, line: verdict.size - 1, log: verdict.log }) : ""} {timeSentence(verdict)}</p></Notice>
      {missing.length > 0 && <Notice kind="warn"><p>{tn("{n} statement is not shown, on line {lines} of the register, and it is not one for its parties alone. A transfer, an objection or a change of key could be missing: ask whoever gave you this.", "{n} statements are not shown, on lines {lines} of the register, and they are not for their parties alone. A transfer, an objection or a change of key could be missing: ask whoever gave you this.", missing.length, { lines: missing.slice(0, 12).join(", ") + (missing.length > 12 ? ", …" : "") })}</p></Notice>}
      {verdict.doubt && <Notice kind="warn" title={t("The bundle names a time that this page has not checked.")}><p>{DOUBTS[verdict.doubt]()}</p></Notice>}
      <Hand verdict={verdict} />
      {brought.ended.includes(verdict.logs[verdict.logs.length - 1]?.vkey ?? "") && <Notice kind="warn"><p>{t("This bundle is from before the register went on in another log. The key that vouches for it is no longer in use, and whoever has stolen it could make such a bundle. If much hangs on it, ask for one made anew.")}</p></Notice>}
      {claim && <ClaimFacts claim={claim} />}
      {register && <RegisterFacts register={register} />}
      {verdict.logs.length > 1 && <Logs logs={verdict.logs} />}
      <h3>{t("What was checked, in order")}</h3>
      <Links done={verdict.links} broken={null} verdict={verdict} by={nameOf(verdict, brought.authorities)} />
      <h3>{t("What this does not prove")}</h3>
      <ul class="stack near">{limits(verdict, brought.ours).map((each) => <li key={each}>{each}</li>)}</ul>
      <p class="noprint"><button type="button" class="btn" onClick={() => print()}><Icon name="printer" /><span>{t("Print this")}</span></button></p>
    </>
  );
}

const nameOf = ({ root }: Verdict, authorities: Authority[]): string =>
  authorities.find(({ sha256 }) => sha256 === root)?.name ?? t("an authority that you named");

export interface Broken {
  link: string;
  why: string;
  says: string;
  facts: Record<string, string | number>;
}

export function BrokenVerdict({ link, why, says, facts }: Broken) {
  const at = ORDER.indexOf(link as LinkName);
  const known = !!says && isKnown(says);
  const told = known ? t(says, facts) : t("Something in it is not written as it must be, or does not verify.");
  return (
    <>
      <h2 id="bundle-verdict">{t("The chain is broken")}</h2>
      <Notice kind="bad"><p>{at < 0 ? t("This is not a bundle that can be read.") : t("Broken link: {link}.", { link: NAMES[link as LinkName]() })}</p><p>{told}</p></Notice>
      <p>{t("Nothing in it is proven. Ask whoever gave it to you for a fresh copy; if that is broken as well, do not rely on it.")}</p>
      {at >= 0 && <Links done={ORDER.slice(0, at).filter((each) => each !== "hand" && each !== "stamp")} broken={link as LinkName} verdict={null} by="" />}
      {!known && why && <details class="more-d"><summary><Icon name="chevron-right" /><span>{t("For whoever looks into it")}</span></summary><div><code lang="en">{why}</code></div></details>}
    </>
  );
}

/** A file that the reader asked about, and that was not found: the verdict on the bundle is another matter. */
function Hand({ verdict: { hand, register } }: { verdict: Verdict }) {
  if (hand === "other") return <Notice kind="warn"><p>{t("The file in your hand is not one of those that were sealed here. The bundle itself holds.")}</p></Notice>;
  if (hand === "untold") return <Notice kind="warn"><p>{register ? t("Whether the file in your hand was sealed, a register cannot say. Only a claim of its version can show what was sealed: ask one of its owners.") : t("Whether the file in your hand was sealed, this claim cannot say: it does not show what was sealed. Ask its owner for one that shows the list of files.")}</p></Notice>;
  return null;
}

/** The logs of a register that went on: which lines are whose, and by which key, for the reader to compare. */
function Logs({ logs }: { logs: ListedLog[] }) {
  return <>
    <h3>{t("The logs, one after the other")}</h3>
    <p>{t("The register went on from one log to the next. Each begins with the end of the one before, so that the newest vouches for all of them. A log that has ended cannot vouch for the key of the next one: compare each key with the one that its operator made known.")}</p>
    <ul class="stack near" role="list">{logs.map(({ name, vkey, named, first, last }) => (
      <li key={name} class="panel"><p><b>{name}</b> · {t("lines {first} to {last} of the register", { first, last })} · {named ? t("its key is one that you check against") : t("its key is not among those that you check against")}</p><p class="t-s"><code>{vkey}</code></p></li>
    ))}</ul>
  </>;
}

function claimSentence({ hand }: Verdict, { files, org, title }: Claim): string {
  if (files.length && hand && hand !== "found") return t("What is shown here was entered by a key of {org}.", { org });
  if (hand === "found" || files.length === 1) return t("This file was entered by a key of {org}.", { org });
  if (files.length) return t("These files were entered by a key of {org}.", { org });
  if (title !== null) return t("Something sealed was entered by a key of {org}. Its title and the list of its files are shown, its files are not.", { org });
  return t("Something sealed was entered by a key of {org}. What it holds is not shown.", { org });
}

const timeSentence = ({ stamped, claim, doubt }: Verdict): string =>
  stamped ? t("A time stamp says that it existed on {time}.", { time: utc(stamped) })
    : doubt ? (claim ? t("When is not proven. Its maker’s device said {time}.", { time: utc(claim.said) }) : t("When is not proven."))
    : claim ? t("When is not proven: no time stamp covers it. Its maker’s device said {time}.", { time: utc(claim.said) })
      : t("When is not proven: no time stamp covers it.");

/** Link by link: what holds, and where it breaks; told apart by a sign and a word, never by colour alone. */
function Links({ done, broken, verdict, by }: { done: LinkName[]; broken: LinkName | null; verdict: Verdict | null; by: string }) {
  const steps = broken ? [...done, broken] : done;
  return (
    <ol class="checks" role="list">{steps.map((link) => (
      <li key={link} class={link === broken ? "broken" : "held"}>
        <Icon name={link === broken ? "x" : "check"} />
        <div><b>{NAMES[link]()}</b><span class="vh">, {link === broken ? t("broken") : t("holds")}</span>
          {verdict && <span>{detail(link, verdict, by)}</span>}
          <span>{t("By hand: VERIFY.md in the bundle, section {n}", { n: SECTIONS[link] })}</span></div>
      </li>
    ))}</ol>
  );
}

function detail(link: LinkName, { counts, log, size, stamped }: Verdict, by: string): string {
  switch (link) {
    case "files": return tn("{n} file", "{n} files", counts.files);
    case "log": return t("{log}, its first {n} lines", { log, n: size });
    case "statements": return tn("{n} statement", "{n} statements", counts.statements);
    case "chains": return tn("{n} chain of keys and people", "{n} chains of keys and people", counts.chains);
    case "stamp": return stamped ? t("{time}, signed by {name}", { time: utc(stamped), name: by }) : "";
    default: return "";
  }
}

function ClaimFacts({ claim }: { claim: Claim }) {
  return (
    <dl class="facts">
      {claim.title !== null && <><dt>{t("Title")}</dt><dd>{claim.title}</dd></>}
      {claim.files.length > 0 && <><dt>{t("Files shown")}</dt><dd>{list(claim.files)}</dd></>}
      <dt>{t("Entered")}</dt><dd>{t("by {person} for {org}, as version {n}, on line {line} of the log {log}", { person: claim.person, org: claim.org, n: claim.version, line: claim.line, log: claim.log })}</dd>
      <dt>{t("Kind")}</dt><dd>{wordFor(KINDS, claim.klass)}</dd>
      <Owned rights={claim.rights} />
      {claim.approved.length > 0 && <><dt>{t("Agreed")}</dt><dd>{list(claim.approved)}</dd></>}
      {claim.silent.length > 0 && <><dt>{t("No approval in the bundle")}</dt><dd>{list(claim.silent)}</dd></>}
    </dl>
  );
}

const Owned = ({ rights }: { rights: Record<string, Shares> }) => (
  <>{Object.entries(rights).map(([right, owners]) => [<dt key={right}>{wordFor(RIGHTS, right)}</dt>, <dd key={`${right}-owners`}>{list(Object.entries(owners).map(([org, share]) => `${org} ${share}`))}</dd>])}</>
);

const RegisterFacts = ({ register }: { register: Register }) => (
  <>
    <p>{t("Members: {names}.", { names: list(register.members) })}</p>
    <ul class="listed stack near" role="list">{register.contributions.map((each) => (
      <li key={each.id} class="panel"><p><code>{each.id.slice(0, 4)} {each.id.slice(4, 8)}</code> · {tn("{n} version", "{n} versions", each.versions)} · {wordFor(STANDINGS, each.standing)}</p><dl class="facts"><Owned rights={each.rights} /></dl></li>
    ))}</ul>
  </>
);

function limits({ claim, register, stamped, apart, links, logs }: Verdict, ours: boolean): string[] {
  const unnamed = logs.filter(({ named }) => !named).map(({ name }) => name);
  return [
    stamped && t("That the clock of the time stamp authority was right: for that you rely on it. Its signature and certificates were checked."),
    claim?.silent.length && t("That those named as owners agree whose approval is not in the bundle."),
    claim && t("That nobody objected, and what came later. A register shows it."),
    register && t("What the contributions are called and hold. That is sealed; their owners can show it."),
    !links.includes("lines") && t("That the history was not forked: the log’s lines are not in the bundle."),
    apart > 0 && tn("What {n} statement says that is for its parties alone, as a grant of access is. Who owns what does not hang on it.", "What {n} statements say that are for their parties alone, as grants of access are. Who owns what does not hang on them.", apart),
    unnamed.length > 0 && t("That {logs} had the key shown above: only the log after it says so.", { logs: list(unnamed) }),
    !ours && t("That the log is the one you think of: you entered its key yourself."),
    t("That people and organisations are who they say: names are what they call themselves. Compare fingerprints, or ask them."),
    t("Who made the work, that it is new, or that a court will follow. It proves who said what, in which order, and before when."),
  ].filter((each): each is string => !!each);
}
