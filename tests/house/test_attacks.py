"""The table of attacks names tests that are there."""

import re

import pytest

from tests.house.sources import ROOT

PAGE = (ROOT / "docs/vault-tests.md").read_text()
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)(?:\[([^\]]+)\])?`", PAGE)))


@pytest.mark.parametrize(("path", "test", "case"), NAMED, ids=lambda part: part.rpartition("/")[2])
def test_a_test_that_is_named_exists(path: str, test: str, case: str) -> None:
    text = (ROOT / path).read_text()
    assert re.search(rf"^ *def {test}\(", text, re.M)
    assert not case or f'"{case}"' in text


def test_the_page_names_many() -> None:
    assert len(NAMED) > 60
    assert set(re.findall(r"`(tests/[\w/]+\.py)`", PAGE)) <= {
        str(path.relative_to(ROOT)) for path in (ROOT / "tests").rglob("*.py")
    }
