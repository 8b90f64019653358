"""The code that a terminal shows and a browser asks for when somebody signs in on a machine without one.

The terminal draws the token itself and tells its hash in a link; the code follows from that hash. Whoever types
it says: this terminal is mine. It is no secret and protects none.
"""

from hashlib import sha256

LETTERS = "BCDFGHJKLMNPQRSTVWXZ"  # none that is taken for another, none that makes words
LENGTH = 8
_LABEL = b"crosslab.dev/login/v1\n"


def machine_code(token_hash: str) -> str:
    """Eight letters in two groups, from the hash of a login's token (64 hex digits)."""
    number = int.from_bytes(sha256(_LABEL + token_hash.encode()).digest(), "big")
    letters = ""
    for _ in range(LENGTH):
        number, at = divmod(number, len(LETTERS))
        letters += LETTERS[at]
    return f"{letters[:4]}-{letters[4:]}"


def is_code(typed: str, token_hash: str) -> bool:
    """Whether this is the code, however it was spaced and written."""
    return "".join(filter(str.isalpha, typed.upper())) == machine_code(token_hash).replace("-", "")
