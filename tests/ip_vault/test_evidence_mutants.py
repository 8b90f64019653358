"""Were any one check taken out of the verifier, a test would notice."""

import json

import pytest

from tests.ip_vault.mutants import EXPLAINED, REFUSALS, Mutant, mutants, noticed, sentences

ALL = list(mutants())
SHOWN = [each for each in ALL if not each.text.startswith(tuple(EXPLAINED))]


@pytest.mark.parametrize("mutant", SHOWN, ids=lambda each: f"{each.inside}-{each.line}")
def test_a_check_that_is_missing_is_noticed(mutant: Mutant) -> None:
    assert noticed(mutant)


def test_the_explained_checks_are_there_and_few() -> None:
    assert len(ALL) - len(SHOWN) == len(EXPLAINED)


@pytest.mark.parametrize("told", ["keys", "bundle", "history"])
def test_every_broken_case_is_refused_with_its_own_sentence(told: str) -> None:
    assert sentences()[told] == json.loads(REFUSALS.read_text())[told]


def test_nothing_broken_is_taken_and_nothing_crashes() -> None:
    said = [each for kind in sentences().values() for each in kind]
    assert not [each for each in said if each.startswith(("it was taken", "it crashed"))]
