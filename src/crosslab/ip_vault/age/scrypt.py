"""The passphrase recipient of age (RFC 7914 scrypt): for unlock files, alone in its header.

Do not use it with a passphrase a person thought up; ours are generated (`passphrase`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import scrypt
from secrets import token_bytes

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from crosslab.ip_vault.age.errors import HeaderFailure
from crosslab.ip_vault.age.format import Stanza, b64, unb64

KIND = "scrypt"
LOG_N = 17
MAX_LOG_N = 18
_SALT_LABEL = b"age-encryption.org/v1/scrypt"
_NONCE = bytes(12)
_DECIMAL = re.compile(r"[1-9][0-9]*")


@dataclass(frozen=True)
class ScryptRecipient:
    """A passphrase to encrypt with; writers never go below a work factor of 2^17."""

    passphrase: str = field(repr=False)
    log_n: int = LOG_N

    def wrap(self, file_key: bytes) -> Stanza:
        """A stanza with a fresh salt."""
        if not LOG_N <= self.log_n <= MAX_LOG_N:
            raise HeaderFailure("the scrypt work factor we write is 17 or 18")
        salt = token_bytes(16)
        body = ChaCha20Poly1305(_stretch(self.passphrase, salt, self.log_n)).encrypt(_NONCE, file_key, None)
        return Stanza((KIND, b64(salt), str(self.log_n)), body)


@dataclass(frozen=True)
class ScryptIdentity:
    """A passphrase to decrypt with; a file that asks for more work than `max_log_n` is refused."""

    passphrase: str = field(repr=False)
    max_log_n: int = MAX_LOG_N

    def unwrap(self, stanzas: Sequence[Stanza]) -> bytes | None:
        """The file key, or None when the passphrase is another one or the file needs none."""
        if not any(stanza.args[0] == KIND for stanza in stanzas):
            return None
        if len(stanzas) != 1:
            raise HeaderFailure("a passphrase stanza stands alone")
        salt, log_n = stanza_parts(stanzas[0])
        if log_n > self.max_log_n:
            raise HeaderFailure("the scrypt work factor is higher than allowed")
        try:
            key = _stretch(self.passphrase, salt, log_n)
            return ChaCha20Poly1305(key).decrypt(_NONCE, stanzas[0].body, None)
        except InvalidTag:
            return None


def stanza_parts(stanza: Stanza) -> tuple[bytes, int]:
    """Salt and work factor of a well-formed scrypt stanza; anything else is refused."""
    if len(stanza.args) != 3:
        raise HeaderFailure("an scrypt stanza has a salt and a work factor")
    salt = unb64(stanza.args[1].encode())
    if len(salt) != 16 or len(stanza.body) != 32:
        raise HeaderFailure("an scrypt stanza has 16 bytes of salt and 32 bytes of body")
    if _DECIMAL.fullmatch(stanza.args[2]) is None or len(stanza.args[2]) > 2:
        raise HeaderFailure("the scrypt work factor is not a plain small number")
    return salt, int(stanza.args[2])


def _stretch(passphrase: str, salt: bytes, log_n: int) -> bytes:
    cost = 1 << log_n
    return scrypt(
        passphrase.encode(),
        salt=_SALT_LABEL + salt,
        n=cost,
        r=8,
        p=1,
        maxmem=cost * 1024 + (1 << 21),
        dklen=32,
    )
