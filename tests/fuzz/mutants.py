"""Files changed at random from a seed: bits, bytes, pieces and lines, and words that parsers stumble over."""

from random import Random

WORDS = [
    b"\n", b"\n\n", b"\r", b"\t", b" ", b"\0", b"+", b"-", b"=", b"/", b"0", b"1", b"9" * 17, b"1.0", b"1e3", b"-0",
    b"null", b"true", b"{}", b"[]", b'"', b"\\", b"\\u0041", b"\\ud800", b"\xc0\xaf", b"\xed\xa0\x80", b"\xff",
    "\u202e".encode(), "\ufeff".encode(), "\u2028".encode(), "\u200b".encode(), "e\u0301".encode(), "—".encode(),
    "\U0001f9f5".encode(), b"__proto__", b"-> ", b"--- ", b"age-encryption.org/v1\n", b"-> X25519 ", b"-> scrypt ",
    b'"v":1', b'"for":', b'"body":{', b"# root ", b"index ", b"c2sp.org/tlog-proof@v1\n",
    b"../", b"CON", b".", b"A" * 65,
    "١".encode(), "ı".encode(), "ſ".encode(), "ẞ".encode(), "\u00a0".encode(), b"\x1c", b"\x7f", "\u0085".encode(),
]  # fmt: skip


def mutant(data: bytes, others: list[bytes], dice: Random) -> bytes:
    """The file after one to four changes."""
    for _ in range(dice.choice([1, 1, 1, 2, 4])):
        data = dice.choice(CHANGES)(data, others, dice)
    return data[:70_000]


def _flip(data: bytes, _: list[bytes], dice: Random) -> bytes:
    if not data:
        return data
    at = dice.randrange(len(data))
    return data[:at] + bytes([data[at] ^ (1 << dice.randrange(8))]) + data[at + 1 :]


def _put(data: bytes, _: list[bytes], dice: Random) -> bytes:
    at = dice.randrange(len(data) + 1)
    return data[:at] + dice.choice(WORDS) + data[at:]


def _replace(data: bytes, _: list[bytes], dice: Random) -> bytes:
    one, two = sorted(dice.randrange(len(data) + 1) for _ in range(2))
    return data[:one] + dice.choice(WORDS) + data[min(two, one + 8) :]


def _drop(data: bytes, _: list[bytes], dice: Random) -> bytes:
    one, two = sorted(dice.randrange(len(data) + 1) for _ in range(2))
    return data[:one] + data[min(two, one + dice.choice([1, 1, 4, 100])) :]


def _double(data: bytes, _: list[bytes], dice: Random) -> bytes:
    one, two = sorted(dice.randrange(len(data) + 1) for _ in range(2))
    return data[:two] + data[one:]


def _lines(data: bytes, _: list[bytes], dice: Random) -> bytes:
    lines = data.splitlines(keepends=True)
    if len(lines) > 1:
        one, two = (dice.randrange(len(lines)) for _ in range(2))
        lines[one], lines[two] = lines[two], lines[one]
    return b"".join(lines)


def _splice(data: bytes, others: list[bytes], dice: Random) -> bytes:
    other = dice.choice(others)
    return data[: dice.randrange(len(data) + 1)] + other[dice.randrange(len(other) + 1) :]


def _digit(data: bytes, _: list[bytes], dice: Random) -> bytes:
    """Another digit or letter where one stands."""
    places = [at for at, value in enumerate(data) if chr(value).isalnum()]
    if not places:
        return data
    at = dice.choice(places)
    return data[:at] + bytes([dice.choice(b"0123456789abcdefXYZ")]) + data[at + 1 :]


CHANGES = [_flip, _put, _replace, _drop, _double, _lines, _splice, _digit]
