"""age v1 file encryption (C2SP age): our own small implementation on `cryptography`.

One public face: `encrypt`, `decrypt`, their piecewise forms, keys and errors. Checked against the public
age vectors. Not for signing: an age file says nothing about who made it.
"""

from crosslab.ip_vault.age.armor import dearmor, enarmor, is_armored
from crosslab.ip_vault.age.errors import (
    AgeError,
    ArmorFailure,
    HeaderFailure,
    HmacFailure,
    KeyFailure,
    NoMatch,
    PayloadFailure,
)
from crosslab.ip_vault.age.files import (
    decrypt,
    decrypt_file,
    decrypt_pieces,
    encrypt,
    encrypt_file,
    encrypt_pieces,
)
from crosslab.ip_vault.age.format import Header, Identity, Recipient, Stanza, parse_header
from crosslab.ip_vault.age.hybrid import HybridIdentity, HybridRecipient
from crosslab.ip_vault.age.scrypt import ScryptIdentity, ScryptRecipient
from crosslab.ip_vault.age.shape import Shape, check_shape
from crosslab.ip_vault.age.x25519 import X25519Identity, X25519Recipient

__all__ = [
    "AgeError",
    "ArmorFailure",
    "Header",
    "HeaderFailure",
    "HmacFailure",
    "HybridIdentity",
    "HybridRecipient",
    "Identity",
    "KeyFailure",
    "NoMatch",
    "PayloadFailure",
    "Recipient",
    "ScryptIdentity",
    "ScryptRecipient",
    "Shape",
    "Stanza",
    "X25519Identity",
    "X25519Recipient",
    "check_shape",
    "dearmor",
    "decrypt",
    "decrypt_file",
    "decrypt_pieces",
    "enarmor",
    "encrypt",
    "encrypt_file",
    "encrypt_pieces",
    "is_armored",
    "parse_header",
]
