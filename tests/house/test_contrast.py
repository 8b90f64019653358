"""Every pair of colours that meet on a page can be told apart, in both themes."""

import json
from pathlib import Path

import pytest

TOKENS = json.loads((Path(__file__).parents[2] / "assets" / "tokens.json").read_text())
PAIRS = [(theme, *pair) for theme in ("light", "dark") for pair in TOKENS["pairs"]]


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("theme", "over", "ground", "floor"), PAIRS)
def test_a_pair_reaches_its_floor(theme: str, over: str, ground: str, floor: float) -> None:
    dark, light = sorted((_luminance(TOKENS[theme][over]), _luminance(TOKENS[theme][ground])))
    assert (light + 0.05) / (dark + 0.05) >= floor


def test_both_themes_name_the_same_colours() -> None:
    assert TOKENS["light"].keys() == TOKENS["dark"].keys()


def test_text_is_held_to_aa_and_ink_to_aaa() -> None:
    floors = {(over, ground): floor for over, ground, floor in TOKENS["pairs"]}
    assert all(
        floor >= 4.5 for (over, _), floor in floors.items() if over in {"muted", "act", "bad", "good", "warn"}
    )
    assert all(floor >= 7 for (over, _), floor in floors.items() if over == "ink")
