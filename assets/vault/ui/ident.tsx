/** An id that others need to name somebody: to be copied, or selected by hand. */
import { useId, useState } from "preact/hooks";
import { t } from "../words";
import { Button } from "./parts";

/** No secret: whoever knows it can look for the chain in the register, and release something to it. */
export function Ident({ id }: { id: string }) {
  const label = useId();
  const [copied, copy] = useState(false);
  return (
    <div class="ident stack near">
      <p id={label}>{t("Id, for a release")}</p>
      <p><code class="id-whole" tabIndex={0} role="group" aria-labelledby={label} translate={false}>{id}</code></p>
      <p><Button kind="small" icon="copy" act={async () => { await navigator.clipboard.writeText(id); copy(true); }}>{copied ? t("Copied") : t("Copy the id")}</Button></p>
    </div>
  );
}
