/** The vault's page. The invitation leaves the address first, before anything is asked of anyone. */
import { render } from "preact";
import { App } from "./ui/app";
import { takeInvitation } from "./ui/route";

const invitation = takeInvitation();
const place = document.getElementById("vault");
if (place) {
  place.replaceChildren();
  render(<App first={invitation} />, place);
}
