"""Every sentence is there in German and Norwegian, with the same braces."""

import io
import re

import pytest
from babel.messages.pofile import read_po

from crosslab import strings
from crosslab.core.paths import LOCALES
from crosslab.rules import ROLE_NAMES, RULES

BRACES = re.compile(r"\{(\w+)\}")


def test_no_sentence_is_without_its_german_and_norwegian():
    assert strings.check() == []


@pytest.mark.parametrize("path", sorted(LOCALES.rglob("*.po")), ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_translations_fill_the_same_braces(path):
    for message in read_po(io.BytesIO(path.read_bytes())):
        if not message.id or not message.string:
            continue
        source = message.id if isinstance(message.id, str) else message.id[1]
        for said in [message.string] if isinstance(message.string, str) else message.string:
            assert set(BRACES.findall(said)) <= set(BRACES.findall(source)), message.id


@pytest.mark.parametrize("language", strings.LANGUAGES)
def test_a_sentence_said_in_two_rooms_is_said_the_same(language):
    known: dict[object, object] = {}
    for path in sorted((LOCALES / language).glob("*.po")):
        for message in read_po(io.BytesIO(path.read_bytes())):
            if message.id and message.string:
                key = message.id if isinstance(message.id, str) else tuple(message.id)
                assert known.setdefault(key, message.string) == message.string, (path.name, message.id)


def test_the_rule_book_speaks_in_sentences():
    for rule in RULES.values():
        assert rule.button[:1].isupper()
        assert not rule.button.endswith(".")
        assert rule.log.endswith(".")
    assert all(ROLE_NAMES.values())
