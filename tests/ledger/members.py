"""A log of its own in an empty house: people who make keys, as many as a test needs."""

import os

from sqlmodel import Session

from crosslab.core.clock import now
from crosslab.ip_vault import client
from crosslab.ip_vault.client import Pen, Said
from crosslab.ip_vault.keys import person_keys
from crosslab.ip_vault.replay import State
from crosslab.ip_vault.statements.shape import TIME
from crosslab.ledger.history import History
from crosslab.ledger.intake import Taken, take_in

LOG = "tests.example/log1"


def somebody(name: str = "Somebody", log: str = LOG) -> Said:
    """The first statement of a new person."""
    keys = person_keys(os.urandom(32))
    return client.create_person(Pen(State(log), now().strftime(TIME), os.urandom, keys), name)


def arrive(db: Session, history: History, *said: Said) -> list[Taken]:
    """Take statements in, in one transaction."""
    taken = hand_over(db, history, *(each.note for each in said))
    db.commit()
    return taken


def hand_over(db: Session, history: History, *notes: bytes) -> list[Taken]:
    """Take notes in and leave the transaction open."""
    with history.trial(db) as trial:
        return take_in(db, trial, notes, {})
