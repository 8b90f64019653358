/** The recovery sheet: one page, meant for paper, drawn here and stored nowhere. */
import { encode } from "uqr";
import type { Sheet } from "../engine/making";
import { day, t } from "../words";

export const LAST = 8;

/** The sheet on the page; printing the page prints only this. */
export function RecoverySheet({ sheet }: { sheet: Sheet }) {
  const [head, ...lines] = linesOf(sheet.recovery);
  const person = sheet.kind === "person";
  return (
    <section class="recovery" aria-label={t("Recovery sheet")}>
      <div class="recovery-head">
        <div><p><b>{person ? t("Crosslab recovery sheet") : t("Crosslab organisation recovery sheet")}</b></p><p>{[sheet.name, sheet.holder].filter(Boolean).join(", ")}</p></div>
        <Qr text={sheet.recovery} label={t("The recovery key as a square code")} />
      </div>
      <p class="recovery-label">{t("Recovery key")}</p>
      <p class="recovery-key" translate={false}><span>{head}</span>{lines.map((line) => <span key={line}>{marked(line, line === lines[lines.length - 1])}</span>)}</p>
      {sheet.fingerprint && <><p class="recovery-label">{t("Fingerprint, to read out to colleagues")}</p><p class="recovery-print">{sheet.fingerprint}</p></>}
      <p class="recovery-label">{t("Use it at")}</p>
      <p class="recovery-where">{`${location.host}/vault/#/recover`}</p>
      <p class="recovery-foot">{t("Printed {day}.", { day: day(new Date()) })} {person ? t("Anyone who holds this sheet can open your work. Keep it like a signed contract.") : t("Anyone who holds this sheet can take over the organisation's keys. Keep it where you keep contracts.")}</p>
    </section>
  );
}

/** The same sheet as a text file, for an offline drive. */
export function saveSheet(sheet: Sheet): void {
  const lines = [t("Crosslab recovery sheet"), sheet.name, "", t("Recovery key"), sheet.recovery, ""];
  if (sheet.fingerprint) lines.push(t("Fingerprint, to read out to colleagues"), sheet.fingerprint, "");
  save("crosslab-recovery.txt", new Blob([`${lines.join("\n")}\n`], { type: "application/octet-stream" }));
}

/** Hands a file to the reader's disk; it is never shown in the page. */
export function save(name: string, data: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(data);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

export function Qr({ text, label }: { text: string; label: string }) {
  const { size, data } = encode(text, { ecc: "M", border: 0 });
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ""))).join("");
  return <svg class="recovery-qr" viewBox={`-2 -2 ${size + 4} ${size + 4}`} role="img" aria-label={label}><path d={path} /></svg>;
}

/** The prefix alone, then groups of four letters, three to a line; counted from the end, where it is checked. */
function linesOf(recovery: string): string[] {
  const at = recovery.indexOf("-1") + 2;
  const key = recovery.slice(at);
  const groups = [key.slice(0, key.length % 4), ...(key.slice(key.length % 4).match(/.{4}/g) ?? [])].filter(Boolean);
  return [recovery.slice(0, at), ...Array.from({ length: Math.ceil(groups.length / 3) }, (_, line) => groups.slice(line * 3, line * 3 + 3).join(" "))];
}

/** The last eight characters stand out: they are asked for next. */
function marked(line: string, last: boolean) {
  if (!last) return line;
  let left = LAST;
  let at = line.length;
  while (left && at > 0) if (line[--at] !== " ") left--;
  return <>{line.slice(0, at)}<b>{line.slice(at)}</b></>;
}
