"""The golden files are what this implementation makes; other languages read the same files."""

import json
from pathlib import Path
from typing import Any

import pytest

from crosslab.ip_vault.replay import SENTENCES
from tests.vectors.golden import hidden, history, make

FOLDER = Path(__file__).parent / "golden"
MADE = make.build()
REPLAY = json.loads((FOLDER / "replay.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.json")), ids=lambda path: path.stem)
def test_a_golden_file_is_up_to_date(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == make.write(MADE[path.stem])


def test_every_suite_has_its_file() -> None:
    assert {path.stem for path in FOLDER.glob("*.json")} == MADE.keys()


@pytest.mark.parametrize("case", REPLAY["cases"], ids=lambda case: case["name"])
def test_a_history_leads_where_it_must(case: dict[str, Any]) -> None:
    told = case["in"]
    notes = [REPLAY["notes"][number].encode() for number in told["history"]]
    assert history.retell(notes, tuple(told.get("hidden", ()))) == case["out"]


HIDDEN = json.loads((FOLDER / "hidden.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", HIDDEN["cases"], ids=lambda case: case["name"])
def test_what_is_hidden_is_judged_as_it_must_be(case: dict[str, Any]) -> None:
    notes = [each.encode() for each in HIDDEN["notes"]]
    assert hidden.judge(notes, case["in"]) == case["out"]


def test_no_kind_but_those_for_parties_may_be_without_its_text() -> None:
    named = {
        case["name"].split()[0]: case["out"] for case in HIDDEN["cases"] if "of a partner" in case["name"]
    }
    assert named == {kind: {"trouble": "chain-incomplete"} for kind in hidden.OPEN}


def test_refusals_in_the_file_are_named() -> None:
    codes = {case["out"]["refused"] for case in REPLAY["cases"] if "refused" in case["out"]}
    assert codes <= {reason.value for reason in SENTENCES}
    assert len(codes) >= 10
