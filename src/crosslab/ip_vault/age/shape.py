"""What a server without keys can say about an age file: that it has the vault's shape, no more."""

from enum import StrEnum

from crosslab.ip_vault.age import hybrid, scrypt
from crosslab.ip_vault.age.errors import HeaderFailure, PayloadFailure
from crosslab.ip_vault.age.format import Stanza, parse_header, unb64
from crosslab.ip_vault.age.stream import legal_payload


class Shape(StrEnum):
    """The two kinds of age file the vault stores; passkey files carry their own stanza."""

    HYBRID = hybrid.KIND
    PASSPHRASE = scrypt.KIND
    PASSKEY = "age-encryption.org/fido2prf"


_NONCE, _WRAPPED = 16, 32  # bytes


def check_shape(start: bytes, size: int, shape: Shape) -> None:
    """Exactly one stanza of the right kind and sizes, and a payload size that can exist.

    `start` is the beginning of the file (at least its header), `size` its length in bytes.
    """
    header = parse_header(start)
    stanza = header.stanzas[0]
    if len(header.stanzas) != 1 or stanza.args[0] != shape:
        raise HeaderFailure("the file has not exactly one stanza of the required kind")
    if shape is Shape.HYBRID:
        hybrid.stanza_share(stanza)
    elif shape is Shape.PASSPHRASE:
        _, log_n = scrypt.stanza_parts(stanza)
        if not scrypt.LOG_N <= log_n <= scrypt.MAX_LOG_N:
            raise HeaderFailure("the scrypt work factor is not 17 or 18")
    else:
        _check_passkey(stanza)
    if not legal_payload(size - header.size):
        raise PayloadFailure("no payload can have this size")


def _check_passkey(stanza: Stanza) -> None:
    """A nonce for the passkey's secret function, and the file key wrapped with what it answers (typage, fido2prf)."""
    if len(stanza.args) != 2 or len(unb64(stanza.args[1].encode())) != _NONCE or len(stanza.body) != _WRAPPED:
        raise HeaderFailure("the passkey's stanza is not a nonce and a wrapped key")
