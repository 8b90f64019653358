// Where answers go. A form that is not right comes back in its own place; every other refusal is a toast.
import { toast } from "./toast";

interface Swap {
  target: Element | string;
  swap: string;
  sourceElement: Element;
  response: { status: number };
  hx?: { reswap?: string; retarget?: string };
}
const told = (event: Event): Swap => (event as CustomEvent<{ ctx: Swap }>).detail.ctx;

document.addEventListener("htmx:response:error", (event) => {
  const ctx = told(event);
  const form = ctx.sourceElement.closest("form");
  if (ctx.response.status === 422 && form && ctx.hx?.reswap !== "none") ctx.target = form;
  if (ctx.response.status >= 500) lost();
});
document.addEventListener("htmx:error", (event) => {
  if ((event as CustomEvent<{ ctx?: Swap }>).detail.ctx) lost();
});

function lost(): void {
  const words = document.getElementById("toasts")?.dataset["lost"];
  if (words) toast(words, true);
}
