/** What came in while the page was open: said once, read out, and gone after a while. Names are the signed history's. */
import { useEffect, useRef } from "preact/hooks";
import type { Entry } from "../engine/following";
import { t, tn } from "../words";

const STAY = 8_000;
const SAID: Record<string, (name: string) => string> = {
  version: (name) => t("{name} sealed a contribution.", { name }),
  grant: (name) => t("{name} shared a contribution.", { name }),
  transfer: (name) => t("{name} proposed other owners.", { name }),
  release: (name) => t("{name} proposed a release to somebody outside.", { name }),
  approve: (name) => t("{name} gave their organisation's consent.", { name }),
  object: (name) => t("{name} objected.", { name }),
};

/** One thing by its name, more by their number. Keys that travel along with a version or a release are part of it. */
export function newsSaid(entries: Entry[]): string {
  const heads = entries.filter(({ type }) => type !== "grant");
  const kinds = new Map((heads.length ? heads : entries).map((each) => [`${each.type} ${each.by}`, each]));
  const [one] = kinds.values();
  const single = kinds.size === 1 && heads.length < 2 && one?.by ? SAID[one.type]?.(one.by) : undefined;
  return single ?? tn("{n} new entry in the register.", "{n} new entries in the register.", entries.length);
}

/** `no` tells one saying from the next of the same words. */
export interface Saying {
  no: number;
  words: string;
}

export function Heard({ said, away }: { said: Saying | null; away(): void }) {
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!said) return;
    const leave = (): void => {
      if (line.current?.matches(":hover, :focus-within")) timer = setTimeout(leave, STAY / 2);
      else away();
    };
    let timer = setTimeout(leave, STAY);
    return () => clearTimeout(timer);
  }, [said?.no]);
  return (
    <div class="toasts noprint" role="status" aria-label={t("What came in")} ref={line}>
      {said && <div class="toast" key={said.no}><span>{said.words}</span><button type="button" class="dismiss" aria-label={t("Dismiss")} onClick={away}>×</button></div>}
    </div>
  );
}
