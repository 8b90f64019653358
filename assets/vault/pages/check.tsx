/** A stranger checks a bundle of evidence: choose it, read the verdict as a sentence, then link by link. */
import { useId, useRef, useState } from "preact/hooks";
import type { Verdict } from "../evidence/verdict";
import { Icon, Notice } from "../ui/parts";
import { list, t } from "../words";
import { type Authority, type Broken, BrokenVerdict, HoldingVerdict } from "./verdict";

type Verifier = typeof import("../verifier");
type Found = { verdict: Verdict } | Broken;

/** `known` are the keys of the house's logs, the newest first. */
export function CheckPage({ known, authorities, verifier }: { known: string[]; authorities: Authority[]; verifier: string }) {
  const [bundle, setBundle] = useState<File | null>(null);
  const [hand, setHand] = useState<File | null>(null);
  const [key, setKey] = useState(known.join("\n"));
  const [named, name] = useState("");
  const [found, find] = useState<Found | null>(null);
  const [working, work] = useState(false);
  const result = useRef<HTMLElement>(null);
  const check = async (): Promise<void> => {
    if (!bundle || working) return;
    work(true);
    find(await checked(verifier, bundle, hand, { key, roots: [...authorities.map(({ sha256 }) => sha256), named].join("\n") }));
    work(false);
    requestAnimationFrame(() => result.current?.focus());
  };
  const change = <T,>(set: (value: T) => void) => (value: T): void => { set(value); find(null); };
  return (
    <div class="stack">
      <form class="form block noprint" onSubmit={(event) => { event.preventDefault(); void check(); }}>
        <Drop set={change(setBundle)} />
        <InHand set={change(setHand)} />
        <details class="more-d"><summary><Icon name="chevron-right" /><span>{t("What you know already")}</span></summary>
          <LogKey value={key} known={known} set={change(setKey)} />
          <Roots value={named} authorities={authorities} set={change(name)} />
        </details>
        <div class="buttons"><button class="btn primary" disabled={!bundle} aria-busy={working || undefined}><Icon name="shield-check" /><span>{working ? t("Checking…") : t("Check the bundle")}</span></button></div>
      </form>
      {found && <section class="stack block verdict" ref={result} tabIndex={-1} aria-labelledby="bundle-verdict">{"verdict" in found ? <HoldingVerdict verdict={found.verdict} brought={{ ours: isOurs(key, known), ended: known.slice(1), authorities }} /> : <BrokenVerdict {...found} />}</section>}
    </div>
  );
}

/** Whether every key that is entered is one of the house's. */
const isOurs = (entered: string, known: string[]): boolean => entered.split(/\s+/).filter(Boolean).every((each) => known.includes(each));

/** Reads and checks; nothing leaves the page. */
async function checked(verifier: string, bundle: File, hand: File | null, { key, roots }: { key: string; roots: string }): Promise<Found> {
  try {
    const { fingerprintsIn, readZip, verify } = (await import(verifier)) as Verifier;
    const files = await readZip(new Uint8Array(await bundle.arrayBuffer()));
    const beside = { hand: hand && new Uint8Array(await hand.arrayBuffer()), roots: await fingerprintsIn(roots) };
    return { verdict: await verify(files, key, beside) };
  } catch (error) {
    const { link = "zip", message = "", says = "", facts = {} } = error as Partial<Broken> & { message?: string };
    return { link, why: message, says, facts };
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
function LogKey({ value, known, set }: { value: string; known: string[]; set(value: string): void }) {
  const id = useId();
  return (
    <div class="field">
      <label class="name" for={id}>{t("The key that you know the log by")}</label>
      <p class="hint" id={`${id}-hint`}>{t("This is the key of the register here. For a bundle from elsewhere, enter the key that you have from there.")} {known.length > 1 && t("The first is that of the newest log; the others are of logs that have ended.")}</p>
      <textarea id={id} class="input code" rows={3} spellcheck={false} value={value} aria-describedby={`${id}-hint`} onInput={(event) => set(event.currentTarget.value)} />
      {!isOurs(value, known) && <Notice kind="warn"><p>{t("You check against a key that is not ours. Be sure where you have it from.")}</p></Notice>}
    </div>
  );
}

/** Whose word on the time counts: the house's list, and whom the reader names besides. */
function Roots({ value, authorities, set }: { value: string; authorities: Authority[]; set(value: string): void }) {
  const id = useId();
  return (
    <div class="field">
      <label class="name" for={id}>{t("Time stamp authorities that you know")} <span class="optional">{t("(optional)")}</span></label>
      <p class="hint" id={`${id}-hint`}>{authorities.length ? t("Known here: {names}. For another one, enter the SHA-256 of its root certificate, or paste the certificate.", { names: list(authorities.map(({ name }) => name)) }) : t("None is known here. Enter the SHA-256 of a root certificate, as the authority publishes it, or paste the certificate.")}</p>
      <textarea id={id} class="input code" rows={3} spellcheck={false} value={value} aria-describedby={`${id}-hint`} onInput={(event) => set(event.currentTarget.value)} />
    </div>
  );
}
