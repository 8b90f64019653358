/** A stranger checks a bundle of evidence: choose it, read the verdict as a sentence, then link by link. */
import { useId, useRef, useState } from "preact/hooks";
import type { Verdict } from "../evidence/verdict";
import { Icon, Notice } from "../ui/parts";
import { t } from "../words";
import { BrokenVerdict, HoldingVerdict } from "./verdict";

type Verifier = typeof import("../verifier");
type Found = { verdict: Verdict } | { link: string; why: string };

export function CheckPage({ known, verifier }: { known: string; verifier: string }) {
  const [bundle, setBundle] = useState<File | null>(null);
  const [hand, setHand] = useState<File | null>(null);
  const [key, setKey] = useState(known);
  const [found, find] = useState<Found | null>(null);
  const [working, work] = useState(false);
  const result = useRef<HTMLElement>(null);
  const check = async (): Promise<void> => {
    if (!bundle || working) return;
    work(true);
    find(await checked(verifier, bundle, hand, key));
    work(false);
    requestAnimationFrame(() => result.current?.focus());
  };
  const change = <T,>(set: (value: T) => void) => (value: T): void => { set(value); find(null); };
  return (
    <div class="stack">
      <form class="form block noprint" onSubmit={(event) => { event.preventDefault(); void check(); }}>
        <Drop set={change(setBundle)} />
        <InHand set={change(setHand)} />
        <LogKey value={key} known={known} set={change(setKey)} />
        <div class="buttons"><button class="btn primary" disabled={!bundle} aria-busy={working || undefined}><Icon name="shield-check" /><span>{working ? t("Checking…") : t("Check the bundle")}</span></button></div>
      </form>
      {found && <section class="stack block verdict" ref={result} tabIndex={-1} aria-labelledby="bundle-verdict">{"verdict" in found ? <HoldingVerdict verdict={found.verdict} ours={key.trim() === known} /> : <BrokenVerdict link={found.link} why={found.why} />}</section>}
    </div>
  );
}

/** Reads and checks; nothing leaves the page. */
async function checked(verifier: string, bundle: File, hand: File | null, key: string): Promise<Found> {
  try {
    const { readZip, verify } = (await import(verifier)) as Verifier;
    const files = await readZip(new Uint8Array(await bundle.arrayBuffer()));
    return { verdict: await verify(files, key, hand && new Uint8Array(await hand.arrayBuffer())) };
  } catch (error) {
    const { link = "zip", message = "" } = error as { link?: string; message?: string };
    return { link, why: message };
  }
}

function Drop({ set }: { set(file: File | null): void }) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    drag(false);
    const dropped = event.dataTransfer?.files;
    if (!dropped?.[0] || !input.current) return;
    input.current.files = dropped;
    set(dropped[0]);
  };
  const [over, drag] = useState(false);
  return (
    <div class={`drop${over ? " over" : ""}`} onDragOver={(event) => { event.preventDefault(); drag(true); }} onDragLeave={() => drag(false)} onDrop={drop}>
      <Icon name="upload" />
      <label for={id}>{t("Choose a bundle, or drop it here")}</label>
      <input ref={input} id={id} type="file" accept=".zip,application/zip" aria-describedby={`${id}-hint`} onChange={(event) => set(event.currentTarget.files?.[0] ?? null)} />
      <p class="hint" id={`${id}-hint`}>{t("The zip that somebody gave you. It is read in this page and sent nowhere.")}</p>
    </div>
  );
}

function InHand({ set }: { set(file: File | null): void }) {
  const id = useId();
  return (
    <div class="field">
      <label class="name" for={id}>{t("A file in your hand")} <span class="optional">{t("(optional)")}</span></label>
      <p class="hint" id={`${id}-hint`}>{t("To see whether it is one of those that were sealed.")}</p>
      <input id={id} type="file" class="t-s" aria-describedby={`${id}-hint`} onChange={(event) => set(event.currentTarget.files?.[0] ?? null)} />
    </div>
  );
}

/** Whose log it is: ours, unless the reader knows better. */
function LogKey({ value, known, set }: { value: string; known: string; set(value: string): void }) {
  const id = useId();
  return (
    <details class="more-d"><summary><Icon name="chevron-right" /><span>{t("The log’s key")}</span></summary>
      <div class="field">
        <label class="name" for={id}>{t("The key that you know the log by")}</label>
        <p class="hint" id={`${id}-hint`}>{t("This is the key of the register here. For a bundle from elsewhere, enter the key that you have from there.")}</p>
        <textarea id={id} class="input code" rows={3} spellcheck={false} value={value} aria-describedby={`${id}-hint`} onInput={(event) => set(event.currentTarget.value)} />
      </div>
      {value.trim() !== known && <Notice kind="warn"><p>{t("You check against a key that is not ours. Be sure where you have it from.")}</p></Notice>}
    </details>
  );
}
