"""Chains: each statement names the one before it, so a chain has one history.

A person, an organisation and a consortium have a chain each. Whoever may follow a chain gets all its
ids, also of statements whose text is not for them: continuity verifies without the text.
"""

from collections.abc import Sequence
from hashlib import sha256

from crosslab.ip_vault.ids import raw

LABEL = b"crosslab.dev/link/v1\n"


def link(before: bytes | None, statement: str) -> bytes:
    """The link a statement makes: over its id alone at the start, else over the link before and its id."""
    return sha256(LABEL + (before or b"") + raw(statement)).digest()


def links(statements: Sequence[str]) -> list[bytes]:
    """The link after each statement of a chain."""
    made: list[bytes] = []
    for each in statements:
        made.append(link(made[-1] if made else None, each))
    return made
