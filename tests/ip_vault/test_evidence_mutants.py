"""Were one check taken out of the verifier, a test would notice. Here a sample; `mutants` as a program tries all.

`unnoticed.json` lists the checks for which that is not shown by a case of their own. Most are refused by a later
line all the same. The list only gets shorter.
"""

import json
from pathlib import Path

import pytest

from tests.ip_vault.mutants import EXPLAINED, Mutant, mutants, noticed

OPEN = json.loads((Path(__file__).parents[1] / "vectors" / "evidence" / "unnoticed.json").read_text())
ALL = list(mutants())
SHOWN = [each for each in ALL if each.key not in OPEN and not each.text.startswith(tuple(EXPLAINED))]


@pytest.mark.parametrize("mutant", SHOWN[3::9], ids=lambda each: f"{each.inside}-{each.text[5:45]}")
def test_a_check_that_is_missing_is_noticed(mutant: Mutant) -> None:
    assert noticed(mutant)


def test_the_lists_name_checks_that_are_there() -> None:
    assert all(any(each.text.startswith(start) for each in ALL) for start in EXPLAINED)
    assert set(OPEN) <= {each.key for each in ALL}
