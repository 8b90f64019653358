"""A process that ends in the middle, a disk that is full, a clock that jumps: what was said stays true."""

import json
import os
import signal
import socket
import subprocess
import sys
from datetime import timedelta

import httpx
import pytest
from sqlmodel import select

from crosslab.core import clock
from crosslab.core.clock import now
from crosslab.core.db import session
from crosslab.core.events import Event
from crosslab.ledger.history import History
from crosslab.ledger.keeper import Halted, keeper
from crosslab.ledger.tables import Blob, LogEntry, Statement
from tests.databases import environment_of
from tests.ledger.members import hand_over, somebody
from tests.workspace.members import Member

TAKES_ONE_IN = """
import os, sys
from crosslab.core.db import connect, session
from crosslab.core.settings import settings
from crosslab.ledger.history import History
from tests.ledger.members import hand_over, somebody
given = settings()
db = session(connect(given.database))
hand_over(db, History(given.log_origin), somebody(log=given.log_origin).note)
if sys.argv[1] == "after the commit":
    db.commit()
os._exit(9)
"""


def run(house, script, *words, **more):
    """A process of its own in this house."""
    place = environment_of(house.engine.url.render_as_string(hide_password=False), house.var)
    place |= {"CROSSLAB_LOG_ORIGIN": house.settings.log_origin, "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.run([sys.executable, "-c", script, *words], env=place, check=False, **more)


def count(house, kind):
    with session(house.engine) as db:
        return len(db.exec(select(kind)).all())


def test_a_process_that_ends_before_the_commit_has_done_nothing(house):
    before = [count(house, kind) for kind in (Statement, LogEntry, Event)]
    assert run(house, TAKES_ONE_IN, "before the commit").returncode == 9

    assert [count(house, kind) for kind in (Statement, LogEntry, Event)] == before


def test_a_process_that_ends_between_commit_and_mark_leaves_a_log_that_goes_on(house):
    made = keeper(house.settings)
    assert run(house, TAKES_ONE_IN, "after the commit").returncode == 9

    with session(house.engine) as db:
        origin = house.settings.log_origin
        hand_over(db, History(origin), somebody(log=origin).note)
        db.commit()
        assert made.receipts(db, [count(house, Statement) - 1])


def test_a_full_disk_under_the_mark_is_told_and_the_statement_kept(house, visit):
    """The receipt comes when it is asked for again."""
    stig = Member(visit("stig"))
    fresh = house.var / "log.fresh"
    fresh.symlink_to("/dev/full")
    told = stig.arrive("Stig Ukjent")
    assert (told.status_code, "Send it again in a while" in told.json()["sentence"]) == (503, True)

    again = Member(stig.visitor, keys=stig.keys)
    note = again.get(f"statements/{stig.me}").json()["note"]
    headers = {"x-csrf": again.session()["csrf"]}
    answer = again.visitor.client.post("/vault/statements", data={"note": note}, headers=headers)
    assert (answer.status_code, "receipt" in answer.json()) == (200, True)


def test_a_full_disk_under_the_store_leaves_no_part_of_a_file(house):
    """A quota stands in for the disk: no file may grow beyond a megabyte."""
    stores = """
import os, resource, signal
from crosslab.core.files import files
from crosslab.core.settings import settings
from crosslab.ledger.store import Arriving
from crosslab.ip_vault import age
from crosslab.ip_vault.age import HybridIdentity
from hashlib import sha256
sealed = age.encrypt(os.urandom(3_000_000), HybridIdentity(bytes(32)).recipient)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with Arriving(9_000_000) as arriving:
    arriving.take(sealed)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_048_576, 1_048_576))
    arriving.keep(files(settings()), sha256(sealed).hexdigest())
"""
    before = kept_files(house)
    done = run(house, stores, capture_output=True)

    assert done.returncode == 1, done.stderr
    assert kept_files(house) == before


def test_a_restored_backup_takes_nothing_in(house, visit):
    """The database is younger than the mark beside the key."""
    stig, mei = Member(visit("stig")), Member(visit("mei"))
    assert stig.arrive("Stig Ukjent").status_code == 200
    mark = house.var / "log.mark"
    mark.write_text(json.dumps({**json.loads(mark.read_text()), "size": 10_000}))
    before = count(house, Statement)
    told = mei.arrive("Mei Chen")

    assert (told.status_code, "restored backup" in told.json()["sentence"]) == (503, True)
    assert (count(house, Statement), mei.get("log/checkpoint").status_code) == (before, 503)


def test_a_session_ends_at_its_hour_and_a_clock_set_back_does_not_end_it(house, visit):
    ane = visit("ane")
    with clock.at(now() - timedelta(hours=5)):
        assert ane.get("/vault/session").status_code == 200
    with clock.at(now() + timedelta(hours=2)):
        assert ane.get("/vault/session").status_code == 401


SERVES = """
import sys, uvicorn
from crosslab import app
from crosslab.core.settings import settings
uvicorn.run(app.build(settings()), fd=int(sys.argv[1]), log_level="error")
"""


@pytest.mark.parametrize("end", [signal.SIGKILL, None], ids=["the house is killed", "the line breaks"])
def test_an_upload_that_breaks_off_leaves_nothing(house, visit, end, tmp_path):
    ane, name, before = visit("ane"), "ab" * 32, kept_files(house)
    token = Member(ane).session()["csrf"]
    (tmp_path / "passing").mkdir()
    place = environment_of(house.engine.url.render_as_string(hide_password=False), house.var)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        served = subprocess.Popen(
            [sys.executable, "-c", SERVES, str(listener.fileno())],
            env=place | {"TMPDIR": str(tmp_path / "passing"), "PYTHONPATH": os.pathsep.join(sys.path)},
            pass_fds=[listener.fileno()],
        )
        with socket.create_connection(listener.getsockname()) as half:
            head = f"PUT /vault/blobs/{name} HTTP/1.1\r\nhost: x\r\ncontent-length: 90000000\r\nx-csrf: {token}\r\n"
            half.sendall(f"{head}cookie: crosslab={ane.client.cookies['crosslab']}\r\n\r\n".encode())
            for _ in range(200):
                half.sendall(bytes(65_536))
            if end:
                served.send_signal(end)
        if not end:
            assert (
                httpx.get(f"http://127.0.0.1:{listener.getsockname()[1]}/sign-in", timeout=60).status_code
                == 200
            )
            served.terminate()
        served.wait()

    assert kept_files(house) == before
    assert list((tmp_path / "passing").iterdir()) == []
    with session(house.engine) as db:
        assert db.exec(select(Blob).where(Blob.sha256 == name)).first() is None


def kept_files(house):
    return sorted(each for each in (house.var / "files").rglob("*") if each.is_file())


@pytest.mark.parametrize("seconds", [-3_600, 3_600])
def test_the_mark_does_not_care_what_time_it_is(house, seconds):
    made = keeper(house.settings)
    with clock.at(now() + timedelta(seconds=seconds)), session(house.engine) as db:
        try:
            assert made.checkpoint(db)
        except Halted:
            pytest.fail("a clock is no reason to stop")
