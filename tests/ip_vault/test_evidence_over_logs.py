"""Evidence after one log was followed by another: the same verdicts, and the reader's word on every key."""

import json
import random
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from crosslab.ip_vault import evidence
from crosslab.ip_vault.evidence import Broken, bag
from tests.ip_vault import broken_over_logs, onward
from tests.ip_vault.broken_bundles import ALL_ALLOWED, repack
from tests.ip_vault.bundles import reveal
from tests.ip_vault.onward import NAMES, VKEYS
from tests.ip_vault.test_evidence_attacks import SURVIVORS, by_hand, flipped, holds
from tests.vectors.test_golden_js import node

GOLDEN = Path(__file__).parents[1] / "vectors" / "evidence"
BROKEN = list(broken_over_logs.all_of_them())
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


@pytest.mark.parametrize("name", ["register", "claim"])
def test_a_bundle_under_an_old_key_says_that_the_key_may_be_out_of_use(name: str) -> None:
    """Whoever stole the key of a log that has ended can give that log another end, and make bundles over it."""
    files = bag.read_zip((GOLDEN / f"{name}.zip").read_bytes())
    allowed = {"without_time": True, "with_gaps": True}
    beyond = [
        each
        for each in evidence.check(files, [VKEYS[1], VKEYS[0], VKEYS[2]], **allowed).limits
        if "may be out of use. Ask for a bundle made anew." in each
    ]
    assert [each.split(",")[0] for each in beyond] == [f"You named a key for {name}" for name in NAMES[1:]]
    alone = evidence.check(files, VKEYS[0], **allowed)
    assert not [each for each in alone.limits if "out of use" in each]


def test_whoever_names_the_keys_of_all_its_logs_is_told_of_no_other() -> None:
    found = evidence.check(claims(2)[0], VKEYS[:2], without_time=True)
    assert not [each for each in found.limits if "out of use" in each]
    found = evidence.check(claims(2)[0], VKEYS, without_time=True)
    assert [each for each in found.limits if each.startswith(f"You named a key for {NAMES[2]}, which is not")]


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


@pytest.mark.parametrize(
    ("files", "options"), [each[1:] for each in BROKEN], ids=[each[0] for each in BROKEN]
)
def test_a_broken_bundle_over_two_logs_is_refused(files: dict[str, bytes], options: dict[str, Any]) -> None:
    with pytest.raises(Broken):
        evidence.check(files, **options)


def on_the_page(bundles: list[dict[str, bytes]], keys: str, folder: Path) -> list[dict[str, Any]]:
    """What the page says to each."""
    for number, files in enumerate(bundles):
        (folder / f"{number}.zip").write_bytes(evidence.write_zip(files, "bundle"))
    (folder / "all.list").write_text("".join(f"{folder}/{number}.zip\n" for number in range(len(bundles))))
    return [
        json.loads(each) for each in node("tests/js/verify.mjs", str(folder / "all.list"), keys).splitlines()
    ]


def test_the_page_refuses_what_the_program_refuses_over_two_logs(tmp_path: Path) -> None:
    for keys in {" ".join(keys_of(options)) for *_, options in BROKEN}:
        bundles = {name: files for name, files, options in BROKEN if " ".join(keys_of(options)) == keys}
        answers = on_the_page(list(bundles.values()), keys, tmp_path)
        assert not [name for name, told in zip(bundles, answers, strict=True) if told["holds"]]
        assert not [each for each in answers if each["link"] == "zip"]


def keys_of(options: dict[str, Any]) -> list[str]:
    asked = options["log_vkey"]
    assert {**options, "log_vkey": asked} == {"log_vkey": asked, **ALL_ALLOWED}
    return [asked] if isinstance(asked, str) else asked


@LOGS
def test_the_page_says_the_same_of_both_claims_and_of_the_register(logs: int, tmp_path: Path) -> None:
    story = onward.told(logs)[0]
    bundles = [*claims(logs), onward.register(story.cast)]
    pages = on_the_page(bundles, " ".join(VKEYS[1:logs]), tmp_path)
    for files, page in zip(bundles, pages, strict=True):
        assert page["holds"], page
        found = evidence.check(files, VKEYS[1:logs], without_time=True)
        spelt = [f"{log['name']}, lines {log['first']} to {log['last']} of" for log in page["logs"]]
        assert [each.startswith(one) for each, one in zip(found.facts["logs"], spelt, strict=True)] == [
            True
        ] * logs
        assert [log["vkey"] for log in page["logs"]] == VKEYS[:logs]
        assert [log["named"] for log in page["logs"]] == [False] + [True] * (logs - 1)
        if page["claim"]:
            assert f"as line {page['claim']['line']} of the log {page['claim']['log']}." in found.sentence


def test_no_byte_of_a_bundle_over_two_logs_can_be_changed_by_one_who_packs_anew(tmp_path: Path) -> None:
    """Only what is listed, with the reason, may be changed together with the lists of hashes."""
    story = onward.told(2)[0]
    assert isinstance(story.cast, onward.Onward)
    known, root = onward.stamped(story.cast, tmp_path)
    claim = evidence.claim(known, story.subject, story.cast.orgs["tinsel"], reveal(story, "hinge.txt"))
    listed, draw = [re.compile(each["file"]) for each in SURVIVORS], random.Random(9)
    asked = {"log_vkey": VKEYS[1], "tsa_sha256": [root], "without_time": False}
    for files in (claim, evidence.register(known, story.cast.consortium)):
        for name, data in files.items():
            if not name.startswith("data/") or any(each.fullmatch(name) for each in listed):
                continue
            ties = name.startswith("data/earlier/") and not name.endswith("entries")
            places = range(len(data)) if ties else draw.sample(range(len(data)), min(4, len(data)))
            for place in places:
                changed = repack(files, {name: flipped(data, place, draw)})
                assert not holds(changed, **asked), (name, place)


def test_the_newest_key_in_the_head_cannot_be_changed_nor_those_before_it() -> None:
    """`bundle.json` may differ in the list of witnesses alone, which nothing is believed for."""
    files, draw = claims(2)[0], random.Random(10)
    data = files["data/bundle.json"]
    for place in range(data.index(b'"witness_vkeys"')):
        changed = repack(files, {"data/bundle.json": flipped(data, place, draw)})
        assert not holds(changed, log_vkey=VKEYS[1]), place


def test_a_stamp_of_the_old_log_covers_what_stood_in_it_and_nothing_later(tmp_path: Path) -> None:
    before, after = onward.told(2)
    assert isinstance(before.cast, onward.Onward)
    known, root = onward.stamped(before.cast, tmp_path)
    org = before.cast.orgs["tinsel"]
    early = evidence.claim(known, before.subject, org)
    assert NAMES[0].encode() in early["data/timestamps/1.checkpoint"]
    assert evidence.check(early, VKEYS[1], tsa_sha256=[root]).facts["time"]
    late = evidence.claim(known, after.subject, org)
    assert NAMES[1].encode() in late["data/timestamps/1.checkpoint"]
    stamp = {name: data for name, data in early.items() if name.startswith("data/timestamps/")}
    with pytest.raises(Broken, match="time not checked"):
        evidence.check(repack(late, stamp), VKEYS[1], tsa_sha256=[root])
    (page,) = on_the_page([repack(late, stamp)], VKEYS[1], tmp_path)
    assert (page["holds"], page["stamped"]) == (True, None)
    done = by_hand(early, tmp_path / "early")
    assert done.returncode == 0, done.stderr


def test_a_register_without_a_stamp_of_the_newest_log_is_of_now(tmp_path: Path) -> None:
    story = onward.told(2)[0]
    assert isinstance(story.cast, onward.Onward)
    known, root = onward.stamped(story.cast, tmp_path)
    first = evidence.Source(
        known.log,
        known.state,
        known.notes,
        known.entries,
        known.checkpoint,
        known.stamps[:1],
        (),
        known.earlier,
    )
    files = evidence.register(first, story.cast.consortium)
    assert not [each for each in files if "timestamps" in each]
    assert len(evidence.check(files, VKEYS[1], without_time=True).facts["contributions"]) == 2
    assert evidence.check(evidence.register(known, story.cast.consortium), VKEYS[1], tsa_sha256=[root]).facts[
        "time"
    ]


def test_by_hand_a_false_heir_is_found_as_well(tmp_path: Path) -> None:
    """The commands for an honest bundle, put beside one whose new log names another end."""
    story = onward.told(2)[0]
    honest = onward.register(story.cast)
    old, new = onward.lines_of(story.cast)
    swapped = onward.put(story.cast, [[*old, b"r " + b"0" * 64 + b"\n"], new])
    false = {name: data for name, data in swapped.items() if name.startswith("data/earlier/1.check")}
    assert by_hand(repack(honest, false), tmp_path / "false").returncode != 0
