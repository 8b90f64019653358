"""Letting the command line in: by a link that carries a hash, and a code that the terminal shows."""

from datetime import timedelta

from sqlmodel import select

from crosslab.core.clock import now
from crosslab.ip_vault.logins import is_code, machine_code
from crosslab.people.tables import Presence
from crosslab.people.tokens import digest, new_token

TOKEN = new_token()


def typed(token=TOKEN, **other):
    key = digest(token)
    return {"key": key, "at": now().isoformat(), "name": "fjordlys-7", "code": machine_code(key), **other}


def test_a_confirmed_machine_is_signed_in_and_listed(browse, world, db):
    answer = browse(world.ane).post("/account/machines", typed())

    assert (answer.status_code, answer.headers["location"]) == (303, "/account/sessions")
    made = db.exec(select(Presence).where(Presence.token_hash == digest(TOKEN))).one()
    assert (made.person_id, made.browser) == (world.ane.person_id, "crosslab-vault fjordlys-7")
    assert "crosslab vault on fjordlys-7" in browse(world.ane).get("/account/sessions").text


def test_a_wrong_code_an_old_link_and_a_cut_one_let_nobody_in(browse, world, db):
    ane, old = browse(world.ane), (now() - timedelta(minutes=11)).isoformat()
    for wrong in ({"code": "BBBB-BBBB"}, {"at": old}, {"key": "12"}, {"at": "yesterday"}, {"code": ""}):
        assert ane.post("/account/machines", typed(**wrong)).status_code == 422
    assert db.exec(select(Presence).where(Presence.token_hash == digest(TOKEN))).first() is None


def test_a_token_is_let_in_once_even_after_it_was_ended(browse, world):
    assert browse(world.ane).post("/account/machines", typed()).status_code == 303
    assert "used already" in browse(world.tom).post("/account/machines", typed()).text


def test_ten_machines_an_hour_are_enough(browse, world):
    ane = browse(world.ane)
    answers = [ane.post("/account/machines", typed(new_token())).status_code for _ in range(11)]
    assert answers == [303] * 10 + [422]


def test_the_page_names_the_machine_and_keeps_the_link(browse, world):
    page = browse(world.ane).get(f"/account/machines/new?key={digest(TOKEN)}&at=1&name=<b>lamp</b>").text

    assert "The machine calls itself &lt;b&gt;lamp" in page
    assert "just now, on your own machine" in page
    assert "Nobody from Crosslab ever asks you" in page
    assert f'value="{digest(TOKEN)}"' in page


def test_the_code_is_read_however_it_is_spaced():
    code = machine_code(digest("a token"))
    assert is_code(f" {code.lower().replace('-', ' ')}", digest("a token"))
    assert not is_code(code, digest("another"))
    assert len(code) == 9
