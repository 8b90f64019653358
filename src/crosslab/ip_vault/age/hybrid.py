"""The post-quantum recipient of age, `mlkem768x25519`: ML-KEM-768 and X25519 together through HPKE.

RFC 9180 base mode with the KEM MLKEM768-X25519 (X-Wing; IANA 0x647a), HKDF-SHA256, ChaCha20-Poly1305,
info `age-encryption.org/mlkem768x25519`. An attacker must break both halves. Base mode does not
authenticate the sender: never trust a file because it decrypts; its hash stands in a signed statement.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import shake_256
from secrets import token_bytes

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

from crosslab.ip_vault.age import bech32
from crosslab.ip_vault.age.errors import HeaderFailure, KeyFailure
from crosslab.ip_vault.age.format import Stanza, b64, unb64

KIND = "mlkem768x25519"
ENC_SIZE = 1120
_INFO = b"age-encryption.org/mlkem768x25519"
_MLKEM_PUBLIC, _MLKEM_CIPHERTEXT, _PUBLIC = 1184, 1088, 1216
_SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


@dataclass(frozen=True)
class HybridRecipient:
    """A public `age1pq1…` key of 1216 bytes."""

    public: bytes

    def __str__(self) -> str:
        return bech32.encode("age1pq", self.public)

    def wrap(self, file_key: bytes) -> Stanza:
        """A stanza with a fresh encapsulation."""
        sealed = _SUITE.encrypt(file_key, _public(self.public), _INFO)
        return Stanza((KIND, b64(sealed[:ENC_SIZE])), sealed[ENC_SIZE:])


@dataclass(frozen=True)
class HybridIdentity:
    """A secret `AGE-SECRET-KEY-PQ-1…` key: a 32-byte seed."""

    seed: bytes = field(repr=False)

    @classmethod
    def generate(cls) -> "HybridIdentity":
        """A fresh random identity."""
        return cls(token_bytes(32))

    def __str__(self) -> str:
        return bech32.encode("age-secret-key-pq-", self.seed).upper()

    @property
    def recipient(self) -> HybridRecipient:
        """The public half."""
        lattice, curve = _halves(self.seed)
        return HybridRecipient(
            lattice.public_key().public_bytes_raw() + curve.public_key().public_bytes_raw()
        )

    def unwrap(self, stanzas: Sequence[Stanza]) -> bytes | None:
        """The file key of the first hybrid stanza this key opens."""
        for stanza in stanzas:
            if stanza.args[0] == KIND:
                found = self._open(stanza)
                if found is not None:
                    return found
        return None

    def _open(self, stanza: Stanza) -> bytes | None:
        enc = stanza_share(stanza)
        lattice, curve = _halves(self.seed)
        _refuse_low_order(curve, enc[_MLKEM_CIPHERTEXT:])
        try:
            return _SUITE.decrypt(enc + stanza.body, MLKEM768X25519PrivateKey(lattice, curve), _INFO)
        except InvalidTag:
            return None


def stanza_share(stanza: Stanza) -> bytes:
    """The encapsulated key of a well-formed hybrid stanza; anything else is refused."""
    if len(stanza.args) != 2:
        raise HeaderFailure("a hybrid stanza has exactly one encapsulated key")
    enc = unb64(stanza.args[1].encode())
    if len(enc) != ENC_SIZE or len(stanza.body) != 32:
        raise HeaderFailure("a hybrid stanza has 1120 bytes of key and 32 bytes of body")
    return enc


def _halves(seed: bytes) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
    wide = shake_256(seed).digest(96)
    return MLKEM768PrivateKey.from_seed_bytes(wide[:64]), X25519PrivateKey.from_private_bytes(wide[64:])


def _refuse_low_order(curve: X25519PrivateKey, share: bytes) -> None:
    try:
        curve.exchange(X25519PublicKey.from_public_bytes(share))
    except ValueError as error:
        raise HeaderFailure("the X25519 half of a hybrid stanza is of low order") from error


@lru_cache(maxsize=256)
def _public(data: bytes) -> MLKEM768X25519PublicKey:
    try:
        lattice = MLKEM768PublicKey.from_public_bytes(data[:_MLKEM_PUBLIC])
        curve = X25519PublicKey.from_public_bytes(data[_MLKEM_PUBLIC:])
    except ValueError as error:
        raise KeyFailure("the age1pq1… recipient is not a valid public key") from error
    return MLKEM768X25519PublicKey(lattice, curve)


@lru_cache(maxsize=1024)
def parse_recipient(text: str) -> HybridRecipient:
    """A recipient from its `age1pq1…` string (lower case), its lattice half checked.

    The last ones are remembered: two thousand letters of checksum cost more than all else in a statement.
    """
    prefix, data = bech32.decode(text)
    if prefix != "age1pq" or len(data) != _PUBLIC or text != text.lower():
        raise KeyFailure("this is not an age1pq1… recipient")
    _public(data)
    return HybridRecipient(data)


def parse_identity(text: str) -> HybridIdentity:
    """An identity from its `AGE-SECRET-KEY-PQ-1…` string (upper case)."""
    prefix, data = bech32.decode(text)
    if prefix != "age-secret-key-pq-" or len(data) != 32 or text != text.upper():
        raise KeyFailure("this is not an AGE-SECRET-KEY-PQ-1… identity")
    return HybridIdentity(data)
