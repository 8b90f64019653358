// A room's wall: it follows what others do, and lets its facilitators move, tie and lay notes by key and pointer.
// Without this file the page still works, by links and forms; it then shows what was so when it was loaded.
import "./parts/clocks";
import { follow } from "./parts/live";
import "./wall/drag";
import { hear } from "./wall/news";
import { olderTies, patch } from "./wall/patch";
import { lineIs } from "./wall/send";
import "./wall/themes";

const main = document.querySelector<HTMLElement>("main[data-live]");
const wall = document.querySelector("[data-wall]");

/** Beside the wall: pages of the same room keep their clock and steps, and come anew when the room is changed. */
const busy = (): boolean => document.activeElement?.matches("input, textarea, select") ?? false;
const STEERS = new Set(["step", "lock", "names"]);

const begin = (): unknown =>
  main && follow(main, (change) => {
    if (wall) hear(change);
    else if (!STEERS.has(change.kind)) void (change.kind === "clock" && patch(change));
    else if (!busy()) location.reload();
  }, lineIs);
// What happens meanwhile is heard from the number the page was made at, so it comes after what was older.
void olderTies().catch(() => undefined).then(begin);
