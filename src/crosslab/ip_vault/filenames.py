"""Which names a file may have: safe on every system it will be saved to."""

import re
import unicodedata

from crosslab.ip_vault.cj import check_text
from crosslab.ip_vault.errors import FormatError

_FORBIDDEN = re.compile(r'[/\\:*?"<>|\x00-\x1f\x7f]')
_RESERVED = re.compile(
    r"(con|prn|aux|nul|com[0-9\u00b9\u00b2\u00b3]|lpt[0-9\u00b9\u00b2\u00b3])( *\..*)?", re.IGNORECASE
)
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def check_file_name(name: object) -> None:
    """Refuses a name that could leave its folder, hide its ending or be reserved somewhere."""
    if not isinstance(name, str) or not 1 <= len(name.encode(errors="replace")) <= 255:
        raise FormatError("a file name has 1 to 255 bytes")
    check_text(name)
    if _FORBIDDEN.search(name) or _DIRECTION.search(name):
        raise FormatError("a file name holds a character that is not allowed in one")
    if name.startswith(".") or name.endswith((".", " ")) or _RESERVED.fullmatch(name):
        raise FormatError("a file name starts with a dot, ends with a dot or space, or is reserved")
    if unicodedata.normalize("NFC", name) != name:
        raise FormatError("a file name is not in Unicode normal form C")
