/** Which release of this page runs here: the hash of the files that were loaded, and where it stands in the register. */
import { useEffect, useState } from "preact/hooks";
import { t } from "../words";

const FILES = ["check.js", "vault.css", "vault.js", "verifier.js", "words.txt", "worker.js"];
const CODES: Record<string, string> = { de: "de", nb: "no", no: "no" };

interface Running {
  digest: string;
  /** Its entry in the register; nothing when it has none, or when the register could not be asked. */
  index: number | null;
}

let looking: Promise<Running> | null = null;

async function look(): Promise<Running> {
  const lines = await Promise.all(FILES.map(async (name) => `${await hashOf(await loaded(name))}  ${name}\n`));
  const digest = await hashOf(new TextEncoder().encode(lines.join("")));
  const answer = await fetch("/vault/log/releases");
  const known = answer.ok ? ((await answer.json()) as { sha256: string; index: number }[]) : [];
  return { digest, index: known.find((each) => each.sha256 === digest)?.index ?? null };
}

/** A file as the browser keeps it from loading this page; asked for only if it was not loaded yet. */
const loaded = async (name: string): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await (await fetch(`/vault/app/${name}`, { cache: "force-cache" })).arrayBuffer());

const hashOf = async (data: Uint8Array<ArrayBuffer>): Promise<string> =>
  [...new Uint8Array(await crypto.subtle.digest("SHA-256", data))].map((each) => each.toString(16).padStart(2, "0")).join("");

/** The public page that says what is protected and what is not, in the reader's language. */
const honest = (part = ""): string => `/${CODES[document.documentElement.lang.slice(0, 2)] ?? "en"}/protected${part}`;

/** Two quiet lines beneath the seal. */
export function Release() {
  const [running, set] = useState<Running | null>(null);
  useEffect(() => void (looking ??= look()).then(set, () => undefined), []);
  return (
    <p class="release t-xs">
      <a href={honest()}>{t("What is protected and what is not")}</a>
      {running && <a href={honest("#release")} title={running.digest}>{running.index === null
        ? t("This page: release {hash}, not in the register", { hash: running.digest.slice(0, 8) })
        : t("This page: release {hash}, in the register at {n}", { hash: running.digest.slice(0, 8), n: running.index })}</a>}
    </p>
  );
}
