"""Letters that leave by SMTP: sent again after a fault, one letter stays one for whoever gets it."""

import email
import socketserver
import threading
from dataclasses import replace

import pytest
from sqlmodel import select

from crosslab.core import clock
from crosslab.core.clock import now
from crosslab.core.jobs import LEASE, Job, Known, run_next
from crosslab.core.mail import post
from crosslab.worker import Worker

SAYS = {"DATA": "354 go on", "QUIT": "221 bye"}


class Postman(socketserver.StreamRequestHandler):
    """Speaks as much SMTP as a letter needs, and keeps what it took."""

    def handle(self):
        self.say("220 here")
        while line := self.rfile.readline().decode().strip():
            word = line.split()[0].upper()
            self.say(SAYS.get(word, "250 well"))
            if word == "DATA":
                self.server.taken.append(
                    email.message_from_bytes(b"".join(iter(self.rfile.readline, b".\r\n")))
                )
                self.say("250 taken")
            if word == "QUIT":
                return

    def say(self, line):
        self.wfile.write(f"{line}\r\n".encode())


@pytest.fixture
def office():
    """A mail server of this machine; `taken` is what it said yes to."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Postman) as server:
        server.taken, server.daemon_threads = [], True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def posting(worker, office):
    """A worker that sends by this server."""
    smtp = f"smtp://127.0.0.1:{office.server_address[1]}"
    settings = replace(worker.door.settings, smtp=smtp, origin="https://crosslab.example")
    return Worker(replace(worker.door, settings=settings))


def write_to(db, *people):
    for each in people:
        post(db, f"{each}@example.org", "en", "sign_in", url="https://crosslab.example/sign-in/x")
    db.commit()


def test_a_letter_that_leaves_twice_carries_one_id_by_which_it_is_shown_once(db, posting, office):
    write_to(db, "liv")

    def sends_and_dies(*about, **facts):
        posting.send(*about, **facts)
        raise ZeroDivisionError("killed after the mail server's yes")

    run_next(posting.door.engine, {"mail.send": Known(sends_and_dies)}, posting.door.bell)
    with clock.at(now() + LEASE):
        posting.drain()
    first, again = (each["Message-ID"] for each in office.taken)
    job = db.exec(select(Job).where(Job.name == "mail.send")).one()
    assert (first, again) == (f"<{job.id}@crosslab.example>",) * 2


def test_two_letters_have_two_ids_also_when_they_say_the_same(db, posting, office):
    write_to(db, "liv", "liv")
    posting.drain()
    assert len({each["Message-ID"] for each in office.taken}) == 2
