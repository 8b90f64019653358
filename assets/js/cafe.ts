// A café's pages, the facilitator's and the phone's: they come anew when seats, rounds or people change, but never
// under one's fingers; a card that is being written stays, and the page comes anew when it is sent.
import { wind } from "./parts/clocks";
import { follow } from "./parts/live";

const SOON = 400, SPREAD = 1_600;
const main = document.querySelector<HTMLElement>("main[data-live]");
const phone = document.body.classList.contains("phone");
const form = document.querySelector<HTMLFormElement>("form.harvest");
let waiting = 0;
let typed = false;
form?.addEventListener("input", () => (typed = true));

const busy = (): boolean =>
  typed || document.querySelector("details.change[open], dialog[open]") !== null || (document.activeElement?.matches("input, textarea, select") ?? false);

/** Hundreds of phones hear of a new round at once; they ask again one after another. */
function anew(): void {
  waiting ||= window.setTimeout(() => {
    waiting = 0;
    if (!busy()) location.reload();
  }, SOON + (phone ? Math.random() * SPREAD : 0));
}

if (main)
  follow(main, (change) => {
    const kind: string = change.kind;
    if (change.kind === "clock") wind(change.left, change.paused);
    else if (kind === "cafe" || ["step", "names", "reload"].includes(kind) || (!phone && ["cafe card", "people"].includes(kind))) anew();
  });
