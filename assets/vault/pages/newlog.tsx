/** The full stop before another log is followed: which one was, which one is to be, and how to find out whether it is right. */
import type { Failed } from "../ask";
import type { LogChange } from "../engine/logs";
import { Button, Icon } from "../ui/parts";
import { t } from "../words";

export function NewLogPage({ failed, onward }: { failed: Failed; onward(vkey: string): Promise<void> }) {
  const { before, now } = JSON.parse(failed.detail) as LogChange;
  return (
    <div class="refusal caught newlog" role="alert">
      <h1><Icon name="circle-alert" /> {t("The register goes on in another log")}</h1>
      <p class="lead">{t("The server says that the log this device has followed has ended, and that another one continues it. Nothing was opened and nothing was sent.")}</p>
      <Log title={t("Followed until now")} vkey={before} />
      <Log title={t("Said to continue it")} vkey={now} />
      <h2>{t("What to do now")}</h2>
      <ol class="numbered" role="list">
        <li>{t("An operator announces such a change beforehand. Were you told of it, by name and key?")}</li>
        <li>{t("Ask a partner, by telephone, to read you the new log's key, or compare it with the announcement. It must be the same, letter by letter.")}</li>
        <li>{t("If it is not, or nobody knows of it: do not go on, and tell the programme manager.")}</li>
      </ol>
      <p>{t("If you go on, this page still reads the old log to its end and checks that the new one begins there.")}</p>
      <div class="buttons"><Button act={() => onward(now)}>{t("Continue knowingly")}</Button></div>
    </div>
  );
}

/** A log's name, and its key as operators publish it. */
function Log({ title, vkey }: { title: string; vkey: string }) {
  return (
    <section class="panel" aria-label={title}>
      <h2>{title}</h2>
      <p><b>{vkey.split("+")[0]}</b></p>
      <p>{t("Its key:")} <code>{vkey}</code></p>
    </section>
  );
}
