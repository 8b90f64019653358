"""Documents beside a brief: what may be one, told by its first bytes and not by its name."""

import re
from dataclasses import dataclass
from uuid import uuid4

from crosslab.core.errors import Refused
from crosslab.rules import N_

MOST_BYTES = 20 * 1_048_576
TYPES = {
    "pdf": ("application/pdf", b"%PDF-"),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK\x03\x04"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK\x03\x04"),
    "odt": ("application/vnd.oasis.opendocument.text", b"PK\x03\x04"),
    "ods": ("application/vnd.oasis.opendocument.spreadsheet", b"PK\x03\x04"),
    "zip": ("application/zip", b"PK\x03\x04"),
    "csv": ("text/csv", b""),
    "txt": ("text/plain", b""),
    "json": ("application/json", b""),
}
"""What a document may be: by ending, its media type and how it begins. Those without a beginning are text."""


@dataclass(frozen=True)
class Paper:
    """A document made ready: where it will be kept, what it is, its bytes."""

    key: str
    media_type: str
    content: bytes


def prepare(name: str, content: bytes) -> Paper:
    """Look at an uploaded document. Raises `Refused` beside the field when it is none of the kinds we take."""
    ending = name.rsplit(".", 1)[-1].lower()
    if not content:
        raise Refused(N_("Choose a file."), field="file")
    if len(content) > MOST_BYTES:
        raise Refused(N_("The file is larger than 20 MB. Choose a smaller one."), field="file")
    if ending not in TYPES or not _is(ending, content):
        text = N_(
            "This is not a document we can offer. Choose a PDF, Word, Excel, OpenDocument, CSV or text file."
        )
        raise Refused(text, field="file")
    return Paper(f"documents/{uuid4().hex}.{ending}", TYPES[ending][0], content)


def _is(ending: str, content: bytes) -> bool:
    begins = TYPES[ending][1]
    if begins:
        return content.startswith(begins)
    try:
        return "\x00" not in content.decode()
    except UnicodeDecodeError:
        return False


def file_name(title: str, key: str) -> str:
    """The name a document is saved under: its title, tamed, with its ending."""
    tame = re.sub(r"[^\w\- ]+", "", title).strip() or "document"
    return f"{tame}.{key.rsplit('.', 1)[-1]}"


def kind(key: str) -> str:
    """What people call the kind: PDF, CSV."""
    return key.rsplit(".", 1)[-1].upper()
