/** An invitation link: shown once, to be sent by a way of one's own. */
import { useState } from "preact/hooks";
import { t } from "../words";
import { Button, Notice } from "./parts";

export function LinkToSend({ link, to }: { link: string; to: string }) {
  const [copied, copy] = useState(false);
  const whole = `${location.origin}/vault/#/join/${link}`;
  return (
    <Notice kind="good" icon="link-2" title={t("Send this link to {to}", { to })}>
      <p>{t("Send it yourself, by a message you trust. It holds a secret, works once, and is not kept here.")}</p>
      <p><code class="link-once" tabIndex={0}>{whole}</code></p>
      <p><Button icon="copy" act={async () => { await navigator.clipboard.writeText(whole); copy(true); }}>{copied ? t("Copied") : t("Copy the link")}</Button></p>
    </Notice>
  );
}
