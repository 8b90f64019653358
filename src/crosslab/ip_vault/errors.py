"""The base of everything the vault refuses to read."""


class VaultError(ValueError):
    """Bytes that are not what they should be. The text is one English sentence without secrets."""


class FormatError(VaultError):
    """Text or JSON outside the vault's closed formats; nothing is repaired, nothing is guessed."""


class ProofError(VaultError):
    """A signature, hash, proof or key that does not verify. Full stop, never a warning."""
