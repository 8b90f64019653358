"""Every file of `tests/corpus`, and thousands that are nearly one of them, in both languages.

A parser answers, or refuses by name; it never breaks, and what one language takes the other takes alike.
`tools/fuzz.py` runs the same for longer and puts what it finds into the corpus.
"""

import json
from random import Random

import pytest

from crosslab.ip_vault import age
from crosslab.ip_vault.errors import VaultError
from tests.fuzz import parsers
from tests.fuzz.mutants import mutant
from tests.vectors.test_golden_js import node

EACH = 150
SLOW = {"age": 60, "recipient": 60, "ring": 60, "statement": 100}
Case = tuple[str, bytes]


def corpus() -> list[Case]:
    return [(name, data) for name in parsers.PARSERS for data in parsers.seeds(name).values()]


def mutants(seed: int, many: dict[str, int] | None = None) -> list[Case]:
    """The same ones for the same seed."""
    made = []
    for name in parsers.PARSERS:
        dice, known = Random(f"{seed} {name}"), list(parsers.seeds(name).values())
        wanted = (many or SLOW).get(name, EACH)
        made += [(name, mutant(dice.choice(known), known, dice)) for _ in range(wanted)]
    return made


def in_the_browser(cases: list[Case]) -> list[str | None]:
    """The other language's verdicts; None where the browser has no such parser."""
    found: list[str | None] = json.loads(node("tests/js/corpus.mjs", given=parsers.as_json(cases)))
    return found


def differing(cases: list[Case]) -> list[str]:
    """The cases that the two languages judge differently, told so that one can look."""
    return [
        f"{name}: {data!r}\n  here:  {here or 'refused'}\n  there: {there or 'refused'}"
        for (name, data), there in zip(cases, in_the_browser(cases), strict=True)
        if there is not None and (here := parsers.verdict(name, data)) != there
    ]


def test_every_parser_has_its_corpus() -> None:
    assert {path.name for path in parsers.FOLDER.iterdir() if path.is_dir()} == parsers.PARSERS.keys()
    for name in parsers.PARSERS:
        verdicts = [bool(parsers.verdict(name, data)) for data in parsers.seeds(name).values()]
        assert {True, False} == set(verdicts), name


def test_every_file_of_the_corpus_is_judged_alike_in_both_languages() -> None:
    assert differing(corpus()) == []


@pytest.mark.parametrize("name", parsers.PARSERS)
def test_what_is_nearly_right_is_read_or_refused_by_name(name: str) -> None:
    for seed in range(3):
        for each, data in mutants(seed):
            if each == name:
                parsers.verdict(name, data)


def test_what_is_nearly_right_is_judged_alike_in_both_languages() -> None:
    assert differing(mutants(0)) == []


def test_a_mutated_age_file_never_opens_to_something_else() -> None:
    """It opens to what was sealed, or not at all: never to other bytes, never to a part of them."""
    plain, dice = b"the drawing of the hinge " * 40, Random(7)
    file = age.encrypt(plain, parsers.KEY.recipient)
    for _ in range(1500):
        changed = mutant(file, [file], dice)
        try:
            assert changed == file or age.decrypt(changed, parsers.KEY) == b"never", changed
        except VaultError:
            continue
