// A session's time in the reader's own zone, where that is another one.
for (const spot of document.querySelectorAll<HTMLElement>("[data-your-time]")) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const at = new Date(spot.dataset.yourTime ?? "");
  const told = (where: string) =>
    new Intl.DateTimeFormat(document.documentElement.lang, {
      weekday: "short", hour: "2-digit", minute: "2-digit", timeZone: where,
    }).format(at);
  if (zone && told(zone) !== told(spot.dataset.zone ?? zone)) {
    spot.textContent = (spot.dataset.words ?? "#").replace("#", `${told(zone)} (${zone})`);
    spot.hidden = false;
  }
}
