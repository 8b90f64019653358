"""What the log wants is put into the queue when there is something to do, and done beside the requests."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from crosslab import app
from crosslab.core import clock
from crosslab.core.clock import now
from crosslab.core.db import session, transaction
from crosslab.core.jobs import Job
from crosslab.ip_vault import tlog
from crosslab.ledger import log, stamping
from crosslab.ledger.releases import releases
from crosslab.ledger.tables import Cosignature, LogCheck
from crosslab.worker import Worker
from crosslab.workspace.releases import served as bundle
from tests.authority import Authority, served
from tests.ledger.test_witnesses import NORA, Someone


@pytest.fixture
def door(house):
    return replace(app.open_door(house.settings), engine=house.engine)


def waiting(house):
    with session(house.engine, read_only=True) as db:
        return {each.name for each in db.exec(select(Job).where(Job.done_at.is_(None)))}


def count(house, kind):
    with session(house.engine, read_only=True) as db:
        return len(db.exec(select(kind)).all())


def test_nobody_is_asked_where_nobody_is_listed(house, door):
    Worker(door).plan()

    assert not waiting(house) & {"ledger.push", "ledger.stamp"}


def test_witnesses_and_authorities_are_asked_once_a_while_when_the_log_has_grown(house, door, tmp_path):
    authority, someone = Authority(tmp_path), Someone(door.keeper)
    with served(someone.answer) as witness, served(lambda query: (200, "x", authority.reply(query))) as tsa:
        given = replace(
            house.settings, witnesses=f"{NORA.vkey} {witness}", tsa=f"t {tsa} {authority.root_file}"
        )
        worker = Worker(replace(door, settings=given))
        worker.plan()
        worker.drain()
        later = Worker(worker.door)
        with clock.at(now() + timedelta(hours=1)):
            later.plan()
        assert not waiting(house) & {"ledger.push", "ledger.stamp"}
    assert (count(house, Cosignature), someone.asked) == (1, 1)
    with session(house.engine, read_only=True) as db:
        assert len(stamping.stamps(db)) == 1


def test_the_bundle_that_is_served_is_put_into_the_register_once(house, door):
    for _ in range(2):
        Worker(door).plan()
    with session(house.engine, read_only=True) as db:
        (release,) = releases(db)
        (entry,) = log.stretch(db, release.idx, release.idx + 1)
    assert entry == tlog.release_entry(bundle().manifest) == f"r {release.sha256}\n".encode()


def test_a_halted_log_takes_no_release_and_the_worker_goes_on(house, door):
    (house.var / "log.mark").write_text('{"size": 10000, "root": "00"}')
    Worker(door).plan()
    Worker(door).ledger.push()
    Worker(door).ledger.stamp()
    with session(house.engine, read_only=True) as db:
        assert releases(db) == []


def test_every_night_the_register_is_read_through(house, door):
    worker = Worker(door)
    with clock.at(now().replace(hour=5)):
        worker.plan()
        with transaction(house.engine) as db:
            for job in db.exec(select(Job).where(Job.name != "ledger.check")):
                db.delete(job)
        worker.drain()

    assert count(house, LogCheck) == 1
