/** What can go wrong between a person, their keys and the server: a code that the page has a sentence for. */
export type Code =
  | "offline" | "signed-out" | "server" | "busy" | "wrong-passphrase" | "wrong-root" | "no-unlock-file" | "locked"
  | "key-replaced" | "proof" | "not-invited" | "wrong-link" | "no-org" | "org-key" | "unreadable" | "cancelled" | "too-large"
  | "empty-file" | "old-browser" | "old-key" | "key-changed" | "log-changed" | "sheet-behind" | "no-touch" | "no-prf" | "wrong-passkey";

export class Trouble extends Error {
  constructor(readonly code: Code, readonly detail = "") {
    super(detail ? `${code}: ${detail}` : code);
  }
}
