/** The verdict on a bundle: a sentence, what it says, the chain as a thread, and what it does not prove. */
import type { Claim, LinkName, Register, Shares, Verdict } from "../evidence/verdict";
import { Icon, Notice } from "../ui/parts";
import { KINDS, RIGHTS, STANDINGS, wordFor } from "../ui/sentences";
import { list, t, tn, utc } from "../words";

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
  stamp: () => t("The time stamp is over this history"),
};

/** The section of VERIFY.md in which the same is done with stock tools. */
const SECTIONS: Record<LinkName, number> = { files: 1, log: 2, signatures: 3, lines: 4, statements: 4, chains: 5, stamp: 6, sealed: 7, hand: 7 };

export function HoldingVerdict({ verdict, ours }: { verdict: Verdict; ours: boolean }) {
  const { claim, register, missing } = verdict;
  return (
    <>
      <h2 id="bundle-verdict">{missing.length ? t("What is shown holds") : t("The bundle holds")}</h2>
      <Notice kind={missing.length ? "warn" : "good"}><p class="verdict-sentence">{claim ? claimSentence(claim) : register ? t("The register of {name} holds {n} contributions of {m} members, as of line {line} of the log.", { name: register.name, n: register.contributions.length, m: register.members.length, line: verdict.size - 1 }) : ""} {timeSentence(verdict)}</p></Notice>
      {missing.length > 0 && <Notice kind="warn"><p>{tn("{n} statement is not shown, on line {lines} of the log, and it is not one for its parties alone. A transfer, an objection or a change of key could be missing: ask whoever gave you this.", "{n} statements are not shown, on lines {lines} of the log, and they are not for their parties alone. A transfer, an objection or a change of key could be missing: ask whoever gave you this.", missing.length, { lines: missing.slice(0, 12).join(", ") + (missing.length > 12 ? ", …" : "") })}</p></Notice>}
      {claim && <ClaimFacts claim={claim} />}
      {register && <RegisterFacts register={register} />}
      <h3>{t("What was checked, in order")}</h3>
      <Thread done={verdict.links} broken={null} verdict={verdict} />
      <h3>{t("What this does not prove")}</h3>
      <ul class="stack near">{limits(verdict, ours).map((each) => <li key={each}>{each}</li>)}</ul>
      <p class="noprint"><button type="button" class="btn" onClick={() => print()}><Icon name="printer" /><span>{t("Print this")}</span></button></p>
    </>
  );
}

export function BrokenVerdict({ link, why }: { link: string; why: string }) {
  const at = ORDER.indexOf(link as LinkName);
  return (
    <>
      <h2 id="bundle-verdict">{t("The chain is broken")}</h2>
      <Notice kind="bad"><p>{at < 0 ? t("This is not a bundle that can be read.") : t("Broken link: {link}.", { link: NAMES[link as LinkName]() })}</p><p lang="en" class="t-s">{why}</p></Notice>
      <p>{t("Nothing in it is proven. Ask whoever gave it to you for a fresh copy; if that is broken as well, do not rely on it.")}</p>
      {at >= 0 && <Thread done={ORDER.slice(0, at)} broken={link as LinkName} verdict={null} />}
    </>
  );
}

function claimSentence({ inHand, files, org }: Claim): string {
  if (inHand || files.length === 1) return t("This file was entered by a key of {org}.", { org });
  if (files.length) return t("These files were entered by a key of {org}.", { org });
  return t("Something sealed was entered by a key of {org}. What it holds is not shown.", { org });
}

const timeSentence = ({ stamped, claim }: Verdict): string =>
  stamped ? t("A time stamp says that it existed on {time}.", { time: utc(stamped) })
    : claim ? t("When is not proven: no time stamp covers it. Its maker’s device said {time}.", { time: utc(claim.said) })
      : t("When is not proven: no time stamp covers it.");

/** The red thread: what holds, and where it breaks. */
function Thread({ done, broken, verdict }: { done: LinkName[]; broken: LinkName | null; verdict: Verdict | null }) {
  const steps = broken ? [...done, broken] : done;
  return (
    <ol class="thread down" role="list">{steps.map((link) => (
      <li key={link} class={link === broken ? "now" : "done"}>
        <b>{NAMES[link]()}</b>
        {verdict && <span class="when">{detail(link, verdict)}</span>}
        <span class="when">{t("By hand: VERIFY.md in the bundle, section {n}", { n: SECTIONS[link] })}</span>
        <span class="vh">, {link === broken ? t("broken") : t("holds")}</span>
      </li>
    ))}</ol>
  );
}

function detail(link: LinkName, { counts, log, size, stamped }: Verdict): string {
  switch (link) {
    case "files": return tn("{n} file", "{n} files", counts.files);
    case "log": return t("{log}, its first {n} lines", { log, n: size });
    case "statements": return tn("{n} statement", "{n} statements", counts.statements);
    case "chains": return tn("{n} chain of keys and people", "{n} chains of keys and people", counts.chains);
    case "stamp": return stamped ? t("{time}. The stamp’s own signature was not checked here.", { time: utc(stamped) }) : t("It is over an earlier part of the log.");
    default: return "";
  }
}

function ClaimFacts({ claim }: { claim: Claim }) {
  return (
    <dl class="facts">
      {claim.title !== null && <><dt>{t("Title")}</dt><dd>{claim.title}</dd></>}
      {claim.files.length > 0 && <><dt>{t("Files shown")}</dt><dd>{list(claim.files)}</dd></>}
      <dt>{t("Entered")}</dt><dd>{t("by {person} for {org}, as version {n}, on line {line} of the log", { person: claim.person, org: claim.org, n: claim.version, line: claim.index })}</dd>
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

function limits({ claim, register, stamped, apart, links }: Verdict, ours: boolean): string[] {
  return [
    stamped && t("That the time is right: the stamp’s own signature was not checked here. VERIFY.md, section 6, does it with openssl."),
    claim?.silent.length && t("That those named as owners agree whose approval is not in the bundle."),
    claim && t("That nobody objected, and what came later. A register shows it."),
    register && t("What the contributions are called and hold. That is sealed; their owners can show it."),
    !links.includes("lines") && t("That the history was not forked: the log’s lines are not in the bundle."),
    apart > 0 && tn("What {n} statement says that is for its parties alone, as a grant of access is. Who owns what does not hang on it.", "What {n} statements say that are for their parties alone, as grants of access are. Who owns what does not hang on them.", apart),
    !ours && t("That the log is the one you think of: you entered its key yourself."),
    t("That people and organisations are who they say: names are what they call themselves. Compare fingerprints, or ask them."),
    t("Who made the work, that it is new, or that a court will follow. It proves who said what, in which order, and before when."),
  ].filter((each): each is string => !!each);
}
