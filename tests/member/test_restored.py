"""After a restored backup: the database is younger than what the log signed, and its members bring back the rest."""

import json
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from crosslab import cli
from crosslab.ip_vault.returns import read_return, write_return
from crosslab.ledger import checking
from crosslab.ledger.keeper import keeper
from tests.browser import served_on
from tests.databases import House, a_house, copy_of_files, environment_of
from tests.member.machine import Machine, signed_in
from tests.member.test_stories import sheet_of

PLACE = ("--in", "amphi-nights")


@dataclass
class Restorable:
    """A house that can be served, backed up, and set back; and the machines of its members."""

    house: House
    folder: Path
    monkeypatch: pytest.MonkeyPatch

    def back_up(self) -> None:
        self._copy(self._database, self.folder / "backup")

    def restore(self) -> None:
        self.house.engine.dispose()
        self._copy(self.folder / "backup", self._database)

    def operator(self, *words: str) -> str:
        """What `crosslab log …` ends with: nothing when it is done."""
        place = environment_of(str(self.house.engine.url), self.house.var)
        for name, value in place.items():
            if name.startswith("CROSSLAB_"):
                self.monkeypatch.setenv(name, value)
        self.monkeypatch.setattr(sys, "argv", ["crosslab", "log", *words])
        try:
            cli.main()
        except SystemExit as ended:
            return str(ended.code or "")
        return ""

    @property
    def _database(self) -> Path:
        return Path(str(self.house.engine.url.database))

    def _copy(self, of: Path, to: Path) -> None:
        with closing(sqlite3.connect(of)) as source, closing(sqlite3.connect(to)) as target:
            source.backup(target)


@pytest.fixture
def kept(worker_id: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Restorable]:
    with a_house("sqlite", worker_id, copy_of_files("sqlite", tmp_path)) as house:
        yield Restorable(house, tmp_path, monkeypatch)


def machines(site, folder: Path, *keys: str) -> list[Machine]:
    return [signed_in(site, getattr(site.world, key), folder / key, key) for key in keys]


def move_to(site, *known: Machine) -> None:
    """The house has another port each time it is served; nothing else of it is new."""
    for each in known:
        told = json.loads((each.home / "server.json").read_text())
        (each.home / "server.json").write_text(json.dumps({**told, "url": site.url}))
        each.site = site


def a_file(machine: Machine, name: str, text: str) -> str:
    path = machine.folder / name
    path.write_text(text)
    return str(path)


def a_day_of_work(ane: Machine, tom: Machine, mei: Machine) -> tuple[dict, dict]:
    """Versions, grants, an acknowledgement, a transfer, a new colleague: texts for all, and texts for their parties."""
    shared = ane.run("put", a_file(ane, "plan.txt", "the plan"), "--reader", "Tinker & Tap Ltd", *PLACE)
    tom.run("get", shared["contribution"], "--to", str(tom.folder / "before"))
    made, _ = sheet_of(mei, "setup")
    mei.passphrase = made["passphrase"]
    mei.run("org", "ask", link_fd=tom.run("org", "invite", "--role", "reader")["link"])
    tom.run("org", "admit", "--person", made["fingerprint"])
    own = tom.run("put", a_file(tom, "own.txt", "tom's own"), *PLACE)
    ane.run("transfer", shared["contribution"], "--to", "Fjordlys AS:1/2,Tinker & Tap Ltd:1/2")
    for each in (ane, tom, mei):
        each.run("sync")
    return shared, own


@pytest.fixture
def lost(kept: Restorable) -> Restorable:
    """A house whose day of work went with its database: `lost.ane`, `lost.shared` and the rest."""
    with served_on(kept.house) as site:
        kept.ane, kept.tom, kept.mei = machines(site, kept.folder, "ane", "tom", "mei")
        kept.ane.run("sync")
        kept.back_up()
        kept.shared, kept.own = a_day_of_work(kept.ane, kept.tom, kept.mei)
        kept.size = kept.ane.run("sync")["entries"]
    kept.restore()
    return kept


def test_two_members_bring_back_everything_and_the_log_goes_on_as_it_was(lost) -> None:
    ane, tom, mei = lost.ane, lost.tom, lost.mei
    with served_on(lost.house) as site:
        move_to(site, ane, tom, mei)
        told = ane.run("sync", code=4)
        assert (told["reason"], "give-back" in told["sentence"]) == ("halted", True)
        given = [each.run("give-back") for each in (ane, tom)]
        assert len({each["entries"] for each in given}) == 1
    assert lost.operator("take-back") == ""
    with served_on(lost.house) as site:
        move_to(site, ane, tom, mei)
        assert [each.run("sync")["changes"] for each in (ane, tom, mei)] == [[], [], []]
        assert ane.run("sync")["entries"] == lost.size
        assert tom.run("get", lost.shared["contribution"], "--to", str(tom.folder / "after"))["version"] == 1
        assert mei.run("get", lost.own["contribution"], "--to", str(mei.folder / "after"))["files"]
        fresh = signed_in(site, site.world.ane, lost.folder / "fresh", "ane")
        assert fresh.run("sync")["entries"] == lost.size
        fresh.run("get", lost.shared["contribution"], "--to", str(fresh.folder / "plan"))
        (matter,) = [
            each
            for each in tom.run("show", lost.shared["contribution"])["matters"]
            if "transfer" in each["matter"]
        ]
        assert tom.run("approve", matter["id"])["standing"] == "effective"
    assert checking.check(lost.house.engine, keeper(lost.house.settings)).troubles == []


def test_one_member_alone_cannot_bring_back_what_was_between_others(lost) -> None:
    ane, tom = lost.ane, lost.tom
    with served_on(lost.house) as site:
        move_to(site, ane, tom)
        ane.run("give-back")
    missing = lost.operator("take-back").splitlines()
    assert missing[0] == "Missing still:"
    assert any("the text of the statement" in each for each in missing[1:])
    with served_on(lost.house) as site:
        move_to(site, ane, tom)
        assert tom.run("sync", code=4)["reason"] == "halted"
        file = lost.folder / "by-hand.json"
        assert tom.run("give-back", "--to", str(file))["path"] == str(file)
        assert not [each for each in (b"plan.txt", b"own.txt", b"the plan") if each in file.read_bytes()]
    assert lost.operator("take-back", str(file)) == ""


def test_the_beginning_can_be_taken_back_when_the_rest_is_gone_for_good(lost) -> None:
    with served_on(lost.house) as site:
        move_to(site, lost.ane)
        lost.ane.run("give-back")
    assert "Missing still" in lost.operator("take-back", "--part")
    assert "Missing still" in lost.operator("take-back", "--part")
    assert lost.operator("roll-over", "--ends", "crosslab.local/log1", "--lost") == ""


def test_keys_that_nobody_kept_are_named_and_the_rest_comes_back(lost) -> None:
    """The sealed key of a grant is with who gave it and who opened it; here both have lost it."""
    with served_on(lost.house) as site:
        move_to(site, lost.ane, lost.tom)
        for each in (lost.ane, lost.tom):
            for path in (each.home / "kept").iterdir():
                path.unlink()
            each.run("give-back")
    assert "the sealed key" in lost.operator("take-back")
    assert lost.operator("take-back", "--without-files") == ""
    with served_on(lost.house) as site:
        move_to(site, lost.ane)
        assert lost.ane.run("sync")["entries"] == lost.size


def changed(data: bytes, **parts) -> bytes:
    return write_return(replace(read_return(data), **parts))


def test_nothing_is_taken_but_what_the_log_has_signed(lost) -> None:
    file = lost.folder / "given.json"
    with served_on(lost.house) as site:
        move_to(site, lost.ane)
        lost.ane.run("give-back", "--to", str(file))
        given = read_return(file.read_bytes())
        lies = {
            "not the ones": {"entries": (*given.entries[:-1], given.entries[0])},
            "do not end": {"entries": given.entries[:-1]},
            "not one of those": {"notes": (*given.notes, given.notes[0] + b"\n")},
            "another log": {"log": "other.example/log1"},
        }
        for why, lie in lies.items():
            door = lost.ane.door_of()
            door.session()
            told = door._ask(
                "PUT", "/vault/returned", content=changed(file.read_bytes(), **lie), headers=door._proof()
            )
            door.client.close()
            assert (told.status_code, why in told.json()["sentence"]) == (409, True), told.text
    assert not list(lost.house.var.glob("log.returned/*.json"))
    for lie in lies.values():
        file.write_bytes(changed(file.read_bytes(), **lie))
        assert "Missing still" in lost.operator("take-back", str(file))
        file.write_bytes(write_return(given))


def test_a_log_that_has_lost_nothing_takes_nothing_back(kept) -> None:
    with served_on(kept.house) as site:
        (ane,) = machines(site, kept.folder, "ane")
        ane.run("give-back", code=6)
        ane.run("sync")
        assert "nothing" in ane.run("give-back", code=6)["sentence"]
        door = ane.door_of()
        door.session()
        told = door._ask("PUT", "/vault/returned", content=b"{}", headers=door._proof())
        door.client.close()
        assert (told.status_code, "nothing to hand back" in told.json()["sentence"]) == (409, True)
