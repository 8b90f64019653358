/** Proposing other owners of a right: what is so today, who would own it, who must agree, what follows. */
import { useEffect, useState } from "preact/hooks";
import { ask } from "../ask";
import type { ContributionView } from "../engine/contribution";
import type { RightView } from "../engine/register";
import type { OrgView } from "../engine/workspace";
import type { Here } from "../ui/app";
import { useLoaded } from "../ui/loaded";
import { Failure, Form, Icon, Notice, Org } from "../ui/parts";
import { type RightDraft, ShareBar, Shares, wholes } from "../ui/rights";
import { go } from "../ui/route";
import { RIGHTS, wordFor } from "../ui/sentences";
import { Crumbs } from "../ui/crumbs";
import { day, list, t } from "../words";

export function TransferPage({ here }: { here: Here }) {
  const { slug, id, more } = here.route;
  const { value, error, again } = useLoaded(() => ask("contribution", slug, id), id, true);
  useEffect(() => here.stop(error), [error]);
  if (error) return <><h1>{t("Propose other owners")}</h1><Failure error={error} /></>;
  if (!value) return <p class="muted">{t("Checking the register…")}</p>;
  const right = value.rights.find((each) => each.type === more);
  if (!right || !value.mayTransfer) return <div class="refusal"><h1>{t("Propose other owners")}</h1><p>{t("Only an owner of today can propose that, once the owners are agreed and nothing is disputed.")}</p><p><a class="btn" href={`#/w/${slug}/c/${id}`}>{t("Back")}</a></p></div>;
  return <Proposing key={right.basis.id} here={here} value={value} right={right} again={again} />;
}

function Proposing({ here, value, right, again }: { here: Here; value: ContributionView; right: RightView; again(): Promise<void> }) {
  const [draft, set] = useState<RightDraft>({ type: right.type, shares: Object.fromEntries(right.owners.map((each) => [each.id, each.share])) });
  const [tried, tryIt] = useState(false);
  const [error, fail] = useState<unknown>(null);
  const parties = partiesOf(value, right);
  const [whole] = wholes([draft]);
  const changed = !!whole && !sameAs(whole.owners, right);
  const submit = async (): Promise<void> => {
    tryIt(true);
    if (!whole || !changed) return;
    try {
      await ask("propose", { slug: value.slug, contribution: value.id, org: value.mayTransfer, right: right.type, basis: right.basis.id, owners: whole.owners });
    } catch (failed) {
      await again();
      throw failed;
    }
    here.say(t("Proposed. The receipt was checked."));
    go(`w/${value.slug}/c/${value.id}`);
  };
  return (
    <>
      <Crumbs here={here} value={value} />
      <header class="head"><div><h1>{t("Propose other owners")}</h1><p class="state row"><span class="tag">{wordFor(RIGHTS, right.type)}</span>{value.title ?? t("Sealed from you")}</p></div></header>
      <div class="transfer">
        <section class="stack"><h2>{t("Today")}</h2><ShareBar owners={right.owners} /><p class="muted t-s">{t("Since entry {n}, {when}.", { n: right.basis.index, when: day(right.basis.at) })}</p></section>
        <Earlier value={value} right={right} />
        <Form submit={submit} failed={fail}>
          <fieldset class="field rights-field"><legend class="name">{t("Owners from then on")}</legend><p class="hint">{t("As fractions, such as 1/2 or 2/3. An empty field means no share.")}</p>
            <div class="right"><Shares right={draft} set={set} parties={parties} tried={tried} /></div>
          </fieldset>
          {tried && whole && !changed && <p class="error"><Icon name="circle-alert" />{t("These are today's owners. Change a share first.")}</p>}
          <Asked parties={parties} right={right} draft={draft} org={value.mayTransfer} />
          <Failure error={error} />
          <div class="buttons"><button class="btn primary"><Icon name="send" />{t("Sign the proposal")}</button><a class="btn quiet" href={`#/w/${value.slug}/c/${value.id}`}>{t("Not now")}</a></div>
        </Form>
      </div>
    </>
  );
}

/** Who owned it before, newest first: every change of owners that took effect. */
function Earlier({ value, right }: { value: ContributionView; right: RightView }) {
  const before = value.matters.filter(({ id, settled }) => settled && id !== right.basis.id && settled.index < right.basis.index)
    .flatMap((each) => each.rights.filter(({ type }) => type === right.type).map(({ owners }) => ({ id: each.id, at: each.settled as { index: number; at: string }, owners })))
    .sort((one, two) => two.at.index - one.at.index);
  if (!before.length) return null;
  return (
    <details class="more-d"><summary><Icon name="chevron-right" /><span>{t("Earlier owners")}</span></summary><div class="stack">{before.map((each) => (
      <div key={each.id}><ShareBar owners={each.owners} /><p class="muted t-s">{t("From entry {n}, {when}.", { n: each.at.index, when: day(each.at.at) })}</p></div>
    ))}</div></details>
  );
}

/** Members of today, and owners of today even if they have left: their word is needed too. */
const partiesOf = (value: ContributionView, right: RightView): OrgView[] => [
  ...value.readers, ...right.owners.filter((each) => !value.readers.some((other) => other.id === each.id)),
];

const sameAs = (owners: { party: string; share: string }[], right: RightView): boolean =>
  owners.length === right.owners.length && owners.every(({ party, share }) => right.owners.some((each) => each.id === party && each.share === share));

/** Everyone who owns it today or would own it then, other than ourselves. */
function Asked({ parties, right, draft, org }: { parties: OrgView[]; right: RightView; draft: RightDraft; org: string }) {
  const concerned = parties.filter((each) => right.owners.some((owner) => owner.id === each.id) || (draft.shares[each.id] ?? "").trim());
  const others = concerned.filter((each) => each.id !== org);
  const joining = concerned.filter((each) => !right.owners.some((owner) => owner.id === each.id));
  const leaving = right.owners.filter((each) => !(draft.shares[each.id] ?? "").trim());
  return (
    <div class="stack near" aria-live="polite">
      <h2>{t("Who must agree")}</h2>
      {others.length ? <ul class="voices" role="list">{others.map((each) => <li key={each.id}><Org org={each} /><span class="voice">{t("has not said")}</span></li>)}</ul> : <p class="muted">{t("Nobody else: you own all of it.")}</p>}
      <Notice title={t("What follows")}>
        <p>{t("It takes effect with the last approval, and not before. Until then you can take it back; afterwards only another transfer changes it.")}</p>
        {joining.length > 0 && <p>{t("{orgs} would own a part of it for the first time: a say in versions, readers and owners. What was sealed before opens to them only when an owner shares it.", { orgs: list(joining.map((each) => each.name)) })}</p>}
        {leaving.length > 0 && <p>{t("{orgs} would own nothing of it any more: no say in versions, readers or owners. What they can read they have read.", { orgs: list(leaving.map((each) => each.name)) })}</p>}
        <p>{t("Owners and shares are not sealed: every partner and the operator sees them.")}</p>
      </Notice>
    </div>
  );
}
