/** Ways back in: the six words, or the printed sheet. */
import { useState } from "preact/hooks";
import { ask } from "../ask";
import type { Here } from "../ui/app";
import { Bars, Button, Failure, Field, Form, Icon, Notice } from "../ui/parts";
import { go } from "../ui/route";
import { hasPasskeys, passkeys } from "../ui/touch";
import { t } from "../words";

export function UnlockPage({ here }: { here: Here }) {
  const [typed, type] = useState("");
  const [busy, work] = useState(false);
  const [error, fail] = useState<unknown>(null);
  const place = here.session.consortia.find((each) => each.slug === here.route.slug);
  const entered = async (): Promise<void> => {
    if (["", "unlock"].includes(here.route.page)) go(entrance(here));
    await here.entered();
  };
  const submit = () => tried(here, work, () => ask("unlock", typed), entered);
  const { person } = here.session;
  const quick = "passkey" in person.ways && hasPasskeys();
  const touched = () => tried(here, work, () => ask("unlockWithPasskey", passkeys.of(person.vault_id ?? "")), entered);
  return (
    <div class="unlocking">
      <div class="stack">
        {place && <p class="above">{place.name}</p>}
        <h1>{t("Unlock this device")}</h1>
        <p class="lead">{here.route.page === "join" ? t("Unlock first. Your invitation waits here; do not reload the page.") : t("Your keys stay on this device and are gone when you close or reload the page.")}</p>
        {quick && <div class="buttons"><Button kind="primary" icon="key-round" act={touched} failed={fail} busy={t("Touch your passkey…")}>{t("Unlock with your passkey")}</Button></div>}
        <Form submit={submit} failed={fail}>
          <Field label={t("Your six words")} kind="secret" value={typed} set={type} hint={t("With a space between them. Capital letters do not matter.")} />
          <Failure error={error} />
          <div class="buttons"><button class={quick ? "btn" : "btn primary"} aria-busy={busy || undefined}><Icon name="lock-open" />{busy ? t("Opening your keys…") : t("Unlock")}</button></div>
        </Form>
        <p><a href="#/recover">{t("Use your recovery sheet instead")}</a></p>
        <p class="t-s"><a href="#/anew">{t("I have lost all of them")}</a></p>
      </div>
      <Bars count={place ? 6 : 4} />
    </div>
  );
}

/** Where one comes in who asked for no page: to what was released, if that is all there is. */
const entrance = ({ session: { consortia, released } }: Here): string => (released.length && !consortia.length ? "released" : "keys");

export function RecoverPage({ here }: { here: Here }) {
  const [typed, type] = useState("");
  const [busy, work] = useState(false);
  const [error, fail] = useState<unknown>(null);
  const [words, setWords] = useState("");
  const submit = () => tried(here, work, () => ask("recover", typed), ({ passphrase }) => setWords(passphrase));
  if (words) return <NewWords words={words} here={here} />;
  return (
    <div class="stack">
      <h1>{t("Come back with your sheet")}</h1>
      <p class="lead">{t("Type the recovery key from your printed sheet. It stays on this device; you get six new words.")}</p>
      <Form submit={submit} failed={fail}>
        <Field label={t("Recovery key")} value={typed} set={type} code kind="long" hint={t("It begins with CROSSLAB-ROOT-1. Spaces and line breaks do not matter.")} />
        <Failure error={error} />
        <div class="buttons"><button class="btn primary" aria-busy={busy || undefined}>{busy ? t("Opening your keys…") : t("Open with this key")}</button></div>
      </Form>
      <p><a href="#/unlock">{t("Use your six words instead")}</a></p>
    </div>
  );
}

/** Six new words, shown once. */
export function NewWords({ words, here }: { words: string; here: Here }) {
  return (
    <div class="stack">
      <h1>{t("Your new six words")}</h1>
      <p class="passphrase" translate={false}>{words.split(" ").map((word) => <span key={word}>{word} </span>)}</p>
      <Notice kind="good"><p>{t("Put them in your password manager, or write them down. The old words no longer work. Your sheet stays as it is.")}</p></Notice>
      <div class="buttons"><button type="button" class="btn primary" onClick={async () => { go("keys"); await here.entered(); }}>{t("I have kept them. Continue")}</button></div>
    </div>
  );
}

async function tried<T>(here: Here, work: (busy: boolean) => void, act: () => Promise<T>, then: (value: T) => Promise<void> | void): Promise<void> {
  work(true);
  try {
    await then(await act());
  } catch (error) {
    here.stop(error);
    throw error;
  } finally {
    work(false);
  }
}
