/** The small parts every page of the vault is made of; same classes as the rest of the house. */
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { OrgView } from "../engine/workspace";
import { sentenceFor, STANDINGS, wordFor } from "./sentences";
import { t } from "../words";

type Children = { children?: ComponentChildren };

export const Icon = ({ name }: { name: string }) => (
  <svg class="ico" width="20" height="20" aria-hidden="true"><use href={`${document.body.dataset["sprite"] ?? ""}#${name}`} /></svg>
);

export const Mark = () => (
  <svg class="mark" viewBox="0 0 32 32" width="30" height="30" aria-hidden="true">
    <path d="M4 9C12 9 12 23 20 23H28" /><path class="gap" d="M4 23H9C16 23 17 9 25 9H28" /><path class="red" d="M4 23H9C16 23 17 9 25 9H28" />
  </svg>
);

export const Chip = ({ org, large }: { org: Pick<OrgView, "initials" | "colour">; large?: boolean }) => (
  <span class={`org c${org.colour}${large ? " large" : ""}`} aria-hidden="true">{org.initials}</span>
);

export const Org = ({ org, children }: { org: OrgView } & Children) => (
  <span class="by"><Chip org={org} /><span>{org.name}{children}</span></span>
);

export const Orgs = ({ orgs }: { orgs: OrgView[] }) => (
  <span class="orgs">{orgs.map((org) => <Chip key={org.id} org={org} />)}<span class="vh">{orgs.map((org) => org.name).join(", ")}</span></span>
);

export const Notice = ({ kind = "", title, icon, children }: { kind?: string; title?: string; icon?: string } & Children) => (
  <div class={`notice ${kind}`}>
    <Icon name={icon ?? (kind === "bad" ? "circle-alert" : kind === "warn" ? "triangle-alert" : kind === "good" ? "circle-check" : "info")} />
    <div class="stack near">{title && <p class="title">{title}</p>}{children}</div>
  </div>
);

/** What failed, said once and read out. */
export const Failure = ({ error }: { error: unknown }) =>
  error ? <div role="alert"><Notice kind="bad"><p>{sentenceFor(error)}</p></Notice></div> : null;

const TONES: Record<string, string> = { agreed: "good", effective: "good", claimed: "act", pending: "act", disputed: "bad" };
export const Standing = ({ state }: { state: string }) => <span class={`tag ${TONES[state] ?? ""}`}>{wordFor(STANDINGS, state)}</span>;

interface FieldProps {
  label: string;
  value: string;
  set(value: string): void;
  hint?: string | undefined;
  error?: string | undefined;
  optional?: boolean;
  kind?: "text" | "secret" | "long";
  code?: boolean;
  max?: number;
}

/** One labelled field; its hint and mistake are tied to it. Nothing typed here is ever offered again. */
export function Field({ label, value, set, hint, error, optional, kind = "text", code, max }: FieldProps) {
  const id = useId();
  const [shown, show] = useState(false);
  const told = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  const shared = {
    id, value, class: `input${code ? " code" : ""}`, autocomplete: "off", spellcheck: kind === "long", autocapitalize: kind === "long" ? ("sentences" as const) : ("none" as const),
    "aria-invalid": error ? true : undefined, "aria-describedby": told || undefined, maxLength: max ?? 100_000,
    onInput: (event: { currentTarget: { value: string } }) => set(event.currentTarget.value),
  };
  return (
    <div class={`field${error ? " wrong" : ""}`}>
      <label class="name" for={id}>{label} {optional && <span class="optional">{t("(optional)")}</span>}</label>
      {hint && <p class="hint" id={`${id}-hint`}>{hint}</p>}
      {error && <p class="error" id={`${id}-error`}><Icon name="circle-alert" />{error}</p>}
      {kind === "long" ? <textarea {...shared} rows={6} /> : kind === "secret" && !shown ? <input {...shared} type="password" /> : <input {...shared} type="text" />}
      {kind === "secret" && (
        <div class="choice">
          <input type="checkbox" id={`${id}-show`} checked={shown} onChange={() => show(!shown)} /><label for={`${id}-show`}>{t("Show what I type")}</label>
        </div>
      )}
    </div>
  );
}

interface ButtonProps extends Children {
  act(): Promise<unknown> | void;
  kind?: string;
  icon?: string;
  busy?: string | undefined;
  label?: string;
}

/** A button that shows its work: it says so, takes no second click, and hands a failure to `failed`. */
export function Button({ act, kind = "", icon, busy, label, children, failed }: ButtonProps & { failed?: (error: unknown) => void }) {
  const [working, work] = useState(false);
  const alive = useRef(true);
  useEffect(() => () => void (alive.current = false), []);
  const press = async () => {
    if (working) return;
    work(true);
    failed?.(null);
    try {
      await act();
    } catch (error) {
      failed?.(error);
    }
    if (alive.current) work(false);
  };
  return (
    <button type="button" class={`btn ${kind}`} aria-busy={working || undefined} aria-label={label} onClick={press}>
      {icon && <Icon name={icon} />}{working && busy ? busy : children}
    </button>
  );
}

/** Submits on Enter and on its button, like any form; the page never leaves. */
export function Form({ submit, children, failed }: Children & { submit(): Promise<unknown>; failed(error: unknown): void }) {
  const working = useRef(false);
  return (
    <form class="form" noValidate onSubmit={async (event) => {
      event.preventDefault();
      if (working.current) return;
      working.current = true;
      failed(null);
      await submit().catch(failed);
      working.current = false;
    }}>{children}</form>
  );
}

/** Three knots on the thread: where we are in making keys. */
export const Steps = ({ names, now }: { names: string[]; now: number }) => (
  <ol class="thread steps" role="list" aria-label={t("Step {n} of {all}", { n: now + 1, all: names.length })}>
    {names.map((name, at) => <li key={name} class={at < now ? "done" : at === now ? "now" : ""} aria-current={at === now ? "step" : undefined}><b>{name}</b></li>)}
  </ol>
);

export const Bars = ({ count }: { count: number }) => (
  <ul class="bars-only" role="list" aria-hidden="true">{Array.from({ length: count }, (_, at) => <li key={at}><i /><i /></li>)}</ul>
);
