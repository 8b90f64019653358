"""Two people at once: one wins, the other is told in words, and nothing is mixed."""

import os
import socket
import threading

import uvicorn
from sqlmodel import select

from crosslab.consortia.tables import Consortium
from crosslab.core.db import session
from crosslab.core.events import Event
from crosslab.ip_vault import client
from crosslab.ip_vault.keys import person_keys
from crosslab.ledger.tables import Statement
from crosslab.people.tables import Person
from crosslab.rules import Verb
from tests.faults.conftest import at_once
from tests.workspace.members import Member


def test_of_two_who_end_a_consortium_at_once_one_does_and_the_other_is_told(house, visit):
    """Ane at her desk and Ane at her telephone."""
    two = [visit("ane") for _ in range(2)]
    forms = [{"csrf": each.token(), "reason": "It ends here."} for each in two]
    answers = at_once(*(send(each, form) for each, form in zip(two, forms, strict=True)))

    statuses = sorted(each.status_code for each in answers)
    assert statuses[0] == 303
    assert statuses[1] in {409, 422}
    with session(house.engine) as db:
        ended = db.exec(select(Event).where(Event.verb == Verb.CONSORTIA_DISSOLVE)).all()
        amphi = db.exec(select(Consortium).where(Consortium.slug == "amphi-nights")).one()
        assert len([each for each in ended if each.thing_id == amphi.id]) == 1


def send(visitor, form):
    return lambda: visitor.post("/w/amphi-nights/dissolve", form)


def test_a_form_that_is_sent_twice_at_once_counts_once(house, visit):
    ane = visit("ane")
    form = {"csrf": ane.token(), "once": "the same form", "name": "Amphi Nights", "pitch": "Twice."}
    answers = at_once(*[lambda: ane.post("/w/amphi-nights/describe", form)] * 2)

    assert sorted(each.status_code for each in answers) == [303, 409]
    told = next(each for each in answers if each.status_code == 409)
    assert "sent already" in told.text


def test_two_first_keys_of_one_person_at_once_leave_one(house, visit):
    stig = [Member(visit("stig"), keys=person_keys(os.urandom(32))) for _ in range(2)]
    said = [client.create_person(each.pen(), "Stig Ukjent") for each in stig]
    answers = at_once(*(lambda n=n: stig[n].send(said[n]) for n in range(2)))

    assert sorted(each.status_code for each in answers) == [200, 409]
    with session(house.engine) as db:
        known = db.exec(select(Person.vault_id).where(Person.name == "Stig Ukjent")).one()
        assert db.exec(select(Statement.id).where(Statement.id.in_([each.id for each in said]))).all() == [
            known
        ]


def test_whoever_sends_a_form_slowly_keeps_nobody_waiting(running, visit):
    """Half of a form has come and the rest does not: others go on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(running, log_level="error"))
        thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
        thread.start()
        slow = visit("ane")
        cookie = slow.client.cookies["crosslab"]
        while not server.started:
            pass
        with socket.create_connection(listener.getsockname()) as half:
            half.sendall(
                b"POST /w/amphi-nights/describe HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 500\r\n"
                b"content-type: application/x-www-form-urlencoded\r\ncookie: crosslab="
                + cookie.encode()
                + b"\r\n\r\nname=Am"
            )
            other = visit("tom")
            form = {"csrf": other.token(), "name": "Amphi Nights", "pitch": "Not his to say."}
            assert other.post("/w/amphi-nights/describe", form).status_code == 403
        server.should_exit = True
        thread.join()
