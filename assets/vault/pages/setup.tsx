/** Making keys, in three steps: a passphrase that is shown, a sheet that is printed, a check that it was. */
import { useEffect, useState } from "preact/hooks";
import { ask } from "../ask";
import type { Purpose, Sheet } from "../engine/making";
import type { Here } from "../ui/app";
import { Button, Failure, Field, Form, Icon, Notice, Steps } from "../ui/parts";
import { RecoverySheet, saveSheet } from "../ui/sheet";
import { t } from "../words";

export const SetUpPage = ({ here }: { here: Here }) => <Making here={here} purpose={{ kind: "first" }} />;

/** The steps of making keys, for whatever they are made. `before` names a step that was done already. */
export function Making({ here, purpose, before }: { here: Here; purpose: Purpose; before?: string }) {
  const [step, setStep] = useState(0);
  const [passphrase, setPassphrase] = useState("");
  const [sheet, setSheet] = useState<Sheet | null>(null);
  const [error, fail] = useState<unknown>(null);
  useEffect(() => void ask("beginKeys", purpose).then((made) => setPassphrase(made.passphrase), fail), []);
  const repeated = async (): Promise<void> => {
    setSheet(await ask("sheet"));
    setStep(1);
  };
  const done = async (reprint: boolean): Promise<void> => {
    if (reprint) setSheet(await ask("keys").then(({ fingerprint }) => ({ ...(sheet as Sheet), fingerprint })));
    setStep(reprint ? 4 : 3);
  };
  const names = before ? [before, t("Passphrase"), t("Sheet"), t("Check")] : [t("Passphrase"), t("Recovery sheet"), t("Check")];
  return (
    <div class="making">
      <div class="making-text stack">
        <Steps names={names} now={Math.min(step, 2) + (before ? 1 : 0)} />
        <Failure error={error} />
        {step === 0 && <Passphrase passphrase={passphrase} done={repeated} />}
        {step === 1 && sheet && <Print sheet={sheet} next={() => setStep(2)} />}
        {step === 2 && sheet && <Check back={() => setStep(1)} here={here} tried={(typed) => ask("endKeys", typed)} done={done} />}
        {step >= 3 && <Done reprint={step === 4} here={here} purpose={purpose} />}
      </div>
      {sheet && (step === 1 || step === 4) && <RecoverySheet sheet={sheet} />}
    </div>
  );
}

function Passphrase({ passphrase, done }: { passphrase: string; done(): Promise<void> }) {
  const [typed, type] = useState("");
  const [wrong, mark] = useState("");
  const [error, fail] = useState<unknown>(null);
  const submit = async (): Promise<void> => {
    if (await ask("repeats", typed)) return done();
    mark(t("These are not the six words above. Compare each one."));
  };
  return (
    <>
      <h1>{t("Your six words")}</h1>
      <p class="lead">{t("These words unlock your keys on this and any other device. We made them; nobody else knows them, and we keep no copy.")}</p>
      <p class="passphrase" translate={false}>{passphrase ? passphrase.split(" ").map((word) => <span key={word}>{word} </span>) : t("Drawing six words…")}</p>
      <p>{t("Put them in your password manager, or write them down.")}</p>
      <Form submit={submit} failed={fail}>
        <Field label={t("Type the six words")} value={typed} set={(value) => { type(value); mark(""); }} error={wrong || undefined} hint={t("With a space between them. Capital letters do not matter.")} />
        <Failure error={error} />
        <div class="buttons"><button class="btn primary">{t("Continue")}</button></div>
      </Form>
      <Why />
    </>
  );
}

/** The sheet's own step; also used for an organisation's sheet. */
export function Print({ sheet, next }: { sheet: Sheet; next(): void }) {
  const person = sheet.kind === "person";
  return (
    <>
      <h1>{person ? t("Print your recovery sheet") : t("Print the organisation's sheet")}</h1>
      <p class="lead">{person ? t("This sheet is the only way back in if you forget your words or lose this computer. We never see it and cannot send you another.") : t("With this sheet your organisation gets back into its work when everyone who manages its keys has left. We never see it and cannot send another.")}</p>
      <ol class="numbered" role="list">
        <li>{t("Print it, or save it as a file on a drive you keep offline.")}</li>
        <li>{t("Put it where you keep contracts. Give it the care of a signed original.")}</li>
        <li>{t("Next, we ask for its last 8 characters, so that you know it printed.")}</li>
      </ol>
      <div class="buttons">
        <Button kind="primary" icon="printer" act={() => window.print()}>{t("Print the sheet")}</Button>
        <Button icon="download" act={() => saveSheet(sheet)}>{t("Save as a file")}</Button>
        <Button kind="quiet" act={next}>{t("I have it. Continue")}</Button>
      </div>
      <Why />
    </>
  );
}

/** The check that the sheet is in the reader's hands; only then is anything sent. */
export function Check({ back, done, here, tried }: { back(): void; done(reprint: boolean): Promise<void> | void; here: Here; tried(typed: string): Promise<{ right: boolean; reprint: boolean }> }) {
  const [typed, type] = useState("");
  const [wrong, mark] = useState("");
  const [busy, work] = useState(false);
  const [error, fail] = useState<unknown>(null);
  const submit = async (): Promise<void> => {
    work(true);
    try {
      const { right, reprint } = await tried(typed);
      if (right) await done(reprint);
      else mark(t("These are not the last 8 characters of this sheet. They stand out in yellow."));
    } catch (failed) {
      here.stop(failed);
      throw failed;
    } finally {
      work(false);
    }
  };
  return (
    <>
      <h1>{t("Check the sheet")}</h1>
      <p class="lead">{t("Take the printed sheet and read its last 8 characters.")}</p>
      <Form submit={submit} failed={fail}>
        <Field label={t("Last 8 characters of the recovery key")} value={typed} set={(value) => { type(value); mark(""); }} error={wrong || undefined} code max={12} />
        <Failure error={error} />
        <div class="buttons"><button class="btn primary" aria-busy={busy || undefined}>{busy ? t("Entering your key, checking the receipt…") : t("This is my sheet")}</button><Button kind="quiet" act={back}>{t("Show the sheet again")}</Button></div>
      </Form>
    </>
  );
}

function Done({ reprint, here, purpose }: { reprint: boolean; here: Here; purpose: Purpose }) {
  const on = async (): Promise<void> => { location.hash = here.invitation ? "#/join" : "#/keys"; await here.entered(); };
  return (
    <>
      <h1>{purpose.kind === "next" ? t("Your key was changed") : t("Your keys are made")}</h1>
      <Notice kind="good" icon="shield-check"><p>{t("Your public key is in the register, and its receipt was checked. This device is open now; it locks when you close or reload the page.")}</p></Notice>
      {purpose.kind === "next" && <p>{t("Destroy the old sheet. The old words and the old passkey open nothing any more. Your fingerprint stays the same.")}</p>}
      {purpose.kind === "anew" && <Notice kind="warn"><p>{t("You are a new key holder to everyone. Ask a colleague who manages your organisation's keys for a link, and read them your fingerprint. What you could open before opens again once they have let you in.")}</p></Notice>}
      {reprint && <Notice kind="warn"><p>{t("More than ten minutes went by, so your fingerprint is another one now. Print the sheet again and throw the first one away.")}</p><p><Button icon="printer" act={() => window.print()}>{t("Print the sheet")}</Button></p></Notice>}
      <div class="buttons"><Button kind="primary" act={on}>{here.invitation ? t("Go on to the invitation") : t("Continue")}</Button></div>
    </>
  );
}

export const Why = () => (
  <details class="more-d"><summary><Icon name="chevron-right" /><span>{t("Why can’t Crosslab reset it?")}</span></summary>
    <div><p>{t("Because then Crosslab could read your work. What you put in is sealed on your device with keys that only you and those you share with hold. We store sealed files and cannot open them.")}</p></div>
  </details>
);
