"""What goes wrong on the way: a kill, a full disk, a line that breaks, two at once, and a server that lies."""

import json
import os
import resource
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from crosslab.ip_vault.client.memory import Shown
from crosslab.ip_vault.client.troubles import Trouble
from crosslab.member import door as doors
from crosslab.member import opening, putting
from crosslab.member.door import Door
from tests.browser import Site
from tests.member.machine import Machine

Of = Callable[[str], Machine]
PLACE = ("--in", "amphi-nights")
LARGE = 24 << 20


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


def test_a_get_that_broke_off_goes_on_where_it_was(
    machine: Of, large: Path, tmp_path: Path, monkeypatch
) -> None:
    ane = machine("ane")
    made = ane.run("put", str(large), *PLACE)["contribution"]
    asked, real = [], Door._stream

    def breaking(self: Door, method: str, path: str, **more: dict) -> object:
        asked.append(more.get("headers", {}).get("Range", ""))
        return real(self, method, path, **more)

    monkeypatch.setattr(Door, "_stream", breaking)
    monkeypatch.setattr(opening, "open_file", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    out = tmp_path / "out"
    assert ane.try_("get", made, "--to", str(out)).code == 130
    assert list(out.iterdir()) == []
    monkeypatch.setattr(opening, "open_file", real_open)
    part = next((ane.home / "spool/coming").glob("*.part"))
    os.truncate(part, LARGE // 3)
    ane.run("get", made, "--to", str(out))
    assert asked[-1] == f"bytes={LARGE // 3}-"
    assert (out / "large.bin").read_bytes() == large.read_bytes()


real_open = opening.open_file


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
    monkeypatch.setattr(doors.time, "sleep", lambda _: None)
    (ane.home / "server.json").write_text(json.dumps({"url": "http://127.0.0.1:9"}))
    assert ane.try_("sync").code == 4
    (ane.home / "session").unlink()
    assert ane.try_("sync").code == 3
    assert ane.try_("login", "http://example.org").code == 2


LIES = {
    Trouble.CHECKPOINT: ("checkpoint", lambda data: data[:-8] + b"AAAAAAA\n"),
    Trouble.ENTRIES_CHANGED: ("entries", lambda entries: [each[:-2] + b"0\n" for each in entries]),
    Trouble.ENTRIES_WITHHELD: ("entries", lambda entries: entries[:-1]),
}


@pytest.mark.parametrize("trouble", LIES)
def test_a_server_that_lies_is_named_and_the_proof_is_kept(
    machine: Of, monkeypatch, trouble: Trouble
) -> None:
    ane = machine("ane")
    name, lie = LIES[trouble]
    honest = getattr(Door, name)
    monkeypatch.setattr(Door, name, lambda self, *args: lie(honest(self, *args)))
    told = ane.run("sync", code=5)
    assert told["trouble"] == trouble
    assert ane.run("proof")["trouble"] == trouble
    assert not (ane.home / "pins.json").exists()


@pytest.mark.parametrize("hidden", ["version", "approve", "consortium.join", "org.create"])
def test_a_server_that_passes_a_partners_text_off_as_none_of_ones_business_is_named(
    machine: Of, monkeypatch, hidden: str
) -> None:
    beth = machine("beth")
    honest = Door.chain
    kind = f'"type":"{hidden}","v":1'.encode()

    def chain(self: Door, id: str, after: int) -> Shown | None:
        shown = honest(self, id, after)
        rows = (
            [replace(each, note=None) if kind in (each.note or b"") else each for each in shown.rows]
            if shown
            else []
        )
        return shown and Shown(shown.ids, rows)

    monkeypatch.setattr(Door, "chain", chain)
    assert beth.run("sync", code=5)["trouble"] == Trouble.CHAIN_INCOMPLETE
    assert not (beth.home / "pins.json").exists()


def test_nobody_of_the_cast_accuses_the_honest_house(machine: Of, site: Site) -> None:
    """Also who left, hosts, funds or only looks on: what each is not shown is what they need not be."""
    cast = list(site.world.people)
    assert len(cast) > 8
    told = {key: machine(key).try_("sync").told.get("trouble", "") for key in cast}
    assert told == dict.fromkeys(cast, "")


def test_a_restored_server_that_went_back_convicts_itself(machine: Of, monkeypatch) -> None:
    ane = machine("ane")
    pinned: list[bytes] = []
    honest = Door.checkpoint
    monkeypatch.setattr(Door, "checkpoint", lambda self: pinned.append(honest(self)) or pinned[-1])
    ane.run("sync")
    source = ane.folder / "one.txt"
    source.write_text("one more")
    ane.run("put", str(source), *PLACE)
    monkeypatch.setattr(Door, "checkpoint", lambda self: pinned[0])
    assert ane.run("sync", code=5)["trouble"] == Trouble.SMALLER
    assert ane.run("list", *PLACE, code=5)["trouble"] == Trouble.SMALLER


def test_a_swapped_file_is_never_shown(machine: Of, tmp_path: Path, monkeypatch) -> None:
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


def test_a_key_that_the_log_never_named_is_a_full_stop(machine: Of, monkeypatch) -> None:
    ane, tom = machine("ane"), machine("tom")
    door = tom.door_of()
    file = door.unlock_file()
    door.client.close()
    monkeypatch.setattr(Door, "unlock_file", lambda self, kind="passphrase": file)
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
