// One polite voice for what the eye sees happen.
import { made } from "./dom";

let voice: HTMLElement | null = null;

export function spoken(words: string): void {
  if (!voice) {
    voice = made("p", "vh");
    voice.setAttribute("role", "status");
    document.body.append(voice);
  }
  voice.textContent = words;
}
