"""Evidence after one log was followed by another: the same verdicts, and the reader's word on every key."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from crosslab.ip_vault import evidence
from crosslab.ip_vault.evidence import Broken, bag
from tests.ip_vault import onward
from tests.ip_vault.onward import NAMES, VKEYS
from tests.ip_vault.test_evidence_attacks import by_hand

LOGS = pytest.mark.parametrize("logs", [2, 3])


def claims(logs: int) -> list[dict[str, bytes]]:
    """Of a version from before every border, and of one from after them."""
    return [
        evidence.claim(onward.source(each.cast), each.subject, each.cast.orgs["tinsel"])
        for each in onward.told(logs)
    ]


@LOGS
def test_a_claim_holds_whichever_log_its_version_was_entered_in(logs: int) -> None:
    before, after = (evidence.check(each, VKEYS[logs - 1], without_time=True) for each in claims(logs))
    assert before.sentence.endswith(f"entered by a key of Tinsel as line 13 of the log {NAMES[0]}.")
    assert after.sentence.endswith(f"entered by a key of Tinsel as line 3 of the log {NAMES[logs - 1]}.")
    assert before.facts["approved"] == ["Loom"]


@LOGS
def test_a_register_holds_over_all_logs(logs: int) -> None:
    story = onward.told(logs)[0]
    found = evidence.check(onward.register(story.cast), VKEYS[logs - 1], without_time=True)
    held = {each["id"]: each["rights"]["copyright"] for each in found.facts["contributions"]}
    assert held[story.subject] == {"Loom": "2/3", "Tinsel": "1/3"}
    assert len(held) == 2


@LOGS
def test_the_verdict_names_every_log_its_lines_and_its_key(logs: int) -> None:
    found = evidence.check(claims(logs)[0], VKEYS[logs - 1], without_time=True)
    assert [each.split(", key ")[1] for each in found.facts["logs"]] == VKEYS[:logs]
    assert found.facts["logs"][:2][0].startswith(f"{NAMES[0]}, lines 0 to 14 of the register")
    assert found.facts["logs"][1].startswith(f"{NAMES[1]}, lines 15 to ")
    assert any("cannot vouch for the key of the next one" in each for each in found.limits)
    unnamed = [each for each in found.limits if each.startswith("You named no key for")]
    assert len(unnamed) == logs - 1
    named = evidence.check(claims(logs)[0], VKEYS[:logs], without_time=True)
    assert not [each for each in named.limits if each.startswith("You named no key for")]


def test_the_newest_logs_key_must_be_named_and_no_other_will_do() -> None:
    files = claims(2)[0]
    for keys in (VKEYS[0], VKEYS[2]):
        with pytest.raises(Broken, match=f"newest log is {NAMES[1]}, and none of the keys you named is its"):
            evidence.check(files, keys, without_time=True)
    other = VKEYS[2].replace("log3", "log1")
    wrong = onward.note.vkey(NAMES[0], onward.KEYS[2].public)
    with pytest.raises(Broken, match="names another key for the log"):
        evidence.check(files, [VKEYS[1], wrong], without_time=True)
    with pytest.raises(Broken, match="two keys were named for one log"):
        evidence.check(files, [VKEYS[1], VKEYS[0], wrong], without_time=True)
    with pytest.raises(Broken, match="do not belong together"):
        evidence.check(files, [VKEYS[1], other], without_time=True)


def test_a_claim_without_lines_is_tied_all_the_same() -> None:
    story = onward.told(3)[0]
    org = story.cast.orgs["tinsel"]
    files = evidence.claim(onward.source(story.cast), story.subject, org, lines=False)
    assert not [each for each in files if each.endswith("log-entries")]
    found = evidence.check(files, VKEYS[2], without_time=True, without_entries=True)
    assert [what for what, _ in found.links if "begins with the end of" in what]


def test_a_stranger_checks_it_with_python_alone(tmp_path: Path) -> None:
    (tmp_path / "verify.py").write_bytes(bag.PROGRAM)
    (tmp_path / "bundle.zip").write_bytes(evidence.write_zip(claims(2)[1], "claim"))
    command = [sys.executable, "-I", "-S", "verify.py", "bundle.zip", "--without-time"]
    made = subprocess.run(
        [*command, "--log-vkey", VKEYS[1], "--log-vkey", VKEYS[0]],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stdout + made.stderr
    for vkey in VKEYS[:2]:
        assert f"key {vkey}" in made.stdout


@LOGS
@pytest.mark.parametrize("about", ["claim", "register"])
def test_the_commands_in_verify_md_run_over_all_logs(logs: int, about: str, tmp_path: Path) -> None:
    story = onward.told(logs)[0]
    files = claims(logs)[1] if about == "claim" else onward.register(story.cast)
    done = by_hand(files, tmp_path / "whole")
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("Signature Verified Successfully") >= 8


def test_a_bundle_over_one_log_says_so_as_ever() -> None:
    story = onward.told(1)[0]
    head = json.loads(onward.register(story.cast)["data/bundle.json"])
    assert (head["v"], head.keys() & {"earlier"}) == (1, set())
