/** Hash routes: nothing of them is ever sent. An invitation's secret is read and cleared before any request. */
import { useEffect, useState } from "preact/hooks";

export interface Route {
  page: string;
  slug: string;
  id: string;
  /** What stands behind the id, such as the right that is to be transferred. */
  more: string;
}

/** What an invitation link carries: the log it is for, the chain, who invites, and the secret. */
export interface Invitation {
  origin: string;
  chain: string;
  inviter: string;
  secret: string;
}

const LINK = /^(.+)\.([0-9a-f]{64})\.(\d{40})\.([A-Za-z0-9_-]{43})$/;

/** Takes an invitation out of the address, so that it is in no history, no request and no reload. */
export function takeInvitation(): Invitation | null {
  const hash = decodeURIComponent(location.hash.slice(1));
  const joins = hash.startsWith("/join") || location.pathname.endsWith("/join");
  const found = joins ? LINK.exec(hash.replace(/^\/join\/?/, "")) : null;
  if (joins) history.replaceState(null, "", "/vault/#/join");
  return found && { origin: found[1] as string, chain: found[2] as string, inviter: found[3] as string, secret: found[4] as string };
}

export function routeNow(): Route {
  const [first = "", second = "", third = "", fourth = "", fifth = "", more = ""] = location.hash.replace(/^#?\/?/, "").split("/").map(decodeURIComponent);
  if (first !== "w") return { page: first, slug: "", id: second, more: third };
  if (third === "c" && fourth) return { page: fifth || "contribution", slug: second, id: fourth, more };
  return { page: third || "home", slug: second, id: fourth, more: fifth };
}

export const go = (path: string): void => void (location.hash = `#/${path}`);

/** The route; a link opened in a page that is there already hands its invitation to `invited`. */
export function useRoute(invited: (invitation: Invitation) => void): Route {
  const [route, set] = useState(routeNow);
  useEffect(() => {
    const changed = (): void => {
      const found = takeInvitation();
      if (found) invited(found);
      set(routeNow());
    };
    addEventListener("hashchange", changed);
    changed(); // the address may have moved on between the first drawing and now
    return () => removeEventListener("hashchange", changed);
  }, []);
  return route;
}
