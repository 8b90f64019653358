"""The parts every page is built from: each is shown on the styleguide, explained, and small."""

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).parents[2] / "templates"
PARTS = sorted((TEMPLATES / "parts").glob("[!_]*.html"))
SHOWN = "".join(path.read_text() for path in sorted((TEMPLATES / "styleguide").glob("*.html")))
OTHERS = "".join(re.sub(r"(?s)\{#.*?#\}", "", path.read_text()) for path in PARTS)
NEEDS_A_THING = {"button"}  # a verb's button is drawn for a governed row, and the styleguide has none
SEEN_ELSEWHERE = {"hidden", "rail"}  # nothing to see, and the frame of every page at work


@pytest.mark.parametrize("part", PARTS, ids=lambda path: path.name)
def test_a_part_says_first_how_it_is_used(part: Path) -> None:
    assert part.read_text().startswith("{# ")


@pytest.mark.parametrize("part", PARTS, ids=lambda path: path.name)
def test_every_macro_is_seen_on_the_styleguide(part: Path) -> None:
    macros = set(re.findall(r"\{% macro (\w+)\(", part.read_text())) - NEEDS_A_THING - SEEN_ELSEWHERE
    unseen = {m for m in macros if not re.search(rf"\b{m}\(", SHOWN) and OTHERS.count(f"{m}(") < 2}
    assert not unseen


@pytest.mark.parametrize("part", PARTS, ids=lambda path: path.name)
def test_a_part_fits_on_a_page(part: Path) -> None:
    assert len(part.read_text().splitlines()) < 120
