"""The five questions that began it all; a facilitator may ask others."""

from collections.abc import Iterable, Mapping

from crosslab.rules import N_

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
    return [each["title"] for each in prompts] == [title for _, title, _ in FIVE]
