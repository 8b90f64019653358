/** One's next key: why, then the same three steps as the first. And the new start of somebody who lost everything. */
import { useState } from "preact/hooks";
import type { Purpose } from "../engine/making";
import type { Here } from "../ui/app";
import { Failure, Field, Form, Notice, Steps } from "../ui/parts";
import { t } from "../words";
import { Making } from "./setup";

type Reason = Extract<Purpose, { kind: "next" }>["reason"];
const REASONS: { reason: Reason; words: () => string; hint: () => string }[] = [
  { reason: "routine", words: () => t("It is time for a new one"), hint: () => t("Nothing happened. Your partners see that you changed it.") },
  { reason: "lost_device", words: () => t("A device is lost, or a sheet"), hint: () => t("Somebody may find it. The old words, passkey and sheet stop working.") },
  { reason: "compromise", words: () => t("Somebody had my key"), hint: () => t("Then they could hold your organisation's key too: it gets a new one next, and every partner is told why.") },
];

export function RenewPage({ here }: { here: Here }) {
  const [reason, set] = useState<Reason>("routine");
  const [chosen, choose] = useState(false);
  if (chosen) return <Making here={here} purpose={{ kind: "next", reason }} before={t("Reason")} />;
  return (
    <div class="making"><div class="making-text stack">
      <Steps names={[t("Reason"), t("Passphrase"), t("Sheet"), t("Check")]} now={0} />
      <h1>{t("Change your key")}</h1>
      <p class="lead">{t("You get a new key, six new words and a new sheet. Your fingerprint stays, and so does everything you signed.")}</p>
      <Form submit={async () => choose(true)} failed={() => undefined}>
        <fieldset class="reasons"><legend><b>{t("Why?")}</b></legend>{REASONS.map((each) => (
          <div class="choice" key={each.reason}>
            <input type="radio" name="reason" id={`r-${each.reason}`} checked={reason === each.reason} onChange={() => set(each.reason)} />
            <label for={`r-${each.reason}`}><b>{each.words()}</b><small>{each.hint()}</small></label>
          </div>
        ))}</fieldset>
        <div class="buttons"><button class="btn primary">{t("Continue")}</button><a class="btn quiet" href="#/keys">{t("Keep the key I have")}</a></div>
      </Form>
      <p class="muted">{t("Where you manage an organisation's keys, you keep them. Where you do not, someone who does hands them to your new key; their device will tell them.")}</p>
    </div></div>
  );
}

export function AnewPage({ here }: { here: Here }) {
  const [typed, type] = useState("");
  const [wrong, mark] = useState("");
  const [confirmed, confirm] = useState(false);
  const [error, fail] = useState<unknown>(null);
  const { email } = here.session.person;
  const submit = async (): Promise<void> => {
    if (typed.trim().toLowerCase() !== email.toLowerCase()) return mark(t("This is not the address you are signed in with."));
    confirm(true);
  };
  if (confirmed) return <Making here={here} purpose={{ kind: "anew", confirm: email }} before={t("Decision")} />;
  return (
    <div class="making"><div class="making-text stack">
      <Steps names={[t("Decision"), t("Passphrase"), t("Sheet"), t("Check")]} now={0} />
      <h1>{t("Begin anew")}</h1>
      <p class="lead">{t("Only for when your six words, your passkey and your printed sheet are all gone. One of them is enough to come back without this.")}</p>
      <ul class="plain" role="list">
        <li>{t("You become a new key holder with a new fingerprint. What you signed stays under the old one.")}</li>
        <li>{t("Nobody gives you your organisation's keys by themselves: someone who manages them invites you again, and sees that this is a new key.")}</li>
        <li>{t("Your old words and your old sheet open nothing any more, even if you find them.")}</li>
        <li>{t("You and those who sign for your organisation get a letter about it.")}</li>
      </ul>
      <Form submit={submit} failed={fail}>
        <Field label={t("Type your e-mail address to begin anew")} value={typed} set={(value) => { type(value); mark(""); }} error={wrong || undefined} hint={email} />
        <Failure error={error} />
        <div class="buttons"><button class="btn danger">{t("Begin anew")}</button><a class="btn quiet" href="#/unlock">{t("Back")}</a></div>
      </Form>
      <Notice><p>{t("Managed the keys alone? First make a new key here, then take your organisation's keys back with its printed sheet.")}</p></Notice>
    </div></div>
  );
}
