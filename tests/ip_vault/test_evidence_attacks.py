"""Whoever changes a bundle is found out: by the program, by the page, and by hand."""

import json
import random
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from crosslab.ip_vault import evidence
from crosslab.ip_vault.evidence import Broken
from crosslab.ip_vault.evidence import verify as program
from tests.ip_vault import broken_bundles, broken_histories, stamped
from tests.ip_vault.broken_bundles import repack
from tests.ip_vault.bundles import VKEY, Story, hinge, reveal, source, story
from tests.ip_vault.zips import ZIPS, packed
from tests.vectors.test_golden_js import node

ALLOWED = {"without_time": True, "with_gaps": True, "without_entries": True}
SURVIVORS = json.loads((Path(__file__).parents[1] / "vectors" / "evidence" / "survivors.json").read_text())
BUNDLES = list(broken_bundles.all_of_them())
HISTORIES = list(broken_histories.all_of_them())


@pytest.fixture(scope="module")
def told() -> Story:
    return story()


@pytest.fixture(scope="module")
def claimed(told: Story, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], str]:
    """A stamped claim with everything shown, and the fingerprint of the authority's root."""
    return stamped.claim(told, tmp_path_factory.mktemp("tsa"))


def holds(files: dict[str, bytes], **options: Any) -> bool:
    try:
        evidence.check(files, **{"log_vkey": VKEY, **ALLOWED, **options})
    except Broken:
        return False
    return True


def in_the_page(bundles: list[dict[str, bytes]], folder: Path) -> list[bool]:
    """Which of them hold for the verifier of the page."""
    for number, files in enumerate(bundles):
        (folder / f"{number}.zip").write_bytes(evidence.write_zip(files, "bundle"))
    (folder / "all.list").write_text("".join(f"{folder}/{number}.zip\n" for number in range(len(bundles))))
    answers = node("tests/js/verify.mjs", str(folder / "all.list"), VKEY).splitlines()
    return [json.loads(each)["holds"] for each in answers]


@pytest.mark.parametrize(
    ("files", "options"), [each[1:] for each in BUNDLES], ids=[each[0] for each in BUNDLES]
)
def test_a_broken_bundle_is_refused(files: dict[str, bytes], options: dict[str, Any]) -> None:
    assert not holds(files, **options)


@pytest.mark.parametrize("files", [each[1] for each in HISTORIES], ids=[each[0] for each in HISTORIES])
def test_a_statement_against_the_rules_is_refused(files: dict[str, bytes]) -> None:
    assert not holds(files)


def test_the_page_refuses_what_the_program_refuses(told: Story, tmp_path: Path) -> None:
    plain = {"log_vkey": VKEY, **ALLOWED}
    bundles = [files for _, files, options in BUNDLES if options == plain] + [files for _, files in HISTORIES]
    fine = [hinge(told), evidence.register(source(told.cast, "tinsel"), told.cast.consortium)]
    assert in_the_page([*fine, *bundles], tmp_path) == [True, True] + [False] * len(bundles)


def test_no_byte_can_be_changed(claimed: tuple[dict[str, bytes], str]) -> None:
    """Every byte of small files, some of larger ones; the lists of hashes are left as they were."""
    files, draw = claimed[0], random.Random(7)
    for name, data in files.items():
        places = range(len(data)) if len(data) < 200 else draw.sample(range(len(data)), 12)
        for place in places:
            assert not holds({**files, name: flipped(data, place, draw)}), (name, place)


def flipped(data: bytes, place: int, draw: random.Random) -> bytes:
    """One bit is another."""
    return data[:place] + bytes([data[place] ^ 1 << draw.randrange(8)]) + data[place + 1 :]


def test_no_byte_can_be_changed_by_one_who_packs_anew(claimed: tuple[dict[str, bytes], str]) -> None:
    """Only what is listed, with the reason, may be changed together with the lists of hashes."""
    files, root = claimed
    draw, listed = random.Random(8), [re.compile(each["file"]) for each in SURVIVORS]
    for name, data in files.items():
        if not name.startswith("data/") or any(each.fullmatch(name) for each in listed):
            continue
        for place in draw.sample(range(len(data)), min(4, len(data))):
            changed = repack(files, {name: flipped(data, place, draw)})
            assert not holds(changed, tsa_sha256=[root], without_time=False), (name, place)


def test_every_survivor_is_explained_and_is_one(claimed: tuple[dict[str, bytes], str]) -> None:
    assert all(len(each["why"]) > 40 for each in SURVIVORS)
    for each in SURVIVORS:
        assert any(re.fullmatch(each["file"], name) for name in claimed[0]), each["file"]


@pytest.mark.parametrize("data", ZIPS)
def test_a_zip_that_attacks_is_refused_by_the_program_and_the_page(data: bytes, tmp_path: Path) -> None:
    with pytest.raises(Broken):
        evidence.read_zip(data)
    (tmp_path / "x.zip").write_bytes(data)
    assert json.loads(node("tests/js/verify.mjs", str(tmp_path / "x.zip"), VKEY))["link"] == "zip"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_zip_with_two_files_of_one_name_is_refused() -> None:
    with pytest.raises(Broken, match="two files of one name"):
        evidence.read_zip(packed(("b/x", b"1"), ("b/x", b"2")))


def test_a_folder_with_a_link_is_refused(told: Story, tmp_path: Path) -> None:
    (tmp_path / "x").symlink_to("/etc/hostname")
    with pytest.raises(Broken, match="a link instead of a file"):
        evidence.check_path(tmp_path, VKEY)


def test_more_than_two_gibibytes_are_refused() -> None:
    with pytest.raises(Broken, match="larger than 2 GiB"):
        program.check_sizes({"x": 2 * 1024**3 + 1})


def test_a_time_stamp_proves_when(claimed: tuple[dict[str, bytes], str], tmp_path: Path) -> None:
    files, root = claimed
    found = evidence.check(files, VKEY, tsa_sha256=[root.upper()])
    assert re.match(
        r"This file existed on \d+ \w+ \d{4}, \d\d:\d\d UTC, and was entered by a key of Tinsel",
        found.sentence,
    )
    assert not holds(files, tsa_sha256=["0" * 64], without_time=False)
    other = repack(files, {"data/timestamps/1.checkpoint": files["data/checkpoint"][:-10] + b"AAAAAAAAA\n"})
    assert not holds(other, tsa_sha256=[root], without_time=False)


def test_an_earlier_stamp_covers_what_was_there(told: Story, tmp_path: Path) -> None:
    """The stamp is over a shorter log; the proof that ours begins with it travels along."""
    known, root = stamped.stamped(told, tmp_path)
    cast = told.cast
    before = len(cast.notes)
    cast.person("zoe")
    later = source(cast, "tinsel", known.stamps)
    files = evidence.claim(later, told.subject, cast.orgs["tinsel"])
    assert files["data/timestamps/1.proof"]
    assert evidence.check(files, VKEY, tsa_sha256=[root]).facts["time"]
    register = evidence.register(source(cast, "", known.stamps), cast.consortium)
    assert register["data/log-entries"].count(b"\n") == before
    assert not holds(repack(files, {"data/timestamps/1.proof": b""}), tsa_sha256=[root])


def test_the_page_reads_the_stamps_time(claimed: tuple[dict[str, bytes], str], tmp_path: Path) -> None:
    files, root = claimed
    (tmp_path / "x.zip").write_bytes(evidence.write_zip(files, "x"))
    told = json.loads(node("tests/js/verify.mjs", str(tmp_path / "x.zip"), VKEY, "", root))
    assert told["stamped"] == evidence.check(files, VKEY, tsa_sha256=[root]).facts["time"]


@pytest.mark.parametrize("about", ["claim", "register"])
def test_the_commands_in_verify_md_run_and_hold(about: str, told: Story, tmp_path: Path) -> None:
    """Stock tools alone, in a clean folder; `age` where the shown files were sealed for any of its versions."""
    files = commands_of(about, told, tmp_path)
    done = by_hand(files, tmp_path / "bundle")
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("Signature Verified Successfully") >= 9
    broken = {
        **files,
        (name := next(each for each in files if each.endswith(".note"))): files[name][:-4] + b"AA=\n",
    }
    assert by_hand(repack(broken, {}), tmp_path / "broken").returncode != 0


def test_by_hand_a_text_may_be_missing_where_its_line_calls_it_for_its_parties(
    told: Story, tmp_path: Path
) -> None:
    cast = told.cast
    files = evidence.register(source(cast, "tinsel"), cast.consortium)
    done = by_hand(files, tmp_path / "hidden")
    assert done.returncode == 0, done.stderr
    newest = max(cast.state.versions)
    lacking = {name: data for name, data in files.items() if name != f"data/statements/{newest}.note"}
    assert by_hand(chains_alone(files), tmp_path / "whole").returncode == 0
    assert by_hand(chains_alone(lacking), tmp_path / "lacking").returncode != 0


def chains_alone(files: dict[str, bytes]) -> dict[str, bytes]:
    """The bundle with no more instructions than it takes to follow its chains."""
    text = files["VERIFY.md"].decode()
    given = "\n".join(re.findall(r"^(?:unhex|tag|turned)\(\) .*$", text, re.MULTILINE))
    chains = text.split("## 5.")[1].split("## 6.")[0]
    return {**files, "VERIFY.md": f"```sh\n{given}\n```\n{chains}".encode()}


def commands_of(about: str, told: Story, folder: Path) -> dict[str, bytes]:
    known, _ = stamped.stamped(told, folder / "more", "" if about == "register" else "tinsel")
    if about == "register":
        return evidence.register(known, told.cast.consortium)
    shown = reveal(told, "hinge.txt", key=True, classic=True)
    return evidence.claim(known, told.subject, told.cast.orgs["tinsel"], shown)


def by_hand(files: dict[str, bytes], folder: Path) -> subprocess.CompletedProcess[str]:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    blocks = re.findall(r"```sh(?: age-1\.0)?\n(.*?)```", files["VERIFY.md"].decode(), re.DOTALL)
    command = ["env", "-i", "PATH=/usr/bin:/bin", "LC_ALL=C", "bash", "-e"]
    return subprocess.run(
        command, input="".join(blocks), cwd=folder, capture_output=True, text=True, check=False
    )
