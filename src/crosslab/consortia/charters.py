"""What a charter says, in one byte sequence, and the digest that names it."""

import hashlib
from collections.abc import Mapping

from crosslab.ip_vault import cj


def digest(ref: str, number: int, words: Mapping[str, str]) -> str:
    """SHA-256 of the charter as canonical JSON: one text, one digest, whoever computes it."""
    return hashlib.sha256(cj.encode({"ref": ref, "number": number, **words})).hexdigest()


def short(digest_of: str) -> str:
    """The first figures of a digest, as people compare them: 4f1c 88a0."""
    return f"{digest_of[:4]} {digest_of[4:8]}"
