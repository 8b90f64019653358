"""Keys: everything a person or organisation needs follows from 32 bytes they can print.

HKDF-SHA256 with an empty salt and one `info` string a job (RFC 5869); never use a key for two jobs, and
never derive anything for signing in. Ed25519 (RFC 8032) is verified by OpenSSL, and only under public
keys that pass `curve.check_public`.
"""

import base64
import binascii
import re
from dataclasses import dataclass, field
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from crosslab.ip_vault.age import HybridIdentity, bech32
from crosslab.ip_vault.age.errors import KeyFailure
from crosslab.ip_vault.age.format import hkdf
from crosslab.ip_vault.curve import check_public
from crosslab.ip_vault.errors import FormatError, ProofError

ROOT = "crosslab-root-"
ORG = "crosslab-org-"
SIZE = 32
_SPACE = re.compile("[\t-\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]+")


@dataclass(frozen=True)
class SigningKey:
    """An Ed25519 key pair, made from its 32-byte seed."""

    seed: bytes = field(repr=False)

    @property
    def public(self) -> bytes:
        """The 32 bytes to show to others."""
        return self._private().public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """The 64-byte signature; Ed25519 is deterministic."""
        return self._private().sign(message)

    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)


@dataclass(frozen=True)
class Keys:
    """What one root gives: a key that signs and an identity that receives."""

    sign: SigningKey
    age: HybridIdentity


def person_keys(root: bytes) -> Keys:
    """The keys of a person, from the root that never leaves their hands."""
    return Keys(SigningKey(_derive(root, "sign")), HybridIdentity(_derive(root, "age")))


def recovery_keys(root: bytes) -> Keys:
    """The keys of an organisation's printed recovery root."""
    return Keys(SigningKey(_derive(root, "org-sign")), HybridIdentity(_derive(root, "org-age")))


def invite_key(secret: bytes) -> SigningKey:
    """The key of an invitation, from the secret in its link: who can sign with it has the link."""
    return SigningKey(_derive(secret, "invite-sign"))


@lru_cache(maxsize=512)
def verify(public: bytes, message: bytes, signature: bytes) -> None:
    """Raises ProofError unless this acceptable key signed these bytes.

    What verified a moment ago is remembered: a statement is read once on trial and once when it is settled.
    """
    check_public(public)
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError) as error:
        raise ProofError("the signature is not by this key over these bytes") from error


def recovery_string(root: bytes, kind: str = ROOT) -> str:
    """What is printed: `CROSSLAB-ROOT-1…` for a person, `CROSSLAB-ORG-1…` for an organisation."""
    return bech32.encode(kind, root).upper()


def parse_recovery_string(text: str, kind: str = ROOT) -> bytes:
    """The root from what was printed; white space and lower case are forgiven, a wrong letter is not."""
    prefix, data = bech32.decode(_SPACE.sub("", text).upper())
    if prefix != kind or len(data) != SIZE:
        raise KeyFailure("this is not a recovery key of this kind")
    return data


def b64u(data: bytes) -> str:
    """Unpadded base64url, as keys, secrets and salts are written in statements."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64u(text: str, size: int) -> bytes:
    """Exactly `size` bytes from canonical unpadded base64url."""
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError) as error:
        raise FormatError("this is not base64url") from error
    if b64u(data) != text or len(data) != size:
        raise FormatError(f"this is not {size} bytes of canonical base64url")
    return data


def _derive(secret: bytes, job: str) -> bytes:
    if len(secret) != SIZE:
        raise KeyFailure("a root or secret has 32 bytes")
    return hkdf(secret, None, f"crosslab/v1/{job}".encode())
