"""What only the server asks when a statement comes in, and nobody when old evidence is verified.

Unicode tables and clocks change; a verifier in twenty years must not depend on them.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from crosslab.ip_vault.errors import FormatError
from crosslab.ip_vault.statements.statement import Statement

TOLERANCE = timedelta(minutes=10)
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2060-\u206f\u3164\uffa0]"
)


def check(statement: Statement, now: datetime) -> None:
    """Refuses a statement dated ten minutes off, not in NFC, or with invisible letters in a name."""
    if abs(datetime.fromisoformat(statement.at) - now) > TOLERANCE:
        raise FormatError("the statement's time is more than ten minutes away from ours")
    for text in _texts(statement.body):
        if not unicodedata.is_normalized("NFC", text):
            raise FormatError("a text is not in Unicode normal form C")
    if _INVISIBLE.search(str(statement.body.get("name", ""))):
        raise FormatError("a name holds an invisible character")


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
