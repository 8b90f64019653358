"""Bundles of evidence: what is in them, and what a stranger reads out of them."""

import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from crosslab.ip_vault import client, evidence, tlog
from crosslab.ip_vault.evidence import Broken, bag, verify
from crosslab.ip_vault.evidence.source import Unavailable
from crosslab.ip_vault.keys import person_keys
from crosslab.ip_vault.statements import parse
from tests.ip_vault.bundles import (
    VKEY,
    WITNESS_VKEY,
    Story,
    entries,
    hinge,
    reveal,
    sign_over,
    source,
    story,
    told_by,
)
from tests.ip_vault.world import give, secret
from tests.vectors.test_golden_js import node


@pytest.fixture
def told() -> Story:
    return story()


def alone(tmp_path: Path, packed: bytes, *more: str) -> subprocess.CompletedProcess[str]:
    """The program as a stranger runs it: Python without our code, without site packages, on a zip."""
    (tmp_path / "verify.py").write_bytes(bag.PROGRAM)
    (tmp_path / "bundle.zip").write_bytes(packed)
    command = [sys.executable, "-I", "-S", "verify.py", "bundle.zip", "--log-vkey", VKEY, *more]
    return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)


def test_a_stranger_verifies_a_claim_with_python_alone(told: Story, tmp_path: Path) -> None:
    made = alone(tmp_path, evidence.write_zip(hinge(told), "claim"), "--without-time")
    assert made.returncode == 0, made.stdout + made.stderr
    assert "This file was entered by a key of Tinsel as line 13 of the log vault.example/log1." in made.stdout
    assert 'approved: ["Loom"]' in made.stdout


def test_without_a_time_stamp_it_says_so_and_fails(told: Story, tmp_path: Path) -> None:
    made = alone(tmp_path, evidence.write_zip(hinge(told), "claim"))
    assert made.returncode == 1
    assert made.stdout.startswith("NOT VERIFIED: time not checked")


def test_a_register_that_shows_everything_says_who_owns_what(told: Story) -> None:
    files = evidence.register(source(told.cast), told.cast.consortium)
    verdict = evidence.check(files, VKEY, without_time=True)
    held = {each["id"]: each["rights"]["copyright"] for each in verdict.facts["contributions"]}
    assert held[told.subject] == {"Loom": "2/3", "Tinsel": "1/3"}
    assert held[told.other.version.id] == {"Loom": "1/1"}


def test_a_register_is_whole_without_the_texts_that_are_for_others_alone(told: Story) -> None:
    files = evidence.register(source(told.cast, "tinsel"), told.cast.consortium)
    verdict = evidence.check(files, VKEY, without_time=True)
    assert len(verdict.facts["contributions"]) == 2
    assert any("1 of the statements on these chains is for their parties" in each for each in verdict.limits)
    page = on_the_page(files)
    assert (page["missing"], page["apart"]) == ([], 1)


@pytest.mark.parametrize("missing", ["object", "transfer", "org.role", "person.rotate"])
def test_a_register_that_lacks_another_text_is_only_taken_knowingly(told: Story, missing: str) -> None:
    cast = told.cast
    ines, tinsel, uma = cast.pen("ines"), cast.orgs["tinsel"], cast.people["uma"]
    cast.say(client.transfer(ines, tinsel, told.subject, "copyright", cast.shares(loom="1")))
    cast.say(client.object_to(ines, tinsel, told.other.version.id))
    cast.say(client.change_role(ines, tinsel, uma, "signer"))
    cast.say(client.rotate(cast.pen("kai"), person_keys(secret("kai again")), "routine"))
    at = max(n for n, each in enumerate(cast.notes) if parse(each)[0].type == missing)
    files = told_by(cast.notes, cast.consortium, [at])
    with pytest.raises(Broken, match=rf"1 of the statements on these chains is not shown \(lines {at} of"):
        evidence.check(files, VKEY, without_time=True)
    verdict = evidence.check(files, VKEY, without_time=True, with_gaps=True)
    assert any("a change of key could be among them" in each for each in verdict.limits)
    assert on_the_page(files)["missing"] == [at]


def on_the_page(files: dict[str, bytes]) -> dict[str, Any]:
    """The verdict of the page, which this bundle must pass."""
    with TemporaryDirectory() as folder:
        (path := Path(folder) / "x.zip").write_bytes(evidence.write_zip(files, "x"))
        told: dict[str, Any] = json.loads(node("tests/js/verify.mjs", str(path), VKEY))
    assert told["holds"], told
    return told


def test_a_line_under_the_label_of_another_kind_breaks_the_bundle(told: Story) -> None:
    """Both ways: a change of key that may be hidden, a grant that may not."""
    for kind in ("org.create", "approve", "grant"):
        at = next(n for n, each in enumerate(told.cast.notes) if parse(each)[0].type == kind)
        said, lines = parse(told.cast.notes[at])[0], entries(told.cast.notes)
        lines[at] = tlog.statement_entry(
            said.id, told.cast.notes[at], said.place.after, for_parties=not said.for_parties
        )
        ids = {chain: each.ids for chain, each in told.cast.state.chains.items()}
        files = sign_over(told.cast.notes, lines, ids, told.cast.consortium, ())
        with pytest.raises(Broken, match=rf"\({kind}\) was logged as one of another kind"):
            evidence.check(files, VKEY, without_time=True, with_gaps=True)


def test_without_the_logs_lines_nobody_knows_what_a_hidden_text_may_be(told: Story) -> None:
    cast = told.cast
    cast.say(client.change_role(cast.pen("ines"), cast.orgs["tinsel"], cast.people["uma"], "signer"))
    late = cast.seal(cast.claim())
    known = source(cast, "tinsel")
    role = next(each for each in known.notes if parse(known.notes[each])[0].type == "org.role")
    kept = {each: whole for each, whole in known.notes.items() if each != role}
    partly = replace(known, notes=kept)
    claims = [
        evidence.claim(partly, late.version.id, cast.orgs["tinsel"], lines=lines) for lines in (False, True)
    ]
    verdict = evidence.check(claims[0], VKEY, without_time=True, without_entries=True)
    assert any("a change of key or a removal among them would not be seen" in each for each in verdict.limits)
    with pytest.raises(Broken, match="is not shown"):
        evidence.check(claims[1], VKEY, without_time=True)


def test_a_claim_holds_no_other_members_text_but_approvals_and_the_keys_behind_them(told: Story) -> None:
    cast = told.cast
    cast.say(give(cast, told.sealed, cast.orgs["loom"]))
    cast.say(client.object_to(cast.pen("bo"), cast.orgs["loom"], told.subject))
    notes = [data for name, data in hinge(told).items() if name.startswith("data/statements/")]
    others = [each for each, _ in map(parse, notes) if each.org != cast.orgs["tinsel"]]
    together = [
        each for each in others if each.type not in {"person.create", "org.create", "org.invite", "org.add"}
    ]
    assert [(each.type, each.body["of"]) for each in together] == [("approve", told.subject)]


def test_a_claim_says_nothing_of_what_others_brought(told: Story) -> None:
    whole = b"".join(data for name, data in hinge(told).items() if name != "data/log-entries")
    for strange in (
        told.other.version.id,
        told.other.grant.id,
        told.cast.orgs["quill"],
        told.cast.people["kai"],
    ):
        assert strange.encode() not in whole
    assert b"Uma" not in whole
    assert b"Red Thread" not in whole


def test_nothing_secret_is_in_a_bundle_that_was_not_shown_on_purpose(told: Story) -> None:
    for files in (hinge(told), evidence.register(source(told.cast), told.cast.consortium)):
        for data in files.values():
            assert not re.search(rb"CROSSLAB-(ROOT|ORG)-1|AGE-SECRET-KEY-(PQ-)?1[0-9A-Z]{20}", data)


def test_only_an_organisation_that_is_named_can_claim(told: Story) -> None:
    with pytest.raises(Unavailable):
        evidence.claim(source(told.cast), told.subject, told.cast.orgs["quill"])
    with pytest.raises(Unavailable):
        evidence.claim(source(told.cast), "0" * 64, told.cast.orgs["tinsel"])


def test_only_what_belongs_to_the_version_can_be_shown(told: Story) -> None:
    shown = reveal(told, "hinge.txt", key=True)
    wrong = [
        evidence.Reveal(shown.manifest, {"hinge.txt": b"another"}),
        evidence.Reveal(shown.manifest, {}, None, told.other.blobs),
        evidence.Reveal(shown.manifest, {}, told.other.content_key),
    ]
    for each in wrong:
        with pytest.raises(Unavailable):
            evidence.claim(source(told.cast), told.subject, told.cast.orgs["tinsel"], each)


def test_the_file_in_hand_is_looked_for_and_breaks_nothing(told: Story, tmp_path: Path) -> None:
    """Three answers beside the verdict on the bundle: found, not among what is listed, and no list to look in."""
    register = evidence.register(source(told.cast), told.cast.consortium)
    plain = evidence.claim(source(told.cast, "tinsel"), told.subject, told.cast.orgs["tinsel"])
    for files, text, said in (
        (hinge(told), b"fold here", "found"),
        (hinge(told), b"fold there", "other"),
        (plain, b"fold here", "untold"),
        (plain, next(iter(told.sealed.blobs.values())), "found"),
        (register, b"fold here", "untold"),
    ):
        (tmp_path / "mine").write_bytes(text)
        found = evidence.check(files, VKEY, without_time=True, file=str(tmp_path / "mine"))
        assert (found.hand, bool(found.facts.get("file"))) == (said, said == "found")
        assert found.sentence.startswith("This file") == (said == "found")


@pytest.mark.parametrize(
    ("text", "code", "words"), [("fold here", 0, "is one of"), ("x", 3, "is NOT one of")]
)
def test_a_file_that_is_not_found_has_a_status_of_its_own(
    told: Story, tmp_path: Path, text: str, code: int, words: str
) -> None:
    (tmp_path / "mine").write_text(text)
    packed = evidence.write_zip(hinge(told), "claim")
    made = alone(tmp_path, packed, "--without-time", "--file", "mine")
    assert (made.returncode, words in made.stdout) == (code, True)
    assert "NOT VERIFIED" not in made.stdout
    broken = alone(tmp_path, packed[:-9], "--without-time", "--file", "mine")
    assert (broken.returncode, "NOT VERIFIED" in broken.stdout) == (1, True)


def test_witnesses_are_counted_once_each_and_asked_for(told: Story) -> None:
    org = told.cast.orgs["tinsel"]
    files = evidence.claim(source(told.cast, "tinsel", witnessed=True), told.subject, org)
    verdict = evidence.check(files, VKEY, witness=[WITNESS_VKEY], without_time=True)
    assert any("witness witness.example saw the same history" in what for what, _ in verdict.links)
    with pytest.raises(Broken, match="1 of the known witnesses"):
        evidence.check(files, VKEY, witness=[WITNESS_VKEY, WITNESS_VKEY], quorum=2, without_time=True)
    with pytest.raises(Broken, match="0 of the known witnesses"):
        evidence.check(hinge(told), VKEY, witness=[WITNESS_VKEY], without_time=True)


def test_the_same_bundle_is_the_same_bytes_and_unpacks_to_itself(told: Story) -> None:
    files = hinge(told)
    packed = evidence.write_zip(files, "claim")
    assert packed == evidence.write_zip(dict(reversed(files.items())), "claim")
    assert evidence.read_zip(packed) == files


def test_the_program_in_a_bundle_is_the_one_here(told: Story) -> None:
    assert hinge(told)["verify.py"] == Path(verify.__file__).read_bytes()
