"""The browser follows another log only when its reader said so, and never one that continues nothing it has seen."""

import json
import subprocess
from shutil import which
from typing import Any

from crosslab.ip_vault import keys, note
from tests.vectors.test_following_on_js import KEYS, NAMES, ROOT, pinned

OLD, NEW = (note.vkey(name, key.public) for name, key in zip(NAMES, KEYS, strict=True))
FALSE = note.vkey(NAMES[0], keys.SigningKey(b"\3" * 32).public)
SEEN = {NAMES[0]: pinned([b"r " + b"0" * 64 + b"\n"])}


def onward(*vkeys: str, seen: dict[str, Any] = SEEN, accepted: str = "") -> dict[str, Any]:
    found = which("node")
    assert found
    told = json.dumps({"vkeys": vkeys, "pinned": seen, "accepted": accepted})
    run = subprocess.run(
        [found, "tests/js/onward.mjs"], input=told, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr[-2000:]
    answer: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return answer


def test_a_log_that_is_said_to_continue_the_one_seen_stops_the_page_until_its_reader_goes_on() -> None:
    stopped = onward(OLD, NEW)
    assert stopped["stop"] == "log-changed"
    assert json.loads(stopped["detail"]) == {"before": OLD, "now": NEW, "lang": "de"}
    assert onward(OLD, NEW, accepted=OLD)["stop"] == "log-changed"

    kept = onward(OLD, NEW, accepted=NEW)["kept"]
    assert kept[NAMES[0]]["next"] == NEW
    assert onward(OLD, NEW, seen=kept) == {"pins": kept[NAMES[0]], "kept": {}}


def test_the_log_that_was_seen_and_a_first_visit_need_no_question() -> None:
    assert onward(OLD) == {"pins": SEEN[NAMES[0]], "kept": {}}
    assert onward(OLD, NEW, seen={}) == {"pins": None, "kept": {}}


def test_another_key_under_the_same_name_and_a_log_that_continues_nothing_are_lies() -> None:
    for vkeys in ([FALSE], [FALSE, NEW], [NEW]):
        assert onward(*vkeys, accepted=NEW)["stop"] == "other-log"
