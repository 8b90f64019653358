/** A server caught lying: what was found, what it means, the proof to keep, whom to ask. Words are fixed. */
import type { Failed } from "../ask";
import { t } from "../words";
import { Button, Icon } from "./parts";
import { save } from "./sheet";

const LIES: Record<string, () => string> = {
  "checkpoint": () => t("The log's checkpoint is not signed by the log's key."),
  "other-log": () => t("The checkpoint is of another log than the one this device follows."),
  "smaller": () => t("The log is smaller than it was when this device last looked: it was rolled back."),
  "split": () => t("The log has signed two different histories of the same length: it was forked."),
  "rewritten": () => t("The log does not begin with the history it showed this device before."),
  "entries-withheld": () => t("The log holds back entries that it has vouched for."),
  "entries-changed": () => t("The log's entries are not those that it has vouched for."),
  "witnesses": () => t("Too few of the witnesses have seen this checkpoint."),
  "chain-missing": () => t("A chain that this device follows is not shown."),
  "chain-incomplete": () => t("A chain is shown with gaps or in disorder."),
  "chain-shorter": () => t("A chain is shorter than this device has seen it."),
  "chain-changed": () => t("A chain is not the one that this device has seen."),
  "too-many-chains": () => t("More chains are named than can bear on your workspaces."),
  "unlogged": () => t("A statement is shown that the log does not vouch for."),
  "wrong-id": () => t("Another statement is in the log at the place of the one that is shown."),
  "wrong-note": () => t("A statement's text or signatures are not those that were logged."),
  "wrong-place": () => t("A statement was logged for another place of a chain than where it is shown."),
  "mislabelled": () => t("A statement was logged as one that may be hidden, or that may not, against its kind."),
  "forked": () => t("Two statements in the log claim the same place of one chain: the history was forked."),
  "withheld": () => t("A statement that follows the newest one shown is in the log and is withheld."),
  "against-rules": () => t("A statement is shown as history that the rules or its signatures do not allow."),
  "receipt": () => t("The receipt does not prove that the statement is in the log."),
};

/** Those that convict the log by what it signed itself; the others must be compared with what partners see. */
const CONVICTS = ["split", "forked", "withheld", "mislabelled"];

export const lieSaid = (lie: string): string => LIES[lie]?.() ?? t("Something does not match its signature.");

export function Caught({ failed }: { failed: Failed }) {
  const take = async (): Promise<void> => {
    const text = `${JSON.stringify({ ...failed.proof, sentence: lieSaid(failed.detail) }, null, 1)}\n`;
    save(`crosslab-proof-${failed.detail}.json`, new Blob([text], { type: "application/octet-stream" }));
  };
  return (
    <div class="refusal caught" role="alert">
      <h1><Icon name="circle-alert" /> {t("The server's history does not hold")}</h1>
      <p class="lead">{lieSaid(failed.detail)}</p>
      <p>{t("Nothing more is opened, signed or sent from this page. It may be a fault of the machine, a restored backup, or somebody who changes what you see.")}</p>
      <h2>{t("What to do now")}</h2>
      <ol class="numbered" role="list">
        <li>{CONVICTS.includes(failed.detail) ? t("Keep the proof. It shows by the log's own signature what was done; nobody has to take your word for it.") : t("Keep the proof. It holds what was shown to you, to be compared with what others see.")}</li>
        <li>{t("Ask a partner, by telephone, to open the same workspace and read you the number of entries in their register.")}</li>
        <li>{t("Tell the programme manager and the operator. Send the file to people you trust; it holds signed statements, and no key and no content.")}</li>
        <li>{t("Do not seal or share anything here until it is explained. The command line, which runs no code of this server, can check the same history.")}</li>
      </ol>
      <div class="buttons"><Button kind="primary" icon="download" act={take}>{t("Save the proof")}</Button><button type="button" class="btn" onClick={() => location.reload()}>{t("Load the page again")}</button></div>
    </div>
  );
}
