/** The part of the public page "Verify a record" that checks a bundle, in the page, without sending anything. */
import { render } from "preact";
import { CheckPage } from "./pages/check";
import { learn } from "./words";

const place = document.getElementById("bundle-check");
if (place) {
  const { key = "", earlier = "", authorities = "[]", verifier = "", sprite = "" } = place.dataset;
  document.body.dataset["sprite"] = sprite;
  void learn(document.documentElement.lang).finally(() => {
    place.replaceChildren();
    render(<CheckPage known={[key, ...earlier.split(" ").filter(Boolean).reverse()]} authorities={JSON.parse(authorities)} verifier={verifier} />, place);
  });
}
