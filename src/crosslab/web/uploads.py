"""A file that came with a form."""

from dataclasses import dataclass
from typing import Any

from litestar.datastructures import UploadFile

from crosslab.core.errors import Refused
from crosslab.rules import N_


@dataclass(frozen=True)
class Upload:
    """Its name on the sender's machine, which proves nothing, and its bytes."""

    name: str
    content: bytes


def sent(typed: dict[str, Any], most: int) -> Upload | None:
    """The file in the field `file`, or None when none was chosen. Never reads more than `most` and a byte."""
    given = typed.get("file")
    if isinstance(given, list):
        raise Refused(N_("Choose one file at a time."), field="file")
    if not isinstance(given, UploadFile) or not given.filename:
        return None
    return Upload(given.filename, given.file.read(most + 1))
