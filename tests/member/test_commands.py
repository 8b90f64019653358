"""Commands that no story of the others needs: lost beyond all ways, removing a partner, witnesses, a log that ends."""

import io
import json
import signal
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from dataclasses import replace
from pathlib import Path

import pytest

from crosslab.ip_vault import evidence, note, tlog
from crosslab.ledger import witnesses
from crosslab.ledger.keeper import keeper
from crosslab.ledger.succession import next_settings, roll_over
from crosslab.member.door import Door
from crosslab.member.main import COMMANDS, main, parser
from tests.browser import Site, a_site, served_on
from tests.member.machine import Machine, signed_in
from tests.member.test_stories import sheet_of

Of = Callable[[str], Machine]
PLACE = ("--in", "amphi-nights")


def set_up(machine: Machine) -> dict:
    """Keys and a passphrase of its own."""
    made, _ = sheet_of(machine, "setup")
    machine.passphrase = made["passphrase"]
    return made


def test_who_lost_every_way_begins_anew_and_is_let_in_again(machine: Of) -> None:
    tom, mei = machine("tom"), machine("mei")
    before = set_up(mei)
    mei.run("org", "ask", link_fd=tom.run("org", "invite", "--role", "reader")["link"])
    tom.run("org", "admit", "--person", before["fingerprint"])
    fresh = machine("mei")
    assert "have keys already" in fresh.run("setup", "--sheet", str(fresh.folder / "x"), code=1)["sentence"]
    assert fresh.run("setup", "--anew", "tom@elsewhere.example", "--sheet", str(fresh.folder / "x"), code=1)[
        "sentence"
    ]
    door = fresh.door_of()
    after, _ = sheet_of(fresh, "setup", "--anew", door.session()["person"]["email"])
    door.client.close()
    fresh.passphrase = after["passphrase"]
    assert after["id"] != before["id"]
    assert fresh.run("unlock")["id"] == after["id"]
    assert fresh.try_("get", "Crowd sensing without cameras", "--to", str(fresh.folder), *PLACE).code in (
        1,
        6,
    )
    fresh.run("org", "ask", link_fd=tom.run("org", "invite", "--role", "reader")["link"])
    tom.run("org", "admit", "--person", after["fingerprint"])
    tom.run("org", "remove", "--person", before["id"][:12])
    assert "Crowd sensing without cameras" in [
        each["title"] for each in fresh.run("list", *PLACE)["contributions"]
    ]
    assert mei.try_("unlock").code in (3, 5)


def test_a_partner_is_removed_by_who_leads_and_by_nobody_else(machine: Of) -> None:
    katrin, nina = machine("katrin"), machine("nina")
    for each in (katrin, nina):
        set_up(each)
        sheet_of(each, "org", "create")
    rooms = ("--in", "calm-rooms")
    katrin.run("consortium", "start", *rooms, "--regime", "desca-2.0", "--for", own_name(katrin))
    nina.run("consortium", "join", link_fd=katrin.run("consortium", "invite", *rooms)["link"])
    told = nina.run("consortium", "members", *rooms)["members"]
    leads, other = (next(each for each in told if each["standing"] == kind) for kind in ("leads", "member"))
    assert nina.run("consortium", "remove", leads["organisation"], *rooms, code=1)["reason"] == "not-founding"
    assert katrin.run("consortium", "remove", leads["organisation"], *rooms, code=1)["reason"] == "own-org"
    gone = katrin.run("consortium", "remove", other["organisation"], *rooms)["organisation"]
    now = {each["id"]: each["standing"] for each in nina.run("consortium", "members", *rooms)["members"]}
    assert now[gone[:12]] == "left"
    source = nina.folder / "late.txt"
    source.write_text("too late")
    assert nina.try_("put", str(source), *rooms).code == 1
    assert katrin.try_("consortium", "remove", other["organisation"], *rooms).code == 1


def own_name(machine: Machine) -> str:
    """What the one organisation of this machine's owner is called."""
    (mine,) = machine.run("org", "list")["organisations"]
    return str(mine["name"])


def test_keys_are_shown_compared_and_renewed(machine: Of) -> None:
    ane = machine("ane")
    mine = ane.run("keys", "fingerprint")
    known = [each["name"] for each in ane.run("keys", "show")["people"] if each["compared"] == "no"]
    whose = ane.run("keys", "fingerprint", next(each for each in known if each != mine["name"]))
    ane.run("keys", "check", whose["fingerprint"])
    shown = {each["name"]: each for each in ane.run("keys", "show")["people"]}
    assert (shown[whose["name"]]["compared"], len(whose["fingerprint"].split())) == ("yes", 8)
    (before,) = ane.run("org", "list")["organisations"]
    assert ane.run("org", "renew")["epoch"] == before["key"] + 1
    (after,) = ane.run("org", "list")["organisations"]
    assert after["key"] == before["key"] + 1
    assert "Audience-lit stage" in [each["title"] for each in ane.run("list", *PLACE)["contributions"]]
    assert ane.run("keys", "fingerprint", "Nobody At All", code=6)["sentence"]


def test_a_key_that_changed_stops_the_next_grant_until_somebody_looked(machine: Of) -> None:
    ane, tom = machine("ane"), machine("tom")
    source = ane.folder / "note.txt"
    source.write_text("first")
    made = ane.run("put", str(source), "--title", "A note", "--description", "of ours", *PLACE)[
        "contribution"
    ]
    source.write_text("second")
    ane.run("put", str(source), "--continue", "A note", "--no-readers", *PLACE)
    to = ("--to", "Tinker & Tap Ltd")
    ane.run("grant", made, *to)
    tom.run("org", "renew")
    assert "key" in ane.run("grant", made, *to, "--all-versions", code=1)["sentence"]
    assert len(ane.run("grant", made, *to, "--all-versions", "--key-changed")["versions"]) == 2
    tom.run("get", made, "--version", "1", "--to", str(tom.folder / "one"))
    assert (tom.folder / "one/note.txt").read_text() == "first"


def test_it_is_told_who_was_shown_what_and_what_waits_for_ones_word(machine: Of) -> None:
    ane, tom = machine("ane"), machine("tom")
    of = {each["title"]: each["id"] for each in ane.run("list", *PLACE)["contributions"]}
    stage = of["Audience-lit stage"]
    told = ane.run("show", stage)
    assert {"Tinker & Tap Ltd"} <= {each["to"] for each in told["shown_to"]}
    assert told["rests_on"]
    made = ane.run("transfer", stage, "--to", "Fjordlys AS:1/2,Tinker & Tap Ltd:1/2")["transfer"][:12]
    waits = [each["id"] for each in tom.run("sync")["waiting"]]
    assert made in waits
    tom.run("approve", made)
    assert made not in [each["id"] for each in tom.run("status")["waiting"]]


def test_whoever_owns_nothing_of_it_is_not_told_that_it_was_never_handed_over(machine: Of) -> None:
    beth, tom = (machine(key).run("show", "Site plan for two evenings", *PLACE) for key in ("beth", "tom"))
    owner, reader = (
        {each["to"]: each for each in told["shown_to"] if each["to"] != "Tinker & Tap Ltd"}
        for told in (beth, tom)
    )
    assert "entry" in owner["Canal Row Library"]["opened"]
    for name in ("Canal Row Library", "Ruth Adeyemi"):
        line = reader[name]
        assert {line["given"], line["opened"], line["ended"]} == {"not for you to see"}
    assert "in_force" in {each["standing"] for each in beth["releases"]}
    assert {each["standing"] for each in tom["releases"]} == {"consented"}


def test_words_are_found_in_what_one_may_open_and_nowhere_else(machine: Of) -> None:
    ane, tom = machine("ane"), machine("tom")
    source = ane.folder / "note.txt"
    source.write_text("The Zaunkönig sings at dusk.")
    made = ane.run("put", str(source), "--title", "A quiet note", "--no-readers", *PLACE)["contribution"]
    assert ane.run("search", "QUIET", "note", *PLACE)["found"][0]["id"] == made[:12]
    assert ane.run("search", "zaunkönig", *PLACE)["found"] == []
    [found] = ane.run("search", "ZAUNKÖNIG", "quiet", "--inside", *PLACE)["found"]
    assert (found["id"], found["where"]) == (made[:12], "title, note.txt")
    assert tom.run("search", "quiet", "--inside", *PLACE)["found"] == []
    assert not list(ane.home.rglob("*.part"))


def test_a_key_that_changed_before_the_first_grant_stops_it_and_what_is_put_for_that_reader(
    machine: Of,
) -> None:
    ane, tom = machine("ane"), machine("tom")
    source = ane.folder / "note.txt"
    source.write_text("first")
    made = ane.run("put", str(source), *PLACE)["contribution"]
    ane.run("sync")
    tom.run("org", "renew")
    assert any("KEY CHANGED" in each for each in ane.run("sync")["changes"])
    to = ("--to", "Tinker & Tap Ltd")
    again = ("put", str(source), "--reader", to[1], *PLACE)
    for command in ("grant", made, *to), again:
        assert "--key-changed" in ane.run(*command, code=1)["sentence"]
    assert ane.run("grant", made, *to, "--key-changed")["versions"]
    assert ane.run(*again)["number"] == 1


def test_what_rests_on_something_names_it_and_readers_are_not_carried_on_when_told(machine: Of) -> None:
    ane, tom = machine("ane"), machine("tom")
    source = ane.folder / "base.txt"
    source.write_text("base")
    base = ane.run("put", str(source), "--reader", "Tinker & Tap Ltd", *PLACE)
    more = ane.folder / "more.txt"
    more.write_text("more")
    shared = ("--right", "copyright=Fjordlys AS:2/3,Tinker & Tap Ltd:1/3")
    rests = ("--rests-on", f"adapts:{base['version'][:12]}", "--class", "result", "--no-readers")
    claimed = ane.run("put", str(more), *rests, *shared, *PLACE)["contribution"]
    assert "copyright: Tinker & Tap Ltd 1/3" in ane.run("show", claimed)["owners"]
    assert ane.try_("put", str(more), "--right", "copyright=Fjordlys AS:2/3", *PLACE).code == 2
    assert ane.try_("put", str(more), "--rests-on", "adapts:abc", *PLACE).code == 2
    source.write_text("base, again")
    ane.run("put", str(source), "--continue", "base.txt", "--no-readers", *PLACE)
    assert tom.run("get", base["contribution"], "--to", str(tom.folder / "got"))["version"] == 2
    assert (tom.folder / "got/base.txt").read_text() == "base"
    again = ("get", base["contribution"], "--to", str(tom.folder / "got"))
    assert "--over" in tom.run(*again, code=1)["sentence"]
    tom.run(*again, "--over")
    titles = [each["title"] for each in tom.run("list", "--closed", *PLACE)["contributions"]]
    assert set(titles) == {"(sealed)"}


def test_evidence_shows_as_much_as_is_told_and_gaps_are_named(machine: Of) -> None:
    ane, bundle = machine("ane"), machine("ane").folder
    bundle.mkdir(exist_ok=True)
    vkey = ane.run("status")["log"]["vkey"]
    ways = {"title": ("--reveal-title",), "key": ("--reveal-key",), "bare": ()}
    for name, more in ways.items():
        ane.run("evidence", "Audience-lit stage", "--to", str(bundle / f"{name}.zip"), *more, *PLACE)
    gaps = ("--without-time", "--with-gaps", "--without-entries")
    for name in ways:
        asked = ("verify", str(bundle / f"{name}.zip"), "--log-key", vkey)
        assert ane.run(*asked, *gaps)["holds"]
    held = Path(ane.run("get", "Audience-lit stage", "--to", str(bundle / "out"), *PLACE)["files"][0])
    asked = ("verify", str(bundle / "key.zip"), "--log-key", vkey, *gaps, "--file", str(held))
    assert ane.run(*asked)["holds"]
    held.write_bytes(held.read_bytes() + b" ")
    assert "is NOT one of those that were sealed" in ane.run(*asked, code=6)["sentence"]
    shown = {name: {each.split("/reveal/")[-1] for each in names(bundle / f"{name}.zip")} for name in ways}
    assert {"manifest.json", "content-key.txt"} <= shown["key"]
    assert "manifest.json" in shown["title"]
    assert "content-key.txt" not in shown["title"]
    assert not {"manifest.json", "content-key.txt"} & shown["bare"]


def names(bundle: Path) -> list[str]:
    """What lies in a zip."""
    with zipfile.ZipFile(bundle) as held:
        return held.namelist()


@pytest.fixture
def watched(worker_id: str, tmp_path: Path) -> Iterator[tuple[Site, Machine]]:
    """A house that has one of its members' machines on its list of witnesses, and that machine."""
    made = main_told("witness", "key", "tom.example/w", "--home", str(tmp_path / "made"))
    with a_site("sqlite", worker_id, tmp_path, witnesses=made["vkey"]) as site:
        tom = signed_in(site, site.world.tom, tmp_path / "watcher", "tom")
        (tmp_path / "made/witness.json").rename(tom.home / "witness.json")
        yield site, tom


def main_told(*words: str) -> dict:
    """What a command tells that needs no house."""
    out = io.StringIO()
    with redirect_stdout(out):
        assert main([*words, "--json"]) == 0
    return dict(json.loads(out.getvalue()))


def test_a_witness_follows_and_whoever_asks_for_it_is_content(watched) -> None:
    site, tom = watched
    ane = signed_in(site, site.world.ane, tom.folder / "ane", "ane")
    vkey = tom.run("witness", "key")["vkey"]
    entries = tom.run("sync")["entries"]
    assert tom.run("witness", "once")["size"] == entries
    ane.run("trust", "--witness", vkey, "--quorum", "1")
    source = ane.folder / "seen.txt"
    source.write_text("seen")
    following = tom.start("witness", "follow", "--every", "0.2")
    ane.run("put", str(source), *PLACE)
    wait_until(lambda: signed_by(ane, vkey))
    assert ane.run("sync")["entries"]
    following.process.send_signal(signal.SIGINT)
    assert following.end() == 130


def signed_by(machine: Machine, vkey: str) -> bool:
    """Whether the newest checkpoint carries this witness's line."""
    door = machine.door_of()
    signed = door.agreed(1)
    newest = door.checkpoint()
    door.client.close()
    return bool(signed) and tlog.parse_checkpoint(signed) == tlog.parse_checkpoint(newest)


def wait_until(true: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not true():
        assert time.monotonic() < until
        time.sleep(0.05)


def test_a_witness_that_serves_is_asked_by_the_house(machine: Of) -> None:
    ane = machine("ane")
    ane.run("sync")
    ane.run("witness", "key", "ane.example/w")
    serving = ane.start("witness", "serve", "--port", "0", "--host", "127.0.0.1")
    assert serving.process.stdout
    told = json.loads(serving.process.stdout.readline())
    house = ane.site.house
    known = witnesses.listed(f"{told['vkey']} {told['address']}")
    assert witnesses.push(house.engine, keeper(house.settings), known) == {"ane.example/w": ""}
    serving.process.send_signal(signal.SIGINT)
    assert serving.end() == 130


def test_a_machine_goes_on_with_the_next_log_when_its_owner_says_so(machine: Of, site: Site) -> None:
    ane = machine("ane")
    source = ane.folder / "before.txt"
    source.write_text("under the first log")
    made = ane.run("put", str(source), *PLACE)["contribution"]
    after = roll_over(site.engine, site.house.settings)
    given = next_settings(site.house.settings)
    named = {"log_origin": given.log_origin, "log_key": given.log_key}
    with served_on(site.house, **named) as again:
        moved = json.loads((ane.home / "server.json").read_text()) | {"url": again.url}
        (ane.home / "server.json").write_text(json.dumps(moved))
        assert "go-on" in ane.run("sync", code=5)["sentence"]
        wrong = note.vkey(after.origin, bytes.fromhex("58" + "66" * 31))
        assert ane.try_("go-on", "--log-key", wrong).code == 5
        assert ane.run("go-on", "--log-key", after.vkey)["log"] == after.origin
        source.write_text("under the second")
        assert ane.run("put", str(source), "--continue", "before.txt", *PLACE)["number"] == 2
        bundles_hold_over_a_border(ane, made, after.vkey)
        the_house_makes_the_same(ane, again, after.vkey)
        fresh = signed_in(replace(again), again.world.tom, ane.folder / "tom", "tom")
        assert fresh.run("sync")["entries"] == ane.run("sync")["entries"]
        assert ane.run("get", made, "--to", str(ane.folder / "out"))["version"] == 2
        assert ane.run("go-on", "--log-key", after.vkey, code=6)["sentence"]


def bundles_hold_over_a_border(machine: Machine, contribution: str, newest: str) -> None:
    """Evidence for its version of before the roll-over, for that of after it, and for it all: by the newest key."""
    for name, subject, log in (
        ("1", (contribution, "--version", "1"), "/log1"),
        ("2", (contribution,), "/log2"),
        ("register", PLACE, "/log2"),
    ):
        path = str(machine.folder / f"{name}.zip")
        made = machine.run("evidence", *subject, "--to", path)
        assert made["vkey"] == newest
        gaps = ("--without-time", "--with-gaps")
        told = machine.run("verify", path, *gaps)
        assert told["sentence"].endswith(f"{log}.")
        assert [each.split(", key ")[1] for each in told["logs"]] == [*made["earlier"], newest]
        named = [flag for each in (newest, *made["earlier"]) for flag in ("--log-key", each)]
        assert machine.run("verify", path, *named, *gaps)["holds"]
        assert machine.run("verify", path, "--log-key", made["earlier"][0], *gaps, code=5)["broken"]


def the_house_makes_the_same(machine: Machine, site: Site, newest: str) -> None:
    """The bundles of the door that the browser asks are about the same, and hold by the same key."""
    door = Door(site.url, (machine.home / "session").read_text(), tries=2)
    for name in ("1", "2", "register"):
        ours = evidence.read_zip((machine.folder / f"{name}.zip").read_bytes())
        subject = json.loads(ours["data/bundle.json"])["subject"]
        theirs = evidence.read_zip(door.client.get(f"/vault/evidence/{subject}.zip").content)
        found = evidence.check(theirs, newest, without_time=True, with_gaps=True)
        assert found.sentence == evidence.check(ours, newest, without_time=True, with_gaps=True).sentence
    door.client.close()


def test_a_monitor_tells_again_and_again_and_ends_when_it_is_told(machine: Of) -> None:
    ane = machine("ane")
    watching = ane.start("monitor", "--every", "0.1")
    assert watching.process.stdout
    assert [json.loads(watching.process.stdout.readline()) for _ in range(2)] == [{"changes": []}] * 2
    watching.process.send_signal(signal.SIGTERM)
    assert watching.end() == 130


def test_signing_out_forgets_the_session_and_nothing_else(machine: Of) -> None:
    ane = machine("ane")
    ane.run("sync")
    ane.run("logout")
    assert (ane.home / "pins.json").exists()
    assert ane.run("sync", code=3)["sentence"]
    assert ane.run("logout", code=6)["sentence"]


@pytest.mark.parametrize(
    "words", ["put", "sync --nothing", "grant x", "no-such-thing", "trust --quorum many"]
)
def test_a_command_that_is_written_wrongly_is_told_to_programs_too(words: str, capsys) -> None:
    assert main([*words.split(), "--json"]) == 2
    told = json.loads(capsys.readouterr().out)
    assert (told["code"], bool(told["sentence"])) == (2, True)


SHARED = {"-h", "--help", "--home", "--json", "--quiet", "--tries", "--passphrase-fd", "--root-fd", "--sheet"}


def test_every_command_and_every_flag_is_driven_by_a_test() -> None:
    told = "".join(path.read_text() for path in Path(__file__).parent.glob("*.py"))
    grammar = {each.dest: each for each in parser()._subparsers._group_actions}["command"].choices
    for command in COMMANDS:
        first, _, second = command.name.partition(" ")
        assert ", ".join(f'"{each}"' for each in command.name.split()) in told, command.name
        one = grammar[first]
        if second:
            one = one._subparsers._group_actions[0].choices[second]
        flags = {each for action in one._actions for each in action.option_strings} - SHARED
        missing = {
            each for each in flags if f'"{each}"' not in told and f"{each[2:].replace('-', '_')}=" not in told
        }
        assert not missing, f"{command.name}: {missing}"
