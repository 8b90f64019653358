"""After a restored backup: the database is younger than what the log signed, and its members bring back the rest."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from crosslab.ip_vault.returns import read_return, write_return
from crosslab.ledger import checking
from crosslab.ledger.keeper import keeper
from tests.member.machine import Machine, signed_in
from tests.member.restorable import Restorable, restorable
from tests.member.test_stories import sheet_of

PLACE = ("--in", "amphi-nights")


@pytest.fixture
def kept(worker_id: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Restorable]:
    with restorable(worker_id, tmp_path, monkeypatch) as made:
        yield made


def machines(site, folder: Path, *keys: str) -> list[Machine]:
    return [signed_in(site, getattr(site.world, key), folder / key, key) for key in keys]


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
    with kept.serve() as site:
        kept.ane, kept.tom, kept.mei = machines(site, kept.folder, "ane", "tom", "mei")
        kept.ane.run("sync")
        kept.back_up()
        kept.shared, kept.own = a_day_of_work(kept.ane, kept.tom, kept.mei)
        kept.size = kept.ane.run("sync")["entries"]
    kept.restore()
    return kept


def test_two_members_bring_back_everything_and_the_log_goes_on_as_it_was(lost) -> None:
    ane, tom, mei = lost.ane, lost.tom, lost.mei
    with lost.serve() as site:
        told = ane.run("sync", code=4)
        assert (told["reason"], "give-back" in told["sentence"]) == ("halted", True)
        given = [each.run("give-back") for each in (ane, tom)]
        assert len({each["entries"] for each in given}) == 1
    assert lost.operator("take-back") == ""
    with lost.serve() as site:
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
    with lost.serve():
        ane.run("give-back")
    missing = lost.operator("take-back").splitlines()
    assert missing[0] == "Missing still:"
    assert any("the text of the statement" in each for each in missing[1:])
    with lost.serve():
        assert tom.run("sync", code=4)["reason"] == "halted"
        file = lost.folder / "by-hand.json"
        assert tom.run("give-back", "--to", str(file))["path"] == str(file)
        assert not [each for each in (b"plan.txt", b"own.txt", b"the plan") if each in file.read_bytes()]
    assert lost.operator("take-back", str(file)) == ""


def test_the_beginning_can_be_taken_back_when_the_rest_is_gone_for_good(lost) -> None:
    with lost.serve():
        lost.ane.run("give-back")
    assert "Missing still" in lost.operator("take-back", "--part")
    assert "Missing still" in lost.operator("take-back", "--part")
    assert lost.operator("roll-over", "--ends", "crosslab.local/log1", "--lost") == ""


def test_keys_that_nobody_kept_are_named_and_the_rest_comes_back(lost) -> None:
    """The sealed key of a grant is with who gave it and who opened it; here both have lost it."""
    with lost.serve():
        for each in (lost.ane, lost.tom):
            for path in (each.home / "kept").iterdir():
                path.unlink()
            each.run("give-back")
    assert "the sealed key" in lost.operator("take-back")
    assert lost.operator("take-back", "--without-files") == ""
    with lost.serve():
        assert lost.ane.run("sync")["entries"] == lost.size


def changed(data: bytes, **parts) -> bytes:
    return write_return(replace(read_return(data), **parts))


def test_nothing_is_taken_but_what_the_log_has_signed(lost) -> None:
    file = lost.folder / "given.json"
    with lost.serve():
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
            told = door.ask(
                "PUT", "/vault/returned", content=changed(file.read_bytes(), **lie), headers=door.proof()
            )
            door.client.close()
            assert (told.status_code, why in told.json()["sentence"]) == (409, True), told.text
    assert not list(lost.house.var.glob("log.returned/*.json"))
    for lie in lies.values():
        file.write_bytes(changed(file.read_bytes(), **lie))
        assert "Missing still" in lost.operator("take-back", str(file))
        file.write_bytes(write_return(given))


def test_a_log_that_has_lost_nothing_takes_nothing_back(kept) -> None:
    with kept.serve() as site:
        (ane,) = machines(site, kept.folder, "ane")
        ane.run("give-back", code=6)
        ane.run("sync")
        assert "nothing" in ane.run("give-back", code=6)["sentence"]
        door = ane.door_of()
        door.session()
        told = door.ask("PUT", "/vault/returned", content=b"{}", headers=door.proof())
        door.client.close()
        assert (told.status_code, "nothing to hand back" in told.json()["sentence"]) == (409, True)
