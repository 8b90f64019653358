"""The worker: does the jobs, in this process by default, in processes of its own in production."""

import logging
import smtplib
import threading
from contextlib import suppress
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import formatdate
from functools import partial
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel import Session

from crosslab.consortia import jobs as consortia
from crosslab.core import ical
from crosslab.core.clock import now
from crosslab.core.db import transaction
from crosslab.core.jobs import Apart, Known, Works, enqueue, run_next
from crosslab.core.mail import Letter
from crosslab.desk import jobs as desk
from crosslab.ledger.jobs import Ledger
from crosslab.pipeline import jobs as pipeline
from crosslab.sessions import jobs as sessions
from crosslab.sessions.voices import jobs as voices
from crosslab.web.door import Door
from crosslab.web.letters import write
from crosslab.workshops import jobs as workshops
from crosslab.workspace import releases

log = logging.getLogger(__name__)
PAUSE = 0.5
A_MINUTE = timedelta(minutes=1)
DAILY = {
    "ledger.check": 2,
    "desk.sweep": 3,
    "desk.sweep_unfinished": 3,
    "sessions.forget": 4,
    "sessions.erase_leads": 4,
    "desk.digest": 6,
    "sessions.sum_up": 7,
}
"""What is done once a day, and at which hour (UTC)."""
HOURLY = ("sessions.remind",)
"""What is done once an hour."""


class Worker:
    """Takes jobs one at a time until told to stop."""

    def __init__(self, door: Door) -> None:
        self.door = door
        self.planned: datetime | None = None
        self.ledger = Ledger.of(door.engine, door.keeper, door.settings)
        self.works: Works = {
            "mail.send": Known(self.send),
            "consortia.expire": consortia.expire,
            "pipeline.enter": pipeline.enter,
            "pipeline.follow": pipeline.follow,
            "workshops.ask": workshops.ask,
            "workshops.remind": workshops.remind,
            "sessions.lapse": sessions.lapse,
            "sessions.remind": sessions.remind,
            "sessions.forget": sessions.forget,
            "sessions.erase_leads": voices.erase_leads,
            "sessions.sum_up": voices.sum_up,
            "desk.tell": desk.tell,
            "desk.digest": desk.digest,
            "desk.sweep": partial(desk.sweep, door.files),
            "desk.sweep_unfinished": Apart(partial(desk.sweep_unfinished, door.files)),
            "ledger.push": Apart(self.ledger.push),
            "ledger.stamp": Apart(self.ledger.stamp),
            "ledger.check": Apart(self.ledger.check),
        }

    def run(self, stop: threading.Event) -> None:
        """Work until `stop` is set; pause when there is nothing to do."""
        while not stop.is_set():
            try:
                self.plan()
                busy = self.step()
            except OperationalError as lost:
                log.warning("the database does not answer, the worker tries again: %s", lost)
                busy = False
            if not busy:
                stop.wait(PAUSE)

    def plan(self) -> None:
        """Put today's daily jobs in the queue, and what the log wants now, once however many workers there are.

        Looks at most once a minute.
        """
        if self.planned and now() - self.planned < A_MINUTE:
            return
        self.planned = now()
        try:
            with transaction(self.door.engine) as db:
                for name, hour in DAILY.items():
                    due = now().replace(hour=hour, minute=0, second=0, microsecond=0)
                    enqueue(db, name, due_at=due, once=f"{name} {due:%Y-%m-%d}")
                for name in HOURLY:
                    enqueue(db, name, once=f"{name} {now():%Y-%m-%dT%H}")
                with suppress(FileNotFoundError):  # the pages of a checkout are just being built
                    self.ledger.remember(db, releases.served().manifest)
                for name, slot in self.ledger.wanted(db):
                    enqueue(db, name, once=f"{name} {slot}")
        except IntegrityError:
            log.info("another worker planned the day")

    def step(self) -> bool:
        """Do one job. False when none was due."""
        return run_next(self.door.engine, self.works, self.door.bell)

    def drain(self) -> None:
        """Do everything that is due: for tests, the demo world and the command line."""
        while self.step():
            pass

    def send(self, db: Session, id: UUID, to: str, language: str, letter: str, facts: dict[str, Any]) -> None:
        """Write a letter in the reader's language and hand it on.

        A worker that dies between the mail server's yes and its own commit sends the letter again: both carry the
        same Message-ID (RFC 5322 §3.6.4), made of the job's id, by which mail servers and programs keep one.
        """
        event = facts.pop("event", None)
        origin = self.door.settings.origin
        enclosed = ical.calendar([ical.unpacked(event)], origin=origin) if event else ""
        subject, text = write(self.door, language, letter, facts)
        if self.door.settings.smtp:
            self._post(id, to, subject, text, enclosed)
        else:
            db.add(Letter(to=to, subject=subject, text=text, calendar=enclosed))

    def _post(self, id: UUID, to: str, subject: str, text: str, enclosed: str = "") -> None:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self.door.settings.mail_from, to, subject
        host = urlsplit(self.door.settings.origin).hostname or "localhost"
        message["Date"], message["Message-ID"] = formatdate(), f"<{id}@{host}>"
        message.set_content(text)
        if enclosed:
            message.add_attachment(enclosed, subtype="calendar", filename="crosslab.ics")
        place = urlsplit(self.door.settings.smtp)
        with smtplib.SMTP(place.hostname or "localhost", place.port or 25, timeout=20) as smtp:
            if place.scheme == "smtps":
                smtp.starttls()
            if place.username:
                smtp.login(place.username, place.password or "")
            smtp.send_message(message)
