// The bell: one stream a page. It only says what happened; parts that care ask for themselves again.
import { all } from "./dom";
import { htmx } from "./htmx";

const AGAIN = 4000;
const ANY = "again"; // some may have been missed
const places = new Set(all("[data-refresh-on]").map((part) => part.dataset["place"]).filter((place): place is string => !!place));

function listen(): void {
  const bell = new EventSource(`/bell?places=${[...places].join(",")}`);
  bell.addEventListener("message", (event) => {
    const verb = String(event.data);
    for (const part of all("[data-refresh-on]"))
      if ((verb === ANY || part.dataset["refreshOn"]!.split(" ").some((prefix) => verb.startsWith(prefix))) && !part.contains(document.activeElement))
        void htmx().ajax("GET", part.dataset["refreshUrl"]!, { target: part, swap: "outerHTML" });
  });
  bell.addEventListener("error", () => {
    if (bell.readyState === EventSource.CLOSED) setTimeout(listen, AGAIN);
  });
  addEventListener("pagehide", () => bell.close());
}
if (document.querySelector("[data-refresh-on]")) listen();
