"""The five questions that began it all; a facilitator may ask others."""

from collections.abc import Iterable, Mapping

from crosslab.core.errors import Refused
from crosslab.rules import N_

from .tables import Kind

FIVE: tuple[tuple[str, str, str], ...] = (
    ("A", N_("Value of a network"), N_("What would a network of these companies be worth to you?")),
    ("B", N_("What to improve"), N_("Which of your products or services would you like to improve?")),
    ("C", N_("Further customers"), N_("Which other customers could you serve?")),
    ("D", N_("Doing together"), N_("What could you do together with others here?")),
    ("E", N_("Abroad"), N_("Where abroad do you see a chance, and what help would you need?")),
)
"""Letter, name, question."""
MOST = 8


def asks_the_five(prompts: Iterable[Mapping[str, str]]) -> bool:
    """Whether a wall asks the five, so that its notes answer the outline of a business case."""
    return [each["title"] for each in prompts if each["letter"] != HARVEST[0]] == [
        title for _, title, _ in FIVE
    ]


HARVEST = ("H", N_("From the tables"), N_("What did your table bring out?"))
"""Under this letter the cards of a café hang."""


def asked(kind: Kind, own: list[dict[str, str]]) -> list[dict[str, str]]:
    """The questions of a wall: its own or the five; with a café, one more for what the tables bring out."""
    tables, letter = _told(*HARVEST), HARVEST[0]
    wall = [each for each in own if each != tables]
    if kind is not Kind.WALL and any(each["letter"] == letter for each in wall):
        raise Refused(
            N_("Ask seven questions at most: the eighth place is for what the tables bring out."),
            field="questions",
        )
    wall = wall or ([] if kind is Kind.CAFE else [_told(*each) for each in FIVE])
    return wall if kind is Kind.WALL else [*wall, tables]


def _told(letter: str, title: str, question: str) -> dict[str, str]:
    return {"letter": letter, "title": title, "question": question}
