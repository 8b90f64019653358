"""The stories of the vault, told on the command line alone: setting up, sharing, deciding, losing and leaving."""

import re
from collections.abc import Callable
from pathlib import Path

from sqlmodel import select

from crosslab.core.db import transaction
from crosslab.people.tables import Presence
from crosslab.people.tokens import digest
from tests.member.machine import Machine

Of = Callable[[str], Machine]
PLACE = ("--in", "amphi-nights")
RECOVERY = re.compile(r"CROSSLAB-(?:ROOT|ORG)-1[0-9A-Z]+")


def sheet_of(machine: Machine, *command: str, **secrets: str) -> tuple[dict, str]:
    """Runs a command that writes a sheet; what it told, and the key on the sheet."""
    path = machine.folder / f"{'-'.join(command[:2])}.txt"
    told = machine.run(*command, "--sheet", str(path), **secrets)
    assert path.stat().st_mode & 0o777 == 0o600
    found = RECOVERY.search(path.read_text())
    assert found
    return told, found[0]


def test_a_machine_is_let_in_by_its_owners_browser(site, browse_site, machine: Of) -> None:
    ane = machine("ane")
    (ane.home / "session").unlink()
    waiting = ane.start("login", site.url, "--wait", "60")
    link, code = waiting.wait_for(r"/account/machines/new\?(\S+)"), waiting.wait_for(r"code: (\S+)")
    asked = dict(each.split("=") for each in link.split("&"))
    assert ane.try_("status").code == 3
    browse_site(site.world.ane, "/account/machines", {**asked, "code": code})
    assert waiting.end() == 0
    assert ane.run("status")["person"] == "Ane Nilsen"
    assert (ane.home / "session").stat().st_mode & 0o777 == 0o600
    with transaction(site.engine) as db:
        token = digest((ane.home / "session").read_text())
        made = db.exec(select(Presence).where(Presence.token_hash == token)).one()
        assert made.browser.startswith("crosslab-vault ")


def test_a_colleague_is_set_up_invited_admitted_and_leaves(machine: Of, tmp_path: Path) -> None:
    tom, mei = machine("tom"), machine("mei")
    made, _ = sheet_of(mei, "setup")
    mei.passphrase = made["passphrase"]
    link = tom.run("org", "invite", "--role", "reader")["link"]
    assert mei.run("org", "ask", link_fd=link)["fingerprint"] == made["fingerprint"]
    assert mei.try_("org", "ask", link_fd=link).code == 6
    tom.run("org", "admit", "--person", made["fingerprint"])
    titles = [each["title"] for each in mei.run("list", *PLACE)["contributions"]]
    assert "Crowd sensing without cameras" in titles
    tom.run("org", "remove", "--person", "Mei Chen")
    again = [each["title"] for each in tom.run("list", *PLACE)["contributions"]]
    assert "Crowd sensing without cameras" in again
    source = tmp_path / "after.txt"
    source.write_text("said after she left")
    later = tom.run("put", str(source), *PLACE)
    assert mei.try_("get", later["contribution"], "--to", str(tmp_path / "mei")).code in (1, 6)


def test_a_lost_laptop_comes_back_with_words_then_with_paper(machine: Of, tmp_path: Path) -> None:
    mei = machine("mei")
    made, root = sheet_of(mei, "setup")
    fresh = machine("mei")
    fresh.passphrase = made["passphrase"]
    assert fresh.run("unlock")["id"] == made["id"]
    assert fresh.try_("unlock", passphrase_fd="six other words that are wrong").code == 3
    without = machine("mei")
    new = without.run("passphrase", root_fd=root.lower())
    without.passphrase = new["passphrase"]
    assert without.run("unlock")["fingerprint"] == made["fingerprint"]
    assert machine("mei").try_("unlock", passphrase_fd=made["passphrase"]).code == 3
    rotated, later = sheet_of(without, "keys", "rotate", "--reason", "lost_device")
    assert rotated["epoch"] == 2
    assert machine("mei").run("unlock", root_fd=later)["epoch"] == 2
    old = machine("mei").try_("unlock", root_fd=root)
    assert (old.code, "You changed your key elsewhere" in old.err) == (3, True)


def test_an_organisation_comes_back_from_its_sheet(machine: Of) -> None:
    """Its only admin is gone; a colleague takes over with paper."""
    eli, kai = machine("eli"), machine("eli")
    made, _ = sheet_of(eli, "setup")
    eli.passphrase = kai.passphrase = made["passphrase"]
    founded, paper = sheet_of(eli, "org", "create")
    assert eli.run("keys", "health")["could_recover"] == {founded["name"]: True}
    taken, fresh = sheet_of(kai, "org", "recover", sheet_fd=paper)
    assert (taken["organisation"], fresh != paper) == (founded["id"], True)
    assert kai.run("org", "check", sheet_fd=fresh)["counts"]
    assert kai.try_("org", "check", sheet_fd=paper).code == 3
    assert kai.try_("org", "recover", "--sheet", str(kai.folder / "x"), sheet_fd=paper).code == 3
    assert eli.run("keys", "health")["could_recover"] == {founded["name"]: True}


def test_a_transfer_is_refused_and_then_agreed(machine: Of) -> None:
    ane, tom = machine("ane"), machine("tom")
    of = ane.run("list", *PLACE)["contributions"]
    stage = next(each["id"] for each in of if each["title"] == "Audience-lit stage")
    want = "Fjordlys AS:1/2,Tinker & Tap Ltd:1/2"
    made = ane.run("transfer", stage, "--to", want)
    assert made["standing"] == "pending"
    assert tom.run("object", made["transfer"][:12])["standing"] == "disputed"
    assert "copyright: Fjordlys AS 11/20" in ane.run("show", stage)["owners"]
    tom.run("withdraw", made["transfer"][:12])
    assert tom.run("approve", made["transfer"][:12])["standing"] == "effective"
    assert "copyright: Tinker & Tap Ltd 1/2" in ane.run("show", stage)["owners"]
    assert ane.run("transfer", stage, "--to", "Fjordlys AS:2/3", code=2)["sentence"]


def test_access_is_given_and_ended_and_a_new_version_keeps_its_readers(machine: Of, tmp_path: Path) -> None:
    ane, tom, ingrid = machine("ane"), machine("tom"), machine("ingrid")
    source = tmp_path / "note.txt"
    source.write_text("first")
    made = ane.run("put", str(source), "--title", "A note", *PLACE)["contribution"]
    assert tom.try_("get", made, "--to", str(tmp_path / "no")).code == 1
    ane.run("grant", made, "--to", "Tinker & Tap Ltd")
    ane.run("grant", made, "--to", "Nordlyd AS")
    ane.run("revoke", made, "--from", "Nordlyd AS")
    source.write_text("second")
    again = ane.run("put", str(source), "--continue", "A note", *PLACE)
    assert (again["number"], again["contribution"]) == (2, made)
    tom.run("get", made, "--to", str(tmp_path / "tom"))
    assert (tmp_path / "tom/note.txt").read_text() == "second"
    assert ingrid.try_("get", made, "--to", str(tmp_path / "ingrid")).code in (1, 6)


def test_a_workspace_is_started_joined_and_left(machine: Of) -> None:
    """Calm Rooms has agreed on the platform and has no workspace yet."""
    katrin, nina = machine("katrin"), machine("nina")
    for each in (katrin, nina):
        made, _ = sheet_of(each, "setup")
        each.passphrase = made["passphrase"]
        sheet_of(each, "org", "create")
    rooms = ("--in", "calm-rooms")
    place = katrin.run("consortium", "start", *rooms)["slug"]
    link = katrin.run("consortium", "invite", *rooms)["link"]
    katrin.run("monitor", "--once")
    joined = nina.run("consortium", "join", link_fd=link)
    standing = [each["standing"] for each in nina.run("consortium", "members", *rooms)["members"]]
    assert (sorted(standing), place) == (["leads", "member"], "calm-rooms")
    assert any("members of" in each for each in katrin.run("monitor", "--once")["changes"])
    assert nina.run("consortium", "leave", *rooms)["organisation"] == joined["organisation"]


def test_a_stage_is_released_to_somebody_outside_who_opens_it_or_wants_nothing_of_it(
    machine: Of, tmp_path: Path
) -> None:
    ane, tom, eli = machine("ane"), machine("tom"), machine("eli")
    eli.passphrase = sheet_of(eli, "setup")[0]["passphrase"]
    jury = sheet_of(eli, "org", "create")[0]["id"]
    stage = next(
        each["id"]
        for each in ane.run("list", *PLACE)["contributions"]
        if each["title"] == "Audience-lit stage"
    )
    asked = ("release", stage, "--to", jury, "--purpose", "challenge_review", "--until", "2099-03-31")
    told = [ane.run(*asked), ane.run(*asked, "--terms", "For the jury alone.")]
    assert [each["until"] for each in told] == ["2099-03-31T23:59:59Z"] * 2
    first, second = (each["release"] for each in told)
    assert ane.try_("grant", stage, "--to", jury).code == 1
    for each in (first, second):
        tom.run("approve", each[:12])
    ane.run("grant", stage, "--to", jury)
    seen = {each["id"]: each for each in eli.run("released")["released"]}
    assert (seen[first[:12]]["purpose"], seen[first[:12]]["standing"]) == ("challenge_review", "in_force")
    eli.run("get", stage, "--to", str(tmp_path / "eli"))
    assert (tmp_path / "eli/wiring.txt").exists()
    assert eli.run("decline", second[:12])["release"] == second
    assert ane.try_("decline", first[:12]).code != 0


def test_an_organisation_changes_roles_and_takes_invitations_back(machine: Of) -> None:
    tom, mei = machine("tom"), machine("mei")
    made, _ = sheet_of(mei, "setup")
    mei.passphrase = made["passphrase"]
    unused = tom.run("org", "invite", "--role", "admin")
    tom.run("org", "withdraw", "--invite", unused["invite"][:12])
    assert "withdrawn" in mei.run("org", "ask", link_fd=unused["link"], code=1)["sentence"]
    mei.run("org", "ask", link_fd=tom.run("org", "invite", "--role", "reader")["link"])
    tom.run("org", "admit", "--person", made["fingerprint"])
    assert tom.run("keys", "check", made["fingerprint"])["id"] == made["id"]
    assert mei.try_("org", "invite").code != 0
    assert tom.run("org", "role", "--person", "Mei Chen", "--role", "admin")["role"] == "admin"
    assert mei.run("org", "invite")["link"]
    assert tom.run("org", "hand-over")["organisation"] == mei.run("org", "hand-over")["organisation"]
