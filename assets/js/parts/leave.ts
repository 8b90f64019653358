// A form with data-leave asks the browser to warn before what was typed is lost.

document.addEventListener("input", (event) => {
  const form = (event.target as Element).closest<HTMLFormElement>("form[data-leave]");
  if (form) form.dataset["changed"] = "1";
});
document.addEventListener("submit", (event) => delete (event.target as HTMLFormElement).dataset["changed"]);
addEventListener("beforeunload", (event) => {
  if (document.querySelector("form[data-leave][data-changed]")) event.preventDefault();
});
