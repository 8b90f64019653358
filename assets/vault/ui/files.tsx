/** Picking files, and how far each is on its way: encrypting, sending, receipt. */
import { useEffect, useId, useState } from "preact/hooks";
import type { Progress } from "../ask";
import { size, t, tn } from "../words";
import { Button, Icon } from "./parts";

interface FilesFieldProps {
  files: File[];
  set(files: File[]): void;
  limit: number;
  error?: string | undefined;
}

export function FilesField({ files, set, limit, error }: FilesFieldProps) {
  const id = useId();
  const [over, drag] = useState(false);
  const add = (more: FileList | null | undefined): void => set([...files, ...(more ?? [])].slice(0, 64));
  return (
    <fieldset class={`field${error ? " wrong" : ""}`}><legend class="name">{t("Files")} <span class="optional">{t("(optional)")}</span></legend>
      <div class={`drop${over ? " over" : ""}`} onDragOver={(event) => { event.preventDefault(); drag(true); }} onDragLeave={() => drag(false)}
        onDrop={(event) => { event.preventDefault(); drag(false); add(event.dataTransfer?.files); }}>
        <Icon name="upload" />
        <label for={id}>{t("Choose files, or drop them here")}</label>
        <input id={id} type="file" multiple aria-describedby={`${id}-hint`} onChange={(event) => { add(event.currentTarget.files); event.currentTarget.value = ""; }} />
        <p class="hint" id={`${id}-hint`}>{t("Up to {size} each, 64 files. Their names are sealed too.", { size: size(limit) })}</p>
      </div>
      {files.length > 0 && <ul class="files" role="list">{files.map((file, at) => (
        <li key={`${file.name}-${at}`}><Icon name="file" /><span>{file.name}</span><span class="muted t-s">{size(file.size)}</span>
          <Button kind="small quiet" icon="x" label={t("Leave {name} out", { name: file.name })} act={() => set(files.filter((_, place) => place !== at))}>{t("Leave out")}</Button></li>
      ))}</ul>}
    </fieldset>
  );
}

/** The seconds since this part appeared: some steps cannot say how far they are, but never stand still unseen. */
function useSeconds(): number {
  const [seconds, tick] = useState(0);
  useEffect(() => {
    const began = performance.now();
    const clock = setInterval(() => tick((performance.now() - began) / 1000), 300);
    return () => clearInterval(clock);
  }, []);
  return seconds;
}

/** Takes the page while files are on their way. */
export function Sending({ heading, files, progress, cancel }: { heading: string; files: File[]; progress: Progress[]; cancel(): void }) {
  const done = progress.filter((each) => each?.step === "sent").length;
  const all = done === files.length;
  const seconds = useSeconds();
  return (
    <section class="stack">
      <h1>{heading}</h1>
      <p class="lead" role="status">{all ? t("Entering it in the register and checking the receipt…") : tn("{n} of {all} files is sealed and sent.", "{n} of {all} files are sealed and sent.", done, { all: files.length })}</p>
      <p class="muted num" aria-hidden="true">{t("{n} s so far", { n: seconds.toFixed(1) })}</p>
      <ul class="sending" role="list">{files.map((file, at) => <Row key={`${file.name}-${at}`} file={file} now={progress[at]} />)}</ul>
      <p class="muted">{t("Stay on this page until the receipt is here.")}</p>
      <div class="buttons"><button type="button" class="btn" onClick={cancel} disabled={all}>{t("Stop")}</button></div>
    </section>
  );
}

const wording: Record<Progress["step"], (facts: { done: string; all: string }) => string> = {
  encrypting: (facts) => t("Encrypting {done} of {all}", facts),
  sending: (facts) => t("Sending {done} of {all}", facts),
  waiting: () => t("Waiting for the line; it goes on by itself where it stopped"),
  sent: () => t("Sent"),
};

function Row({ file, now }: { file: File; now: Progress | undefined }) {
  const facts = { done: size(now?.done ?? 0), all: size(file.size) };
  const words = !now ? t("Waiting") : wording[now.step](facts);
  const done = !now ? 0 : now.step === "encrypting" ? now.done : now.step === "sent" ? file.size * 2 : file.size + now.done;
  return (
    <li><span>{file.name}</span><span class="muted t-s">{words}</span>
      <progress max={file.size * 2} value={done} aria-label={file.name} /></li>
  );
}
