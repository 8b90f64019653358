/** What was given to whom: every version and party, with places in the log, to be saved as a table on this device. */
import { useEffect } from "preact/hooks";
import { ask } from "../ask";
import type { DisclosuresView, LineView, MomentView } from "../engine/disclosures";
import type { Here } from "../ui/app";
import { Crumbs } from "../ui/crumbs";
import { useLoaded } from "../ui/loaded";
import { Bars, Button, Failure, Notice } from "../ui/parts";
import { PartsOf } from "../ui/partsof";
import { PURPOSES } from "../ui/releases";
import { wordFor } from "../ui/sentences";
import { save } from "../ui/sheet";
import { day, t } from "../words";

export function DisclosuresPage({ here }: { here: Here }) {
  const { slug, id } = here.route;
  const { value, error } = useLoaded(() => ask("disclosures", slug, id), id);
  useEffect(() => here.stop(error), [error]);
  if (error) return <><h1>{t("What was given to whom")}</h1><Failure error={error} /></>;
  if (!value) return <><h1>{t("What was given to whom")}</h1><p class="muted" role="status">{t("Checking the register…")}</p><Bars count={4} /></>;
  return (
    <article>
      <Crumbs here={here} value={value} />
      <header class="head"><div><h1>{t("What was given to whom")}</h1><p class="state">{value.title ?? t("Sealed from you")}</p></div>
        {value.lines.length > 0 && <Button icon="download" act={async () => saveTable(value)}>{t("Save as a table")}</Button>}</header>
      <PartsOf here={here} now="disclosures" />
      <div class="sharing-page">
        {value.lines.length ? <Lines value={value} /> : <p>{value.complete ? t("Nothing of this was given to anyone else.") : t("Nothing of it was given to you.")}</p>}
        {!value.complete && <p class="muted t-s">{t("You own no part of this, so you see only what concerns you.")}</p>}
        <Notice title={t("What ending it cannot undo")}><p>{t("Whoever opened a version may have kept it, copied it or shown it. Ending stops the server from handing out more, and keeps new versions from them. What counts then is what you agreed, and that this list is signed and in order.")}</p></Notice>
      </div>
    </article>
  );
}

const Lines = ({ value }: { value: DisclosuresView }) => (
  <div class="scrolls" tabIndex={0} role="region" aria-label={t("What was given to whom")}>
    <table class="table disclosed">
      <thead><tr>{[t("To whom"), t("Version"), t("Why"), t("Given"), t("Opened"), t("Ended")].map((words) => <th scope="col" key={words}>{words}</th>)}</tr></thead>
      <tbody>{value.lines.map((line, at) => (
        <tr key={at}>
          <th scope="row">{line.name}{line.outside && <small>{t("outside the consortium")}</small>}</th>
          <td data-name={t("Version")}>{line.version}</td>
          <td data-name={t("Why")}>{line.outside ? <span>{wordFor(PURPOSES, line.purpose)}<small>{t("until {when}", { when: day(line.until) })}</small></span> : t("partner")}</td>
          <td data-name={t("Given")}><When moment={line.given} none={missing(line, t("not handed over"))} /></td>
          <td data-name={t("Opened")}><When moment={line.opened} none={missing(line, t("not confirmed"))} /></td>
          <td data-name={t("Ended")}>{line.end ? <span>{wordFor(ENDS, line.end)}<When moment={line.ended} none={day(line.until)} /></span> : line.seen ? "–" : <small>{missing(line, "")}</small>}</td>
        </tr>
      ))}</tbody>
    </table>
  </div>
);

const ENDS: Record<string, () => string> = {
  declined: () => t("declined"), withdrawn: () => t("taken back"), revoked: () => t("ended by an owner"), expired: () => t("by its date"),
};

/** What is told in the place of a moment that is not known: whoever is not shown it cannot say that it did not happen. */
const missing = (line: LineView, words: string): string => (line.seen ? words : t("not for you to see"));

const When = ({ moment: at, none }: { moment: MomentView | null; none: string }) =>
  at ? <span>{day(at.at)}<small>{t("entry {n}, {by}", { n: at.index, by: at.by })}</small></span> : <small>{none}</small>;

/** A table for a spreadsheet; no cell can be taken for a formula. */
function saveTable(value: DisclosuresView): void {
  const head = [t("To whom"), t("Id"), t("Version"), t("Purpose"), t("Until"), t("Released"), t("Entry"), t("Given"), t("Entry"), t("Opened"), t("Entry"), t("Ended"), t("Entry"), t("How")];
  const rows = value.lines.map((line) => [line.name, line.to, String(line.version), line.outside ? wordFor(PURPOSES, line.purpose) : "", line.until, ...told(line.released), ...[line.given, line.opened, line.ended].flatMap((each) => told(each, missing(line, ""))), line.end && wordFor(ENDS, line.end)]);
  const text = [head, ...rows].map((row) => row.map(cell).join(",")).join("\r\n");
  save(`crosslab-${value.id.slice(0, 8)}.csv`, new Blob([`\ufeff${text}\r\n`], { type: "application/octet-stream" }));
}

const told = (at: MomentView | null, none = ""): string[] => (at ? [at.at, String(at.index)] : [none, ""]);
const cell = (text: string): string => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
