// Undo: the last things one did oneself here, each by the verb that is its opposite. What somebody else changed
// meanwhile stays as it is, and that is said.
import { toast } from "../parts/toast";
import { spoken } from "../parts/spoken";
import { base, note, placeOf, root, wordsOf } from "./hung";
import { send, settled, type Told } from "./send";
import { word } from "./words";

/** How a note must still be, for the step to be one's own to take back. */
interface Still {
  id: string;
  theme?: string;
  text?: string;
}
export interface Step {
  said: string;
  url: string;
  facts: Record<string, string>;
  still?: Still;
  moved?: { id: string; company: string; prompt: string; at: number };
}
const KEPT = `crosslab wall ${base} undo`;
const MOST = 20;
const steps: Step[] = JSON.parse(sessionStorage.getItem(KEPT) ?? "[]") as Step[];
const button = document.getElementById("undo");

/** Beside the wall one can take back what is seen there alone; what was done to a note, where the notes hang. */
const canBe = (): boolean => steps.length > 0 && (root !== null || !steps.at(-1)!.still);

function keep(): void {
  sessionStorage.setItem(KEPT, JSON.stringify(steps.slice(-MOST)));
  if (button) button.hidden = !canBe();
}

/** One more step that can be taken back. */
export function done(step: Step): void {
  steps.push(step);
  keep();
  spoken(step.said);
}

function holds(still: Still): boolean {
  const one = note(still.id);
  if (!one) return false;
  return (still.theme === undefined || one.dataset["theme"] === still.theme) && (still.text === undefined || wordsOf(one) === still.text);
}

/** Take the last step back: what is still on its way is the last step as soon as the server has it. */
export function undo(): void {
  settled(takeBack);
}

function takeBack(): void {
  if (!canBe()) return spoken(word("nothing"));
  const step = steps.pop();
  keep();
  if (!step) return;
  if (step.still && !holds(step.still)) return toast(word("changed"), true);
  const { before, ...facts } = step.facts;
  if (before) {
    const next = note(before);
    if (next && placeOf(next).company === facts["company"] && placeOf(next).prompt === facts["prompt"]) facts["before"] = before;
  }
  send(step.url, facts, (told: Told) => {
    const words = word("undone", { what: step.said });
    toast(words);
    spoken(words);
    follow(step, told);
    document.dispatchEvent(new CustomEvent("wall:undone", { detail: words }));
  });
}

/** A note that was moved twice: the first move is taken back from where the second one left it. */
function follow(step: Step, told: Told): void {
  const id = step.moved?.id;
  const earlier = [...steps].reverse().find((each) => each.moved?.id === id && id);
  if (!earlier?.moved || told.at === undefined) return;
  earlier.moved.at = told.at;
  earlier.facts["from_at"] = String(told.at);
  keep();
}

/** Whether a note hangs elsewhere than where one's last own move of it left it; told once. */
export function overtaken(id: string, company: string, at: number): boolean {
  const last = [...steps].reverse().find((each) => each.moved?.id === id)?.moved;
  if (!last || (last.company === company && last.at === at)) return false;
  for (const each of steps.filter((one) => one.moved?.id === id)) steps.splice(steps.indexOf(each), 1);
  keep();
  return true;
}

button?.addEventListener("click", undo);
document.addEventListener("keydown", (event) => {
  const typing = (event.target as Element).closest("input:not([type=checkbox], [type=radio]), textarea, select, dialog");
  if (event.key.toLowerCase() !== "z" || event.shiftKey || event.altKey || !(event.ctrlKey || event.metaKey) || typing) return;
  event.preventDefault();
  undo();
});
keep();
