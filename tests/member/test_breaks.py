"""What goes wrong on the way: a kill, a full disk, a line that breaks, two at once, and a server that lies."""

import json
import os
import resource
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from crosslab.ip_vault import tiles
from crosslab.ip_vault.client.troubles import Trouble
from crosslab.member import line, putting
from crosslab.member.door import Door
from tests.browser import Site
from tests.member.between import Between
from tests.member.machine import Machine

Of = Callable[[str], Machine]
PLACE = ("--in", "amphi-nights")
LARGE = 24 << 20
BLOBS, CHECKPOINT, ENTRIES = "/vault/blobs/", "/vault/log/checkpoint", "/tile/entries/"


@pytest.fixture
def large(tmp_path: Path) -> Path:
    path = tmp_path / "large.bin"
    path.write_bytes(os.urandom(LARGE))
    return path


def test_a_put_that_was_killed_goes_on_and_states_one_version(machine: Of, large: Path, monkeypatch) -> None:
    ane = machine("ane")

    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Door, "send", dies)
    assert ane.try_("put", str(large), *PLACE).code == 130
    monkeypatch.undo()
    sealed = {path.name for path in (ane.home / "spool").rglob("*.age")}
    monkeypatch.setattr(putting, "seal_file", dies)
    made = ane.run("put", str(large), *PLACE)
    assert len(sealed) == 3
    assert made["number"] == 1
    assert not list((ane.home / "spool").rglob("*.age"))


def test_a_put_killed_after_its_statement_states_nothing_again(machine: Of, large: Path, monkeypatch) -> None:
    ane = machine("ane")
    monkeypatch.setattr(putting.shutil, "rmtree", lambda _: (_ for _ in ()).throw(KeyboardInterrupt))
    assert ane.try_("put", str(large), *PLACE).code == 130
    monkeypatch.undo()
    first = ane.run("list", *PLACE)["contributions"]
    assert ane.run("put", str(large), *PLACE)["contribution"][:12] == first[-1]["id"]
    assert ane.run("list", *PLACE)["contributions"] == first


def test_a_process_killed_while_it_sends_leaves_no_version(machine: Of, large: Path) -> None:
    ane = machine("ane")
    running = ane.start("put", str(large), *PLACE)
    until = time.monotonic() + 30
    while not list((ane.home / "spool").rglob("job.age")) and time.monotonic() < until:
        time.sleep(0.01)
    running.kill()
    again = ane.start("put", str(large), *PLACE)
    assert again.end() == 0, again.heard
    titles = [each["title"] for each in ane.run("list", *PLACE)["contributions"]]
    assert titles.count("large.bin") == 1


def test_a_get_whose_line_broke_goes_on_where_it_was(
    machine: Of, between: Between, large: Path, tmp_path: Path
) -> None:
    ane, out = machine("ane").goes_by(between.url), tmp_path / "out"
    made = ane.run("put", str(large), *PLACE)["contribution"]
    between.cut[BLOBS] = LARGE // 3
    assert ane.try_("get", made, "--to", str(out)).code == 4
    assert list(out.iterdir()) == []
    there = next((ane.home / "spool/coming").glob("*.part")).stat().st_size
    assert there > LARGE // 2, "each of two tries brought a third"
    between.cut.clear()
    ane.run("get", made, "--to", str(out))
    assert [span for path, span in between.asked if BLOBS in path][-1] == f"bytes={there}-"
    assert (out / "large.bin").read_bytes() == large.read_bytes()


def test_a_part_that_was_spoilt_is_fetched_anew(machine: Of, large: Path, tmp_path: Path) -> None:
    ane = machine("ane")
    made = ane.run("put", str(large), *PLACE)["contribution"]
    blob = next(path for path in ane.site.house.var.rglob("sealed/*/*") if path.stat().st_size > LARGE)
    coming = ane.home / "spool/coming"
    coming.mkdir(exist_ok=True)
    (coming / f"{blob.name}.part").write_bytes(b"\0" * 1000)
    ane.run("get", made, "--to", str(tmp_path / "out"))
    assert (tmp_path / "out/large.bin").read_bytes() == large.read_bytes()


def test_a_full_disk_is_told_and_leaves_nothing_half(machine: Of, large: Path, tmp_path: Path) -> None:
    ane = machine("ane")
    made = ane.run("put", str(large), *PLACE)["contribution"]

    def small() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (LARGE // 2, LARGE // 2))

    command = ane.command("get", made, "--to", str(tmp_path / "out"))
    done = subprocess.run(
        command, input=ane.passphrase.encode(), capture_output=True, preexec_fn=small, check=False
    )
    assert done.returncode == 7, done.stderr
    assert list((tmp_path / "out").iterdir()) == []
    ane.run("get", made, "--to", str(tmp_path / "out"))


def test_two_at_once_state_two_versions_and_keep_one_chain(machine: Of, tmp_path: Path) -> None:
    ane = machine("ane")
    files = [tmp_path / f"{name}.txt" for name in "ab"]
    for path in files:
        path.write_text(path.name)
    running = [ane.start("put", str(path), *PLACE) for path in files]
    assert [each.end() for each in running] == [0, 0], [each.heard for each in running]
    titles = [each["title"] for each in ane.run("list", *PLACE)["contributions"]]
    assert {"a.txt", "b.txt"} <= set(titles)


def test_a_server_that_cannot_be_reached_and_one_that_is_none(machine: Of, monkeypatch) -> None:
    ane = machine("ane")
    monkeypatch.setattr(line, "time", SimpleNamespace(sleep=lambda _: None))
    (ane.home / "server.json").write_text(json.dumps({"url": "http://127.0.0.1:9"}))
    assert ane.try_("sync").code == 4
    (ane.home / "session").unlink()
    assert ane.try_("sync").code == 3
    assert ane.try_("login", "http://example.org").code == 2


def entries_as(lie: Callable[[list[bytes]], list[bytes]]) -> Callable[[bytes], bytes]:
    return lambda data: tiles.bundle(lie(tiles.unbundle(data)))


LIES = {
    Trouble.CHECKPOINT: (CHECKPOINT, lambda data: data[:-8] + b"AAAAAAA\n"),
    Trouble.ENTRIES_CHANGED: (ENTRIES, entries_as(lambda lines: [each[:-2] + b"0\n" for each in lines])),
    Trouble.ENTRIES_WITHHELD: (ENTRIES, entries_as(lambda lines: lines[:-1])),
}


@pytest.mark.parametrize("trouble", LIES)
def test_a_server_that_lies_is_named_and_the_proof_is_kept(
    machine: Of, between: Between, trouble: Trouble
) -> None:
    ane = machine("ane").goes_by(between.url)
    place, lie = LIES[trouble]
    between.lies[place] = lie
    told = ane.run("sync", code=5)
    assert told["trouble"] == trouble
    assert ane.run("proof")["trouble"] == trouble
    assert not (ane.home / "pins.json").exists()


@pytest.mark.parametrize("hidden", ["version", "approve", "consortium.join", "org.create"])
def test_a_server_that_passes_a_partners_text_off_as_none_of_ones_business_is_named(
    machine: Of, between: Between, hidden: str
) -> None:
    beth = machine("beth").goes_by(between.url)

    def without(data: bytes) -> bytes:
        told = json.loads(data)
        for row in told.get("statements", []):
            if f'"type":"{hidden}","v":1' in (row["note"] or ""):
                row["note"] = None
        return json.dumps(told).encode()

    between.lies["/vault/chains/"] = without
    assert beth.run("sync", code=5)["trouble"] == Trouble.CHAIN_INCOMPLETE
    assert not (beth.home / "pins.json").exists()


def test_nobody_of_the_cast_accuses_the_honest_house(machine: Of, site: Site) -> None:
    """Also who left, hosts, funds or only looks on: what each is not shown is what they need not be."""
    cast = list(site.world.people)
    assert len(cast) > 8
    told = {key: machine(key).try_("sync").told.get("trouble", "") for key in cast}
    assert told == dict.fromkeys(cast, "")


def test_a_restored_server_that_went_back_convicts_itself(machine: Of, between: Between) -> None:
    ane = machine("ane").goes_by(between.url)
    pinned: list[bytes] = []
    between.lies[CHECKPOINT] = lambda data: pinned.append(data) or data
    ane.run("sync")
    source = ane.folder / "one.txt"
    source.write_text("one more")
    ane.run("put", str(source), *PLACE)
    between.lies[CHECKPOINT] = lambda _: pinned[0]
    assert ane.run("sync", code=5)["trouble"] == Trouble.SMALLER
    assert ane.run("list", *PLACE, code=5)["trouble"] == Trouble.SMALLER


def test_a_swapped_file_is_never_shown(machine: Of, tmp_path: Path) -> None:
    ane, source = machine("ane"), tmp_path / "plan.txt"
    source.write_text("the plan")
    made = ane.run("put", str(source), *PLACE)["contribution"]
    whole = {path.name: path for path in ane.site.house.var.rglob("sealed/*/*")}
    sizes = sorted(whole.values(), key=lambda path: path.stat().st_mtime)[-2:]
    for path in sizes:
        data = bytearray(path.read_bytes())
        data[-1] ^= 1
        path.write_bytes(bytes(data))
    told = ane.run("get", made, "--to", str(tmp_path / "out"), code=5)
    assert told["trouble"] == Trouble.WRONG_FILE
    assert not (tmp_path / "out/plan.txt").exists()


def test_a_key_that_the_log_never_named_is_a_full_stop(machine: Of, between: Between) -> None:
    ane, tom = machine("ane").goes_by(between.url), machine("tom")
    door = tom.door_of()
    file = door.unlock_file()
    door.client.close()
    assert file
    between.lies["/vault/unlock/"] = lambda _: file
    assert ane.run("unlock", passphrase_fd=tom.passphrase, code=5)["trouble"] in (
        Trouble.KEY_REPLACED,
        Trouble.OLD_HISTORY,
    )


def test_waiting_for_the_lock_is_not_forgetting(machine: Of) -> None:
    ane = machine("ane")
    ane.run("sync")
    threads = [threading.Thread(target=ane.start("sync").end) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert ane.run("sync")["changes"] == []


def arrived(machine: Machine) -> set[str]:
    """The sealed files in the house's store."""
    return {each.name for each in machine.site.house.var.rglob("sealed/*/*") if len(each.name) == 64}


def wait_for(true: Callable[[], object]) -> None:
    until = time.monotonic() + 60
    while not true():
        assert time.monotonic() < until
        time.sleep(0.002)


def test_a_put_killed_while_it_sends_sends_only_what_has_not_arrived(machine: Of, monkeypatch) -> None:
    ane, sent, real = machine("ane"), [], Door.send
    files = [ane.folder / f"{name}.bin" for name in "abc"]
    for path in files:
        path.write_bytes(os.urandom(LARGE // 2))
    before = arrived(ane)
    running = ane.start("put", *map(str, files), *PLACE)
    wait_for(lambda: arrived(ane) - before)
    running.kill()
    there = arrived(ane) - before
    monkeypatch.setattr(Door, "send", lambda self, name, *more: (sent.append(name), real(self, name, *more)))
    assert ane.run("put", *map(str, files), *PLACE)["number"] == 1
    assert not there & set(sent)
    assert len(arrived(ane) - before) == 4


def test_a_get_that_was_killed_leaves_nothing_half_and_goes_on(machine: Of, large: Path) -> None:
    ane = machine("ane")
    made = ane.run("put", str(large), *PLACE)["contribution"]
    out, coming = ane.folder / "out", ane.home / "spool/coming"
    running = ane.start("get", made, "--to", str(out))
    wait_for(lambda: any(each.stat().st_size > 1 << 20 for each in coming.glob("*.part")))
    running.kill()
    assert not [each for each in out.iterdir() if each.name == "large.bin"]
    ane.run("get", made, "--to", str(out))
    assert (out / "large.bin").read_bytes() == large.read_bytes()
    assert not list(coming.iterdir())
