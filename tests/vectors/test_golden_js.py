"""The browser's vault in Node: the same golden files, and a story of its own that the Python side judges."""

import json
import subprocess
from base64 import b64decode
from pathlib import Path
from shutil import which
from typing import Any

import pytest

from crosslab.ip_vault import client
from crosslab.ip_vault.age.hybrid import parse_identity
from crosslab.ip_vault.replay import Logged, replay
from crosslab.ip_vault.statements import parse

ROOT = Path(__file__).parents[2]


def node(*arguments: str, given: str = "") -> str:
    """What a script of ours prints, given a text on its standard input."""
    found = which("node")
    assert found, "Node 20 or newer is needed, as for building the pages."
    run = subprocess.run(
        [found, *arguments], cwd=ROOT, capture_output=True, text=True, check=False, input=given
    )
    assert run.returncode == 0, run.stdout[-4000:] + run.stderr[-2000:]
    return run.stdout


@pytest.fixture(scope="module")
def story() -> dict[str, Any]:
    told: dict[str, Any] = json.loads(node("tests/js/story.mjs").splitlines()[-1])
    return told


def test_the_browsers_vault_agrees_with_the_golden_files() -> None:
    node("--test", *sorted(str(path) for path in (ROOT / "tests/js").glob("*.test.mjs")))


def test_what_the_browser_signs_has_its_place_in_history(story: dict[str, Any]) -> None:
    notes = [note.encode() for note in story["notes"]]
    state = replay((Logged(index, note) for index, note in enumerate(notes)), "vault.example/log1")
    assert state.versions[story["version"]].standing == "agreed"
    assert story["version"] in state.contributions[story["version"]].access[story["reader"]].acks
    assert story["refused"] == "own-org"


def test_what_the_browser_seals_opens_here(story: dict[str, Any]) -> None:
    said = {each.id: each for each, _ in (parse(note.encode()) for note in story["notes"])}
    given = next(
        each for each in said.values() if each.type == "grant" and each.body["to"] == story["reader"]
    )
    version = said[story["version"]]
    file = b64decode(story["attachments"][given.body["items"][0]["sha256"]])
    key = client.open_grant(given, version, file, parse_identity(story["identity"]))
    opened = client.open_version(
        version, key, {name: b64decode(data) for name, data in story["blobs"].items()}
    )
    assert (opened.manifest.title, opened.files["plan.txt"]) == ("Grünes Licht", b"the plan")
