"""What can go wrong with an age file. The five outcomes are those of the public age test vectors."""

from crosslab.ip_vault.errors import VaultError


class AgeError(VaultError):
    """Any age file that may not be opened. Nothing of its plaintext is to be shown."""


class HeaderFailure(AgeError):
    """The header is malformed, or a stanza meant for us breaks its own rules."""


class NoMatch(AgeError):
    """The header is well formed, but none of the keys at hand opens it."""


class HmacFailure(AgeError):
    """A file key was unwrapped, but the header was not made with it: it was changed."""


class PayloadFailure(AgeError):
    """The payload was cut, reordered, extended or changed."""


class ArmorFailure(AgeError):
    """The text wrapping around the file is not strict PEM."""


class KeyFailure(AgeError):
    """A recipient or identity string is not one we accept."""
