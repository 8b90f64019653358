/** With an organisation's printed sheet: taking its keys back, or only printing the next sheet. */
import { useState } from "preact/hooks";
import { ask } from "../ask";
import type { Sheet } from "../engine/making";
import type { Here } from "../ui/app";
import { Button, Failure, Field, Form, Notice, Steps } from "../ui/parts";
import { go } from "../ui/route";
import { RecoverySheet } from "../ui/sheet";
import { t } from "../words";
import { Check, Print } from "./setup";

export function RegainPage({ here }: { here: Here }) {
  const house = here.session.organisations.find((each) => each.id === here.route.id);
  const [step, setStep] = useState(0);
  const [sheet, setSheet] = useState<Sheet | null>(null);
  if (!house?.vault_id) return <div class="refusal"><h1>{t("No keys yet")}</h1><p>{t("It does not exist, or your organisation has no keys yet.")}</p><p><a class="btn" href="#/keys">{t("Your keys")}</a></p></div>;
  const read = async (typed: string): Promise<void> => { setSheet(await ask("beginRegain", house.vault_id ?? "", typed)); setStep(1); };
  const tried = async (typed: string) => ({ right: await ask("endRegain", typed), reprint: false });
  return (
    <div class="making">
      <div class="making-text stack">
        <Steps names={[t("Old sheet"), t("New sheet"), t("Check")]} now={Math.min(step, 2)} />
        {step === 0 && <Read name={house.name} read={read} />}
        {step === 1 && sheet && <Print sheet={sheet} next={() => setStep(2)} />}
        {step === 2 && <Check here={here} tried={tried} back={() => setStep(1)} done={async () => { await here.entered(); setStep(3); }} />}
        {step === 3 && <>
          <h1>{t("You manage the keys of {name}", { name: house.name })}</h1>
          <Notice kind="good" icon="shield-check"><p>{t("The organisation has a new key and a new sheet. Everything it could open before, it opens still. Destroy the old sheet.")}</p></Notice>
          <p>{t("Everyone who follows the organisation sees that its keys were taken back, when, and by whom.")}</p>
          <div class="buttons"><Button kind="primary" act={() => go(`org/${house.id}`)}>{t("People and keys")}</Button></div>
        </>}
      </div>
      {step === 1 && sheet && <RecoverySheet sheet={sheet} />}
    </div>
  );
}

function Read({ name, read }: { name: string; read(typed: string): Promise<void> }) {
  const [typed, type] = useState("");
  const [busy, work] = useState(false);
  const [error, fail] = useState<unknown>(null);
  const submit = async (): Promise<void> => {
    work(true);
    await read(typed).finally(() => work(false));
  };
  return (
    <>
      <h1>{t("Take the keys of {name} back", { name })}</h1>
      <p class="lead">{t("Type the recovery key from the organisation's printed sheet. It stays on this device. You become one of those who manage the keys, and the sheet is replaced by a new one.")}</p>
      <Form submit={submit} failed={fail}>
        <Field label={t("Recovery key of the organisation")} value={typed} set={type} code kind="long" hint={t("It begins with CROSSLAB-ORG-1. Spaces and line breaks do not matter.")} />
        <Failure error={error} />
        <div class="buttons"><button class="btn primary" aria-busy={busy || undefined}>{busy ? t("Opening the organisation's keys…") : t("Go on with this sheet")}</button><a class="btn quiet" href="#/keys">{t("Back")}</a></div>
      </Form>
    </>
  );
}
