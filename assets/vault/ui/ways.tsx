/** The ways to one's own key: six words, a passkey for convenience, the printed sheet that stays needed. */
import { useState } from "preact/hooks";
import { ask } from "../ask";
import type { KeysView } from "../engine/keysview";
import { day, t } from "../words";
import type { Here } from "./app";
import { Button, Failure, Field, Form, Icon } from "./parts";
import { hasPasskeys, passkeys } from "./touch";

export function Ways({ value, here, again, renew }: { value: KeysView; here: Here; again(): Promise<void>; renew(): Promise<void> }) {
  const [error, fail] = useState<unknown>(null);
  const { passphrase, passkey } = value.ways;
  return (
    <>
      <h2>{t("Ways to your key")}</h2>
      <section class="panel">
        <ul class="ways" role="list">
          <li><Icon name="key-round" /><div><b>{t("Six words")}</b><small>{passphrase ? t("Since {day}", { day: day(passphrase) }) : t("None at the moment")}</small></div>
            <Button kind="small" act={renew} failed={fail} busy={t("Drawing six words…")}>{t("Get six new words")}</Button></li>
          <Passkey since={passkey} here={here} again={again} failed={fail} />
          <Printed seen={value.sheetSeen} here={here} again={again} />
        </ul>
        <Failure error={error} />
        <p class="row between"><span class="muted t-s">{t("A lost laptop, a sheet that was seen, or simply time for a new one:")}</span><a class="btn" href="#/renew">{t("Change your key")}</a></p>
      </section>
    </>
  );
}

function Passkey({ since, here, again, failed }: { since: string | undefined; here: Here; again(): Promise<void>; failed(error: unknown): void }) {
  const person = here.session.person.vault_id ?? "";
  const keep = async (): Promise<void> => {
    passkeys.keep(person, await ask("keepPasskey", passkeys.of(person)));
    here.say(t("Your passkey opens this vault now. Keep the sheet: a passkey can be lost."));
    await again();
  };
  const drop = async (): Promise<void> => {
    await ask("removePasskey");
    passkeys.keep(person, "");
    await again();
  };
  return (
    <li><Icon name="user" /><div><b>{t("Passkey")}</b><small>{since ? t("Since {day}. Quicker than six words; it never replaces the sheet.", { day: day(since) }) : t("Unlock with your fingerprint or face. Quicker than six words; it never replaces the sheet.")}</small></div>
      {since ? <Button kind="small" act={drop} failed={failed}>{t("Remove the passkey")}</Button>
        : hasPasskeys() ? <Button kind="small" act={keep} failed={failed} busy={t("Touch it, twice…")}>{t("Set up a passkey")}</Button>
          : <span class="muted t-s">{t("Not in this browser")}</span>}</li>
  );
}

/** A sheet is worth what it was worth when it was last read: its last characters say that it is still there. */
function Printed({ seen, here, again }: { seen: string; here: Here; again(): Promise<void> }) {
  const [asking, ask_] = useState(false);
  const [typed, type] = useState("");
  const [wrong, mark] = useState("");
  const [error, fail] = useState<unknown>(null);
  const submit = async (): Promise<void> => {
    if (!(await ask("sheetIsHere", typed))) return mark(t("These are not the last 8 characters of your newest sheet."));
    ask_(false);
    type("");
    here.say(t("Your sheet is the right one."));
    await again();
  };
  return (
    <li><Icon name="printer" /><div><b>{t("Printed sheet")}</b><small>{seen ? t("Last in your hands on {day}", { day: day(seen) }) : t("Not checked on this device yet")}</small>
      {asking && <Form submit={submit} failed={fail}>
        <Field label={t("Last 8 characters of the recovery key")} value={typed} set={(value) => { type(value); mark(""); }} error={wrong || undefined} code max={12} />
        <Failure error={error} />
        <div class="buttons"><button class="btn primary">{t("This is my sheet")}</button></div>
      </Form>}</div>
      {!asking && <Button kind="small" act={() => ask_(true)}>{t("Check the sheet")}</Button>}</li>
  );
}
