/** Keys that changed: who, when, why, and what to do about it; a full stop before something goes to such a party. */
import { useEffect, useState } from "preact/hooks";
import { ask } from "../ask";
import type { KeyChange, KeyStep } from "../engine/changes";
import type { Here } from "../ui/app";
import { useRedraw } from "../ui/loaded";
import { Button, Failure, Icon, Notice } from "../ui/parts";
import { list, moment, t } from "../words";

export function ChangesPage({ here, stopped, done }: { here: Here; stopped: boolean; done(): void }) {
  const [changes, set] = useState<KeyChange[] | null>(null);
  const [error, fail] = useState<unknown>(null);
  const look = async (): Promise<void> => {
    const found = await ask("keyChanges");
    set(found);
    if (!found.length) done();
  };
  useEffect(() => void look().catch(fail), []);
  useRedraw(() => void look().catch(() => undefined));
  return (
    <div class="changes stack">
      <h1>{t("A key changed")}</h1>
      <p class="lead">{stopped ? t("Nothing was handed over. Since this device last looked, keys changed of parties you deal with. Decide for each, then send again what you were about to.") : t("Since this device last looked, keys changed of parties you deal with. Decide for each; until then nothing is handed to them from here.")}</p>
      <Failure error={error} />
      {changes?.map((change) => <Change key={change.id} change={change} here={here} look={look} failed={fail} />)}
      <p><Button kind="quiet" act={done}>{t("Decide later")}</Button></p>
    </div>
  );
}

function Change({ change, here, look, failed }: { change: KeyChange; here: Here; look(): Promise<void>; failed(error: unknown): void }) {
  const { id, name, before, now } = change;
  const goOn = async (): Promise<void> => { await ask("goOnWith", [id]); await look(); };
  const compared = async (): Promise<void> => { await ask("setChecked", id, true); here.say(t("Marked on this device as compared in person.")); await goOn(); };
  return (
    <section class="panel" aria-label={name}>
      <h2>{name}</h2>
      {change.of.length > 0 && <p class="muted">{t("Holds the key of {orgs}", { orgs: list(change.of) })}</p>}
      <ul class="ways" role="list">{change.steps.map((step) => <li key={step.index}><Icon name="key-round" /><div><b>{happened(change, step)}</b><small>{moment(step.at)} · {t("place {n} in the register", { n: step.index })} · {t("signed by {name}", { name: step.by })}</small></div></li>)}</ul>
      <p>{before === now ? t("Its key is number {now}, as before; its printed sheet is another one.", { now }) : t("It was key number {before} and is number {now} now.", { before, now })} {change.kind === "person" ? t("It is the same person in the register, so the fingerprint stays. What they signed before stays valid.") : t("What it signed and what was shared with it before stays valid.")}</p>
      {change.fingerprint && <><p>{t("Call {name} on a number you know. Ask whether they changed their key, and let them read you:", { name })}</p><p class="fingerprint">{change.fingerprint}</p></>}
      {change.steps.some(({ what, reason }) => what === "recovered" || reason === "compromise") && <Notice kind="warn"><p>{t("This is not an everyday change. Speak to them before you go on.")}</p></Notice>}
      <div class="buttons">
        {change.fingerprint && <Button kind="primary" act={compared} failed={failed}>{t("Compared, and it is right")}</Button>}
        <Button act={goOn} failed={failed}>{t("Go on, knowing this")}</Button>
      </div>
    </section>
  );
}

function happened({ kind }: KeyChange, { what, reason }: KeyStep): string {
  if (what === "recovered") return t("The keys were taken back with the printed sheet");
  if (kind === "organisation") return reason === "left" ? t("A new key after somebody left") : t("A new key of the organisation");
  if (reason === "compromise") return t("A new key, because somebody else had the old one");
  return reason === "lost_device" ? t("A new key after a loss") : t("A new key, as a routine");
}
