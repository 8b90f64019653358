"""The three languages: their codes in URLs, their locales, and the catalogues, one file a room and language."""

import io
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from babel.messages.pofile import read_po

from crosslab.core.paths import LOCALES
from crosslab.rules import ROLE_NAMES, Role


@dataclass(frozen=True, slots=True)
class Language:
    """One language: `code` in public URLs, `tag` for HTML, `locale` for numbers and dates, `short` on the switch."""

    code: str
    tag: str
    locale: str
    catalogue: str
    short: str
    name: str


LANGUAGES = (
    Language("en", "en-GB", "en_GB", "en", "EN", "English"),
    Language("de", "de", "de_DE", "de", "DE", "Deutsch"),
    Language("no", "nb", "nb_NO", "nb", "NO", "Norsk"),
)
BY_CODE = {language.code: language for language in LANGUAGES}
ENGLISH = LANGUAGES[0]
WRITTEN = frozenset({"who", "what", "name", "organisation", "question", "title", "text", "step"})
"""Facts under these names were written by people."""


@cache
def catalogue(name: str, room: str = "*") -> Mapping[str, str | tuple[str, ...]]:
    """Every sentence of a language, or one room's, from `locales/<name>/*.po`. English is its own source."""
    sentences: dict[str, str | tuple[str, ...]] = {}
    for path in sorted((LOCALES / name).glob(f"{room}.po")):
        for message in read_po(io.BytesIO(path.read_bytes()), locale=name):
            if message.id and message.string and not message.fuzzy:
                many = isinstance(message.id, tuple | list)
                sentences[message.id[0] if many else str(message.id)] = (
                    tuple(message.string) if many else str(message.string)
                )
    return sentences


class Words:
    """Sentences in one language. Facts fill the braces; facts that are words of ours are translated too.

    What people wrote is never translated, even when it reads like a sentence of ours.
    """

    def __init__(self, language: Language) -> None:
        self.language = language
        self._sentences = catalogue(language.catalogue)
        self._marked = os.environ.get("CROSSLAB_PSEUDO") == "1"

    def say(self, sentence: str, **facts: Any) -> str:
        """`sentence` in this language, its braces filled."""
        found = self._sentences.get(sentence, sentence)
        text = found if isinstance(found, str) else found[0]
        if self._marked:
            text = f"⟦{text}⟧"
        return text.format(**self._facts(facts)) if facts else text

    def say_count(self, one: str, many: str, n: int, **facts: Any) -> str:
        """The singular or the plural for `n`. All three languages have two forms."""
        found = self._sentences.get(one)
        forms = found if isinstance(found, tuple) else (one, many)
        text = forms[0] if n == 1 else forms[-1]
        if self._marked:
            text = f"⟦{text}⟧"
        return text.format(n=n, **self._facts(facts))

    def _facts(self, facts: dict[str, Any]) -> dict[str, Any]:
        return {
            name: fact if name in WRITTEN and isinstance(fact, str) else self._fact(fact)
            for name, fact in facts.items()
        }

    def _fact(self, fact: Any) -> Any:
        if isinstance(fact, Role):
            return self.say(ROLE_NAMES[fact])
        if isinstance(fact, frozenset):
            return ", ".join(sorted(str(self._fact(one)) for one in fact))
        if isinstance(fact, str):
            found = self._sentences.get(str(fact), str(fact))
            return found if isinstance(found, str) else found[0]
        return fact


@cache
def words(code: str) -> Words:
    """The sentences of the language with this URL code."""
    return Words(BY_CODE.get(code, ENGLISH))


def best(accept: str) -> Language:
    """The language a browser asks for, among ours; English when it asks for none of them."""
    for part in accept.lower().split(","):
        wanted = part.split(";")[0].strip().split("-")[0]
        for language in LANGUAGES:
            if wanted in {
                language.code,
                language.tag.lower().split("-")[0],
                "nn" if language.code == "no" else "",
            }:
                return language
    return ENGLISH
