"""The optional text form of an age file: strict PEM (RFC 7468), for import only. The vault stores none.

White space around the block is allowed, LF and CRLF are both read; headers, short or long lines,
padding slips and anything else before or after are refused.
"""

import base64
import binascii

from crosslab.ip_vault.age.errors import ArmorFailure

BEGIN = b"-----BEGIN AGE ENCRYPTED FILE-----"
END = b"-----END AGE ENCRYPTED FILE-----"
_COLUMNS = 64


def enarmor(data: bytes) -> bytes:
    """The file as text."""
    body = base64.b64encode(data)
    lines = [body[start : start + _COLUMNS] for start in range(0, len(body), _COLUMNS)]
    return b"\n".join([BEGIN, *lines, END]) + b"\n"


def dearmor(text: bytes) -> bytes:
    """The file inside the text."""
    lines = text.strip(b" \t\r\n").replace(b"\r\n", b"\n").split(b"\n")
    if len(lines) < 2 or lines[0] != BEGIN or lines[-1] != END:
        raise ArmorFailure("the text has no BEGIN and END line of an age file")
    body = lines[1:-1]
    if body and (any(len(line) != _COLUMNS for line in body[:-1]) or not 0 < len(body[-1]) <= _COLUMNS):
        raise ArmorFailure("a line has not 64 columns")
    joined = b"".join(body)
    try:
        data = base64.b64decode(joined, validate=True)
    except binascii.Error as error:
        raise ArmorFailure("the text is not base64") from error
    if base64.b64encode(data) != joined:
        raise ArmorFailure("the text is not canonical base64")
    return data


def is_armored(data: bytes) -> bool:
    """Whether the bytes look like the text form."""
    return data.lstrip(b" \t\r\n").startswith(b"-----BEGIN")
