"""The X25519 recipient of age: for import and export only. New files use `hybrid`.

X25519 alone does not protect a secret that must hold for decades: whoever records the file today may
open it with a quantum computer later.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from secrets import token_bytes

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from crosslab.ip_vault.age import bech32
from crosslab.ip_vault.age.errors import HeaderFailure, KeyFailure
from crosslab.ip_vault.age.format import Stanza, b64, hkdf, unb64

_INFO = b"age-encryption.org/v1/X25519"
_NONCE = bytes(12)


@dataclass(frozen=True)
class X25519Recipient:
    """A public `age1…` key."""

    public: bytes

    def __str__(self) -> str:
        return bech32.encode("age", self.public)

    def wrap(self, file_key: bytes) -> Stanza:
        """A stanza with a fresh ephemeral key."""
        ephemeral = X25519PrivateKey.generate()
        share = ephemeral.public_key().public_bytes_raw()
        secret = _exchange(ephemeral, self.public)
        key = hkdf(secret, share + self.public, _INFO)
        return Stanza(("X25519", b64(share)), ChaCha20Poly1305(key).encrypt(_NONCE, file_key, None))


@dataclass(frozen=True)
class X25519Identity:
    """A secret `AGE-SECRET-KEY-1…` key."""

    seed: bytes = field(repr=False)

    @classmethod
    def generate(cls) -> "X25519Identity":
        """A fresh random identity."""
        return cls(token_bytes(32))

    def __str__(self) -> str:
        return bech32.encode("age-secret-key-", self.seed).upper()

    @property
    def recipient(self) -> X25519Recipient:
        """The public half."""
        return X25519Recipient(X25519PrivateKey.from_private_bytes(self.seed).public_key().public_bytes_raw())

    def unwrap(self, stanzas: Sequence[Stanza]) -> bytes | None:
        """The file key of the first X25519 stanza this key opens."""
        for stanza in stanzas:
            if stanza.args[0] == "X25519":
                found = self._open(stanza)
                if found is not None:
                    return found
        return None

    def _open(self, stanza: Stanza) -> bytes | None:
        if len(stanza.args) != 2:
            raise HeaderFailure("an X25519 stanza has exactly one share")
        share = unb64(stanza.args[1].encode())
        if len(share) != 32 or len(stanza.body) != 32:
            raise HeaderFailure("an X25519 stanza has a share and a body of 32 bytes each")
        private = X25519PrivateKey.from_private_bytes(self.seed)
        key = hkdf(_exchange(private, share), share + self.recipient.public, _INFO)
        try:
            return ChaCha20Poly1305(key).decrypt(_NONCE, stanza.body, None)
        except InvalidTag:
            return None


def _exchange(private: X25519PrivateKey, public: bytes) -> bytes:
    try:
        return private.exchange(X25519PublicKey.from_public_bytes(public))
    except ValueError as error:
        raise HeaderFailure("the X25519 shared secret is all zero: the share is of low order") from error


def parse_recipient(text: str) -> X25519Recipient:
    """A recipient from its `age1…` string (lower case)."""
    prefix, data = bech32.decode(text)
    if prefix != "age" or len(data) != 32 or text != text.lower():
        raise KeyFailure("this is not an age1… recipient")
    return X25519Recipient(data)


def parse_identity(text: str) -> X25519Identity:
    """An identity from its `AGE-SECRET-KEY-1…` string (upper case)."""
    prefix, data = bech32.decode(text)
    if prefix != "age-secret-key-" or len(data) != 32 or text != text.upper():
        raise KeyFailure("this is not an AGE-SECRET-KEY-1… identity")
    return X25519Identity(data)
