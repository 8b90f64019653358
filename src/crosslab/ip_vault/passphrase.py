"""Generated passphrases: six words of a list of 7776, 77.5 bits. Nobody chooses one."""

from collections.abc import Callable
from functools import cache
from importlib.resources import files
from secrets import randbelow

WORDS = 6


@cache
def words() -> tuple[str, ...]:
    """The word list, which the browser uses too."""
    text = files("crosslab.ip_vault").joinpath("data/words.txt").read_text(encoding="ascii")
    return tuple(text.split())


def generate(below: Callable[[int], int] = randbelow) -> str:
    """A fresh passphrase; `below(n)` draws evenly from 0 to n - 1 and must be a cryptographic source."""
    known = words()
    return " ".join(known[below(len(known))] for _ in range(WORDS))


def tidy(typed: str) -> str:
    """What a person typed, as it was generated: lower case, single spaces."""
    return " ".join(typed.lower().split())
