/** What others have released to us: by whom, for what, until when. Opened here, checked like everything else. */
import { useEffect, useState } from "preact/hooks";
import { ask } from "../ask";
import type { ReleasedVersion, ReleasedView } from "../engine/released";
import type { Here } from "../ui/app";
import { useLoaded } from "../ui/loaded";
import { Bars, Button, Failure, Icon } from "../ui/parts";
import { PURPOSES, ReleaseState } from "../ui/releases";
import { KINDS, wordFor } from "../ui/sentences";
import { save } from "../ui/sheet";
import { moment, size, t } from "../words";

export function ReleasedPage({ here }: { here: Here }) {
  const { value, error, again } = useLoaded(() => ask("released"), "released");
  useEffect(() => here.stop(error), [error]);
  return (
    <>
      <header class="head"><div><h1>{t("Released to you")}</h1><p class="state">{t("Work of others that its owners agreed to show you, for a purpose and a time.")}</p></div></header>
      <Failure error={error} />
      {!value && !error && <><p class="muted" role="status">{t("Checking the register…")}</p><Bars count={3} /></>}
      {value?.length === 0 && <p>{t("Nothing is released to you or your organisation.")}</p>}
      <div class="released">{value?.map((each) => <One key={each.id} first={each} again={again} here={here} />)}</div>
    </>
  );
}

function One({ first, again, here }: { first: ReleasedView; again(): Promise<void>; here: Here }) {
  const [opened, set] = useState<ReleasedView | null>(null);
  const [declining, decline] = useState(false);
  const [error, fail] = useState<unknown>(null);
  const value = first.state === "in_force" ? opened ?? first : first;
  const open = async (): Promise<void> => set(await ask("openRelease", value.id));
  const refuse = async (): Promise<void> => {
    await ask("decline", value.id);
    await again();
    here.say(t("Declined. The owners see it in the register."));
  };
  const content = value.versions.filter((each) => each.title !== null);
  return (
    <section class="panel outside">
      <div class="row between"><h2>{value.consortium}</h2><ReleaseState state={value.state} /></div>
      <p>{t("{org} released this to {to}.", { org: value.by, to: value.to })}</p>
      <dl class="facts">
        <div><dt>{t("Purpose")}</dt><dd>{wordFor(PURPOSES, value.purpose)}</dd></div>
        <div><dt>{t("Until")}</dt><dd>{moment(value.until)}</dd></div>
        <div><dt>{t("Signed by")}</dt><dd>{t("{person}, entry {n}, {when}", { person: value.person, n: value.made.index, when: moment(value.made.at) })}</dd></div>
      </dl>
      {value.terms && <p class="told t-s">{value.terms}</p>}
      {value.state === "in_force" && !value.given && <p class="muted">{t("Its owners have agreed. They hand you the key next.")}</p>}
      {value.state !== "in_force" && <p>{value.opened ? t("This has ended. What you opened, you may only use as agreed; nothing more is handed out.") : t("This has ended before it was opened. Nothing is handed out any more.")}</p>}
      {content.map((each) => <Opened key={each.id} version={each} fail={fail} />)}
      <div class="buttons">
        {value.state === "in_force" && value.given && !content.length && <Button kind="primary" icon="lock-open" act={open} failed={fail} busy={t("Opening and checking…")}>{value.opened ? t("Open it again") : t("Open it and confirm")}</Button>}
        {value.mayDecline && !declining && <button type="button" class="btn quiet" onClick={() => decline(true)}>{t("Decline")}</button>}
      </div>
      {value.state === "in_force" && value.given && !value.opened && !content.length && <p class="muted t-s">{t("Opening it enters a signed confirmation that you did. Its owners see it.")}</p>}
      {declining && value.mayDecline && <div class="consequences stack near"><p>{t("You want nothing of it, or no more. The owners see it in the register, and you can open it no longer.")}</p><div class="buttons"><Button kind="danger" act={refuse} failed={fail} busy={t("Signing, checking the receipt…")}>{t("Decline it")}</Button><Button kind="quiet" act={() => decline(false)}>{t("Not now")}</Button></div></div>}
      <Failure error={error} />
    </section>
  );
}

function Opened({ version, fail }: { version: ReleasedVersion; fail(error: unknown): void }) {
  const take = (blob: string) => async (): Promise<void> => {
    const { name, data } = await ask("openFile", version.id, blob);
    save(name, data);
  };
  return (
    <div class="stack near">
      <h3>{version.title}</h3>
      <p class="row"><span class="tag">{wordFor(KINDS, version.klass)}</span><span class="muted">{t("version {n}", { n: version.number })}</span></p>
      {version.description && <p class="told">{version.description}</p>}
      <p class="ok t-s"><Icon name="shield-check" />{t("Signature, receipt, key and every hash were checked on this device.")}</p>
      {version.files.length > 0 && <ul class="files" role="list">{version.files.map((file) => (
        <li key={file.blob}><Icon name="file" /><span>{file.name}</span><span class="muted t-s">{size(file.size)}</span><Button kind="small" icon="download" act={take(file.blob)} failed={fail} busy={t("Opening…")} label={t("Download {name}", { name: file.name })}>{t("Download")}</Button></li>
      ))}</ul>}
    </div>
  );
}
