// Sends a form[data-upload] with its progress in words; data-sending holds "# of ##". Cancel stops it; without scripts the form posts as ever.
import { made, on } from "./parts/dom";
import { toast } from "./parts/toast";

const MB = 1_000_000;
const size = (bytes: number): string => (bytes / MB).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 }) + " MB";

on("submit", "form[data-upload]", (form, event) => {
  event.preventDefault();
  send(form as HTMLFormElement);
});

function send(form: HTMLFormElement): void {
  const request = new XMLHttpRequest();
  const line = made("div", "progress");
  const bar = made("progress");
  const words = made("span", "t-s num");
  const stop = made("button", "btn small", form.dataset["cancel"] ?? "");
  words.setAttribute("role", "status");
  stop.type = "button";
  stop.addEventListener("click", () => request.abort());
  line.append(bar, words, stop);
  form.append(line);
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    bar.max = total;
    bar.value = loaded;
    words.textContent = (form.dataset["sending"] ?? "").replace("##", size(total)).replace("#", size(loaded));
  });
  request.addEventListener("loadend", () => {
    line.remove();
    if (request.status >= 200 && request.status < 300) location.assign(request.getResponseHeader("HX-Redirect") ?? request.responseURL);
    else if (request.status) toast(request.responseText.trim() || form.dataset["failed"] || "", true);
  });
  request.open("POST", form.action);
  request.setRequestHeader("Accept", "text/plain");
  request.send(new FormData(form));
}
