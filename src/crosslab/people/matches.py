"""Why an organisation matches what somebody looks for, in words."""

import re
from typing import Protocol

from crosslab.rules import N_

AROUND = 48
REASONS = (
    ("offers", N_("Offers: “{found}”")),
    ("needs", N_("Looks for: “{found}”")),
    ("summary", N_("Says: “{found}”")),
    ("town", N_("Is in {found}")),
)


class Profile(Protocol):
    """What of a profile can match."""

    @property
    def offers(self) -> str: ...
    @property
    def needs(self) -> str: ...
    @property
    def summary(self) -> str: ...
    @property
    def town(self) -> str: ...


def words_of(text: str) -> list[str]:
    """The words somebody typed, at most six."""
    return re.findall(r"\w[\w'’-]*", text)[:6]


def reasons(profile: Profile, words: list[str]) -> list[tuple[str, str]]:
    """Sentences and what fills them: where the words were found, besides the name."""
    return [
        (sentence, found)
        for column, sentence in REASONS
        if (found := excerpt(getattr(profile, column), words))
    ]


def excerpt(text: str, words: list[str]) -> str:
    """The part of `text` round the first of the words in it, cut between words; empty when none is there."""
    at = min((place for word in words if (place := text.casefold().find(word.casefold())) >= 0), default=-1)
    if at < 0:
        return ""
    begin, end = max(0, at - AROUND), at + AROUND
    cut = text[begin:end]
    if begin:
        cut = "… " + cut.partition(" ")[2]
    if end < len(text):
        cut = cut.rpartition(" ")[0] + " …"
    return " ".join(cut.split())
