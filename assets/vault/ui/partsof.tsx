/** The pages of one contribution: what it holds, who can read it, what was given to whom. */
import { t } from "../words";
import type { Here } from "./app";

export function PartsOf({ here, now }: { here: Here; now: string }) {
  const { slug, id } = here.route;
  const parts = [["", t("Content and owners")], ["sharing", t("Who can read")], ["disclosures", t("What was given to whom")], ["evidence", t("Evidence")]] as const;
  return (
    <nav class="segments noprint" aria-label={t("Pages of this contribution")}><ul role="list">{parts.map(([page, words]) => (
      <li key={page}><a href={`#/w/${slug}/c/${id}${page && `/${page}`}`} aria-current={now === page ? "page" : undefined}>{words}</a></li>
    ))}</ul></nav>
  );
}
