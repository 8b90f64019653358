// A link with data-dialog opens the page it leads to in a dialog; without scripts it is simply that page.
import { made, on } from "./dom";
import { htmx } from "./htmx";

on("click", "a[data-dialog]", (link, event) => {
  if (!(link instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  void open(link);
});

async function open(link: HTMLAnchorElement): Promise<void> {
  const dialog = made("dialog");
  const close = made("button", "btn icon close", "×");
  close.type = "button";
  close.setAttribute("aria-label", link.dataset["dialog"] ?? "");
  close.addEventListener("click", () => dialog.close());
  const place = made("div", "place");
  place.id = "dialog-place";
  dialog.append(close, place);
  dialog.addEventListener("close", () => {
    dialog.remove();
    link.focus();
  });
  document.body.append(dialog);
  try {
    await htmx().ajax("GET", link.href, { target: place, swap: "innerHTML", select: "#main > *" });
    const title = dialog.querySelector("h1, h2");
    if (title) {
      title.id ||= "dialog-title";
      dialog.setAttribute("aria-labelledby", title.id);
    }
    dialog.showModal();
  } catch {
    location.assign(link.href);
  }
}
