"""Bech32 (BIP 173) without the 90 character limit, as age uses it for recipients and identities.

Do not use it for anything whose integrity matters: its checksum finds typing errors, not attackers.
"""

from crosslab.ip_vault.age.errors import KeyFailure

_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_VALUE = {letter: number for number, letter in enumerate(_LETTERS)}
_GENERATORS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def encode(prefix: str, data: bytes) -> str:
    """The data under a lower-case prefix, with six checksum letters at the end."""
    values = _regroup(data, 8, 5, pad=True)
    checked = _polymod([*_expand(prefix), *values, 0, 0, 0, 0, 0, 0]) ^ 1
    checksum = [(checked >> 5 * (5 - place)) & 31 for place in range(6)]
    return prefix + "1" + "".join(_LETTERS[value] for value in [*values, *checksum])


def decode(text: str) -> tuple[str, bytes]:
    """Prefix (lower case) and data of a Bech32 string; mixed case and wrong checksums are refused."""
    if text != text.lower() and text != text.upper():
        raise KeyFailure("the key mixes upper and lower case letters")
    prefix, mark, rest = text.lower().rpartition("1")
    if not mark or not prefix or len(rest) < 6 or not prefix.isascii():
        raise KeyFailure("the key is not a Bech32 string")
    if any(not 33 <= ord(letter) <= 126 for letter in prefix) or any(letter not in _VALUE for letter in rest):
        raise KeyFailure("the key has a letter that Bech32 does not know")
    values = [_VALUE[letter] for letter in rest]
    if _polymod([*_expand(prefix), *values]) != 1:
        raise KeyFailure("the key's checksum is wrong: a letter was mistyped")
    return prefix, bytes(_regroup(values[:-6], 5, 8, pad=False))


def _expand(prefix: str) -> list[int]:
    return [ord(letter) >> 5 for letter in prefix] + [0] + [ord(letter) & 31 for letter in prefix]


def _polymod(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for bit, generator in enumerate(_GENERATORS):
            check ^= generator if (top >> bit) & 1 else 0
    return check


def _regroup(data: bytes | list[int], width: int, wanted: int, *, pad: bool) -> list[int]:
    held, bits, groups = 0, 0, []
    for value in data:
        held, bits = (held << width) | value, bits + width
        while bits >= wanted:
            bits -= wanted
            groups.append(held >> bits)
            held &= (1 << bits) - 1
    if pad and bits:
        groups.append(held << (wanted - bits))
    elif not pad and (bits >= width or held):
        raise KeyFailure("the key has stray bits at its end")
    return groups
