"""What a page says, read from its HTML: sentences, titles, and what did not come from the translators."""

import json
import re
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from typing import Any

from babel import Locale
from babel.core import get_global
from sqlalchemy import inspect, text
from sqlmodel import Session

from crosslab.challenges.vocabulary import rights
from crosslab.demo.cast import PLAYERS
from crosslab.funding.catalogue import catalogue
from crosslab.funding.forms import CURRENCIES

SPOKEN = ("alt", "aria-label", "placeholder", "title")
VOID = frozenset(
    (
        "meta",
        "link",
        "input",
        "img",
        "br",
        "hr",
        "source",
        "wbr",
        "col",
        "path",
        "use",
        "circle",
        "rect",
        "line",
    )
)
SILENT = frozenset(("script", "style", "code", "kbd", "svg"))
LANGUAGES = frozenset(("English", "Deutsch", "Norsk"))
PRODUCTS = frozenset(
    ("Crosslab", "SQLite", "PostgreSQL", "Atom", "PDF", "JSON", "CSV", "ZIP", "HIP", "UTC", "ISIL", "PIC")
)
MACHINE = re.compile(r"https?://\S+|\S+@\S+|\b[\w-]+(\.[\w-]+)*\.[a-z]{2,}(/\S*)?|SHA-256|\b(?=\w*\d)\w{16,}")
NAMES = LANGUAGES | PRODUCTS | frozenset(CURRENCIES)
SEAMS = (r"[–—|]", "·", ":", r"[()]", r"[,;/…]")  # what two pieces are joined with, the loosest first
LETTER = re.compile(r"[^\W\d_]{2,}")
DATES = (
    "months",
    "days",
    "date_fields",
    "unit_patterns",
    "day_periods",
    "eras",
    "time_zones",
    "meta_zones",
    "zone_formats",
)
BOOKS = (*DATES, "territories", "languages", "currency_names", "currency_symbols", "compact_decimal_formats")


@dataclass
class Said(HTMLParser):
    """Reads a page. `loose` is text with letters that stands outside ⟦…⟧ and is in the page's own language."""

    language: str
    loose: list[str] = field(default_factory=list)
    title: str = ""
    headings: int = 0
    depth: int = 0
    _open: list[tuple[str, bool]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        own = given.get("lang") in {None, self.language} and given.get("aria-hidden") != "true"
        self.headings += tag == "h1"
        if tag not in VOID:
            self._open.append((tag, own and tag not in SILENT))
        if own and self._spoken_here():
            for name in SPOKEN:
                self._hear(given.get(name) or "")

    def handle_endtag(self, tag: str) -> None:
        while self._open and any(each[0] == tag for each in self._open):
            if self._open.pop()[0] == tag:
                return

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1][0] == "title" and "svg" not in dict(self._open):
            self.title += data
        if self._spoken_here():
            self._hear(data)

    def _spoken_here(self) -> bool:
        return all(spoken for _, spoken in self._open)

    def _hear(self, data: str) -> None:
        outside = ""
        for letter in data:
            self.depth += (letter == "⟦") - (letter == "⟧")
            outside += letter if self.depth == 0 else " "
        for line in outside.replace("⟧", "\n").splitlines():
            if LETTER.search(line):
                self.loose.append(" ".join(line.split()))


def read(html: str, language: str) -> Said:
    """The page, read from beginning to end."""
    said = Said(language)
    said.feed(html)
    return said


@cache
def calendar_words(locale: str) -> frozenset[str]:
    """Every word that a date, a country, a currency or a language is told with."""
    data = Locale.parse(locale)._data
    told = [each for book in BOOKS for each in _strings(data.get(book))]
    cities = [
        zone.rpartition("/")[2] for zone in get_global("zone_territories")
    ]  # whose clock it is, in no language
    return frozenset(word for each in (*told, *cities) for word in LETTER.findall(each))


def content_of(db: Session) -> tuple[str, frozenset[str]]:
    """Everything people wrote in this world, and names out of reference data: as one text, and line by line."""
    values = {rights.name for rights in rights().values()} | {
        words for player in PLAYERS for words in (player.what, player.look[0])
    }
    values |= {
        name for scheme in catalogue().schemes for name in (scheme.name, f"{scheme.name} ({scheme.currency})")
    }
    connection = db.connection()
    for table in inspect(connection).get_table_names():
        for row in connection.execute(text(f'SELECT * FROM "{table}"')):
            for value in row:
                values.update(_written(value))
    lines = {" ".join(line.split()) for value in values for line in value.splitlines()}
    return "\n".join(" ".join(value.split()) for value in values), frozenset(lines)


def _written(value: Any) -> set[str]:
    if isinstance(value, str) and value[:1] in {"{", "["}:
        return set(_strings(json.loads(value)))
    return {value} if isinstance(value, str) else set()


def _strings(value: Any) -> Any:
    if isinstance(value, str):
        yield value
    elif hasattr(value, "items"):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _strings(each)


def escaped(said: Said, content: tuple[str, frozenset[str]], locale: str) -> list[str]:
    """What the page says that neither a translator nor one of the cast has written."""
    return [words for words in said.loose if not _is_known(words, content, locale)]


def _is_known(
    words: str, content: tuple[str, frozenset[str]], locale: str, seams: tuple[str, ...] = SEAMS
) -> bool:
    """Whether it stands in the database as it is, or in pieces, or is told with the words of a calendar."""
    if _is_content(words, content) or not _spelled(words) - calendar_words(locale) - NAMES:
        return True
    return bool(seams) and all(
        _is_known(piece, content, locale, seams[1:]) for piece in re.split(seams[0], words)
    )


def _spelled(words: str) -> set[str]:
    """The words in it, without addresses, digests and the two letters of a country."""
    return {word for word in LETTER.findall(MACHINE.sub(" ", words)) if len(word) > 2 or not word.isupper()}


def _is_content(words: str, content: tuple[str, frozenset[str]]) -> bool:
    whole, lines = content
    bare = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", words)
    return words in lines or bare in lines or (len(bare) >= 12 and bare in whole)
