// Weights add up as they are typed: a fieldset with data-sum shows the sum in its output.
import { all } from "./dom";

document.addEventListener("input", (event) => {
  const set = (event.target as Element).closest<HTMLElement>("fieldset[data-sum]");
  const output = set?.querySelector("output");
  if (!set || !output) return;
  const total = all<HTMLInputElement>("[inputmode='numeric']", set).reduce((sum, one) => sum + (parseInt(one.value, 10) || 0), 0);
  output.textContent = set.dataset["sum"]!.replace("#", String(total));
  output.parentElement?.classList.toggle("whole", total === 100);
});
