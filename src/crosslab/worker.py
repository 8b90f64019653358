"""The worker: does the jobs, in this process by default, in processes of its own in production."""

import logging
import smtplib
import threading
from collections.abc import Mapping
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import Any
from urllib.parse import urlsplit

from sqlmodel import Session

from crosslab.consortia import jobs as consortia
from crosslab.core.jobs import Work, run_next
from crosslab.core.mail import Letter
from crosslab.web.door import Door
from crosslab.web.letters import write

log = logging.getLogger(__name__)
PAUSE = 0.5


class Worker:
    """Takes jobs one at a time until told to stop."""

    def __init__(self, door: Door) -> None:
        self.door = door
        self.works: Mapping[str, Work] = {"mail.send": self.send, "consortia.expire": consortia.expire}

    def run(self, stop: threading.Event) -> None:
        """Work until `stop` is set; pause when there is nothing to do."""
        while not stop.is_set():
            if not self.step():
                stop.wait(PAUSE)

    def step(self) -> bool:
        """Do one job. False when none was due."""
        return run_next(self.door.engine, self.works)

    def drain(self) -> None:
        """Do everything that is due: for tests, the demo world and the command line."""
        while self.step():
            pass

    def send(self, db: Session, to: str, language: str, letter: str, facts: dict[str, Any]) -> None:
        """Write a letter in the reader's language and hand it on."""
        subject, text = write(self.door, language, letter, facts)
        if self.door.settings.smtp:
            self._post(to, subject, text)
        else:
            db.add(Letter(to=to, subject=subject, text=text))

    def _post(self, to: str, subject: str, text: str) -> None:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self.door.settings.mail_from, to, subject
        message["Date"], message["Message-ID"] = formatdate(), make_msgid()
        message.set_content(text)
        place = urlsplit(self.door.settings.smtp)
        with smtplib.SMTP(place.hostname or "localhost", place.port or 25, timeout=20) as smtp:
            if place.scheme == "smtps":
                smtp.starttls()
            if place.username:
                smtp.login(place.username, place.password or "")
            smtp.send_message(message)
