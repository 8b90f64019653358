"""A letter as it will be read, before it leaves."""

from dataclasses import dataclass
from typing import Any

from crosslab.web.door import Door
from crosslab.web.letters import write

from .letters import TEMPLATES
from .queries import Author
from .tables import LetterKind


@dataclass(frozen=True)
class Preview:
    """Subject and text, and the language they are in."""

    language: str
    subject: str
    text: str


def preview(door: Door, author: Author, facts: dict[str, Any]) -> Preview:
    """The letter about somebody's notes. Its link is made when it leaves; here it leads nowhere."""
    language = author.card.language
    subject, text = write(door, language, TEMPLATES[LetterKind.NOTES], {**facts, "path": "/l/…"})
    return Preview(language, subject, text)
