/** The one thing about a passkey that a page must do itself: ask its owner to touch it. */
import type { Touch, Touched } from "../engine/passkey";

/** Which passkey opens the vault on this device: a name to find it by, not a secret. */
const PASSKEYS = "crosslab-vault-passkeys";

/** Lets a passkey be made or answer; null when its owner did not, or could not. */
export async function touch({ kind, publicKey }: Touch): Promise<Touched | null> {
  try {
    const options = { publicKey } as CredentialCreationOptions & CredentialRequestOptions;
    const made = (await navigator.credentials[kind](options)) as PublicKeyCredential | null;
    if (!made) return null;
    const response = made.response as Partial<AuthenticatorAttestationResponse>;
    const prf = made.getClientExtensionResults().prf as Touched["prf"] | undefined;
    return { rawId: made.rawId, transports: response.getTransports?.() ?? [], prf: prf ?? {} };
  } catch {
    return null;
  }
}

/** What may be moved to the worker instead of copied, so that nothing of it stays on the page. */
export const movable = (touched: Touched | null): ArrayBuffer[] => {
  const { first, second } = touched?.prf.results ?? {};
  return [first, second].filter((each): each is ArrayBuffer => each instanceof ArrayBuffer);
};

export const passkeys = {
  of: (person: string): string => all()[person] ?? "",
  keep(person: string, passkey: string): void {
    const { [person]: _, ...rest } = all();
    localStorage.setItem(PASSKEYS, JSON.stringify(passkey ? { ...rest, [person]: passkey } : rest));
  },
};

/** Whether this browser has passkeys at all. */
export const hasPasskeys = (): boolean => "PublicKeyCredential" in window;

function all(): Record<string, string> {
  try {
    return JSON.parse(localStorage.getItem(PASSKEYS) ?? "{}") as Record<string, string>;
  } catch {
    return {};
  }
}
