/** What the owners still have to agree on, what they agreed on before, and our word on it. */
import { useState } from "preact/hooks";
import { ask } from "../ask";
import type { ContributionView } from "../engine/contribution";
import type { MatterView } from "../engine/matters";
import { moment, t } from "../words";
import type { Here } from "./app";
import { Button, Failure, Field, Icon, Org, Standing } from "./parts";
import { ShareBar } from "./rights";
import { RIGHTS, wordFor } from "./sentences";

interface MattersProps {
  value: ContributionView;
  again(): Promise<void>;
  here: Here;
}

const VOICES: Record<string, () => string> = {
  made: () => t("said so"), approved: () => t("agrees"), objected: () => t("objects"), waiting: () => t("has not said"),
};

const alive = (matter: MatterView): boolean => matter.open || matter.standing === "disputed" || !!matter.mayObject;

export function Matters({ value, again, here }: MattersProps) {
  const now = value.matters.filter(alive);
  const before = value.matters.filter((each) => !alive(each));
  if (!value.matters.length) return null;
  return (
    <section class="stack"><h2>{t("Agreeing on the owners")}</h2>
      {now.map((matter) => <Matter key={matter.id} matter={matter} value={value} again={again} here={here} />)}
      {!now.length && <p class="muted">{t("Nothing waits for anyone's word.")}</p>}
      {before.length > 0 && <details class="more-d"><summary><Icon name="chevron-right" /><span>{t("What was said before")}</span></summary><div class="stack">{before.map((each) => <Past key={each.id} matter={each} />)}</div></details>}
    </section>
  );
}

const nameOf = (matter: MatterView): string =>
  matter.kind === "version" ? t("Owners as of version {n}", { n: matter.number }) : t("Other owners: {right}", { right: wordFor(RIGHTS, matter.rights[0]?.type ?? "") });

const Past = ({ matter }: { matter: MatterView }) => (
  <div class="past">
    <p class="row between"><b>{nameOf(matter)}</b><Standing state={matter.standing} /></p>
    {matter.kind === "transfer" && <Rights matter={matter} />}
    <p class="muted t-s">{t("Entry {n}, {person} for {org}, {when}.", { n: matter.index, person: matter.by, org: matter.org.name, when: moment(matter.at) })} {matter.settled && t("Agreed with entry {n}, {when}.", { n: matter.settled.index, when: moment(matter.settled.at) })}</p>
  </div>
);

const Rights = ({ matter }: { matter: MatterView }) => (
  <dl class="rights">{matter.rights.map((right) => <div key={right.type}><dt class="vh">{wordFor(RIGHTS, right.type)}</dt><dd><ShareBar owners={right.owners} /></dd></div>)}</dl>
);

function Matter({ matter, value, again, here }: { matter: MatterView } & MattersProps) {
  const [error, fail] = useState<unknown>(null);
  const [deciding, decide] = useState(false);
  const speak = (type: string, org: string, of: string, said: string) => async (): Promise<void> => {
    await ask("speak", value.slug, type, org, of);
    decide(false);
    await again();
    here.say(said);
  };
  const { mayApprove, mayObject, mayWithdraw } = matter;
  const button = { failed: fail, busy: t("Signing, checking the receipt…") };
  const approve = speak("approve", mayApprove, matter.id, t("Your organisation agrees."));
  const final = matter.kind === "transfer" && matter.decides;
  return (
    <div class="panel matter">
      <div class="row between"><h3>{nameOf(matter)}</h3><Standing state={matter.standing} /></div>
      <p class="muted t-s">{t("Entry {n}, {person} for {org}, {when}.", { n: matter.index, person: matter.by, org: matter.org.name, when: moment(matter.at) })} <code>{matter.id.slice(0, 4)} {matter.id.slice(4, 8)}</code></p>
      {matter.kind === "transfer" && <Rights matter={matter} />}
      <ul class="voices" role="list">{matter.voices.map((each) => <li key={each.id}><Org org={each}>{each.left && <span class="muted"> {t("(has left)")}</span>}</Org><span class={`voice ${each.said}`}>{VOICES[each.said]?.()}</span></li>)}</ul>
      <Explained matter={matter} value={value} />
      {deciding ? <Decide matter={matter} act={approve} fail={fail} back={() => decide(false)} /> : <div class="buttons">
        {mayApprove && (final ? <button type="button" class="btn primary" onClick={() => decide(true)}><Icon name="check" />{t("We agree")}</button> : <Button kind="primary" icon="check" {...button} act={approve}>{t("We agree")}</Button>)}
        {mayObject && <Button icon="x" {...button} act={speak("object", mayObject, matter.id, t("Your organisation objects."))}>{t("We object")}</Button>}
        {mayWithdraw && <Button icon="undo-2" {...button} act={speak("withdraw", mayWithdraw.org, mayWithdraw.of, t("What your organisation said was taken back."))}>{mayWithdraw.own ? t("Take the proposal back") : t("Take back what we said")}</Button>}
      </div>}
      <Failure error={error} />
    </div>
  );
}

/** What stands in the way, and what can be done. */
function Explained({ matter, value }: { matter: MatterView; value: ContributionView }) {
  const renew = value.mayTransfer && matter.kind === "transfer" && <> <a href={`#/w/${value.slug}/c/${value.id}/transfer/${matter.rights[0]?.type}`}>{t("Propose it anew on today's owners")}</a></>;
  if (matter.standing === "overtaken") return <p class="t-s">{t("Today's owners are others than when this was said. It cannot take effect any more.")}{renew}</p>;
  if (matter.standing === "disputed" && matter.kind === "transfer") return <p class="t-s">{t("Owners stay as they are while somebody objects. Whoever objects can take it back, or the proposer can take the proposal back and make another one.")}</p>;
  if (matter.standing === "disputed") return <p class="t-s">{t("Nobody can propose other owners until the objection is taken back, or a new version finds everyone's approval.")}</p>;
  if (matter.kind === "transfer") return <p class="t-s">{t("It takes effect with the last approval. Until then today's owners stay.")}</p>;
  return null;
}

/** The last approval changes who owns it: said in full, and the entry's mark is typed. */
function Decide({ matter, act, fail, back }: { matter: MatterView; act(): Promise<void>; fail(error: unknown): void; back(): void }) {
  const [typed, type] = useState("");
  const [wrong, mark] = useState("");
  const code = matter.id.slice(0, 4);
  const sign = async (): Promise<void> => {
    if (typed.trim().toLowerCase() !== code) return mark(t("Type {code}, as it stands above.", { code }));
    await act();
  };
  return (
    <div class="deciding stack near">
      <p><b>{t("With your word this takes effect at once, and cannot be taken back.")}</b> {t("Whoever owns it afterwards decides alone on what comes: versions, readers, other owners.")}</p>
      <Field label={t("Type {code} to sign", { code })} value={typed} set={(value) => { type(value); mark(""); }} error={wrong || undefined} code max={8} />
      <div class="buttons"><Button kind="primary" icon="check" act={sign} failed={fail} busy={t("Signing, checking the receipt…")}>{t("Agree and change the owners")}</Button><Button kind="quiet" act={back}>{t("Not now")}</Button></div>
    </div>
  );
}
