"""Mail waits as a job, is written in the reader's language, and leaves by SMTP or lands in the local mailbox."""

from datetime import datetime
from typing import Any

from sqlmodel import Field, Session

from .clock import now
from .jobs import enqueue
from .tables import Row


class Letter(Row, table=True):
    """A letter in the local mailbox, where nothing leaves the machine."""

    to: str = Field(max_length=320, index=True)
    subject: str = Field(max_length=300)
    text: str
    calendar: str = Field(default="", sa_column_kwargs={"server_default": ""}, description="a file enclosed")
    sent_at: datetime = Field(default_factory=now)


def post(db: Session, to: str, language: str, letter: str, *, once: str | None = None, **facts: Any) -> None:
    """Put a letter in the queue with the caller's transaction; `letter` is a template of `templates/mail/`.

    A fact called `event` is an `ical.Entry`, packed: its calendar file is enclosed.
    """
    enqueue(db, "mail.send", once=once, to=to, language=language, letter=letter, facts=facts)
