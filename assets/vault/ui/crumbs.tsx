/** Where we are: the consortium, the contribution, its own pages. */
import { t } from "../words";
import type { Here } from "./app";

export const Crumbs = ({ here, value }: { here: Here; value?: { slug: string; id: string; title: string | null } }) => (
  <nav class="crumbs" aria-label={t("You are here")}><ol role="list">
    <li><a href={`#/w/${here.route.slug}`}>{here.session.consortia.find((each) => each.slug === here.route.slug)?.name}</a></li>
    {value && <li><a href={`#/w/${value.slug}/c/${value.id}`}>{value.title ?? t("Sealed from you")}</a></li>}
  </ol></nav>
);
