"""Why a command stops, and the number it leaves behind: for people a sentence, for scripts the number."""

from collections.abc import Callable
from enum import IntEnum
from typing import TypeVar

from crosslab.ip_vault.errors import VaultError


class Code(IntEnum):
    """What a command says when it ends. These numbers do not change."""

    FINE = 0
    REFUSED = 1
    USAGE = 2
    LOCKED = 3
    NETWORK = 4
    PROOF = 5
    NOTHING = 6
    HERE = 7
    INTERRUPTED = 130


MEANINGS = {
    Code.FINE: "done",
    Code.REFUSED: "refused by a rule; the sentence says which",
    Code.USAGE: "the command was not written as it must be",
    Code.LOCKED: "not signed in, or the keys are locked",
    Code.NETWORK: "the server cannot be reached, broke off, or its witnesses have not come by yet; try again",
    Code.PROOF: "A PROOF FAILED: the server showed something that is not what was signed. Stop here",
    Code.NOTHING: "there is no such thing, or nothing to do",
    Code.HERE: "this machine: disk full, folder not writable, file unreadable",
    Code.INTERRUPTED: "interrupted",
}


T = TypeVar("T")
LOG_KEY = "the verifier key of a log"


class Stop(Exception):
    """The command ends here. The sentence holds no secrets; `reason` is the server's code for a broken rule."""

    def __init__(self, code: Code, sentence: str, reason: str = "") -> None:
        self.code, self.sentence, self.reason = code, sentence, reason
        super().__init__(sentence)


def refused(sentence: str) -> Stop:
    """A rule says no."""
    return Stop(Code.REFUSED, sentence)


def nothing(sentence: str) -> Stop:
    """There is no such thing."""
    return Stop(Code.NOTHING, sentence)


def locked(sentence: str) -> Stop:
    """Somebody has to sign in or unlock first."""
    return Stop(Code.LOCKED, sentence)


def typed(text: str, parse: Callable[[str], T], what: str) -> T:
    """What somebody typed, as `parse` reads it. Unreadable, it is a mistake of theirs and proves nothing of a log."""
    try:
        return parse(text)
    except VaultError as error:
        raise Stop(Code.USAGE, f"This is not {what}: {text}. {error}") from None


class Stale(Exception):
    """The chain moved on while a statement was made: make it again behind the new head."""
