"""Slugs: the readable part of an address. Numbers and ids identify; slugs decorate, and never say what is sealed."""

import re
import unicodedata

from sqlmodel import Session, col, select

from .tables import Governed

_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "å": "a", "ß": "ss", "ä": "ae", "ö": "oe", "ü": "ue"})


def slug(text: str, most: int = 60) -> str:
    """Lower-case letters, digits and hyphens: `How could our amphitheatre earn` → `how-could-our-amphitheatre-earn`."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS)).encode("ascii", "ignore").decode()
    made = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return made[:most].rstrip("-") or "x"


def free_slug(db: Session, kind: type[Governed], text: str) -> str:
    """A slug of `text` that no other row of the table has."""
    wanted = slug(text)
    column = col(getattr(kind, "slug"))  # noqa: B009 - a governed table with a slug column
    taken = set(db.exec(select(column).where(column.startswith(wanted))).all())
    return next(
        made for n in range(1, len(taken) + 2) if (made := wanted if n == 1 else f"{wanted}-{n}") not in taken
    )
