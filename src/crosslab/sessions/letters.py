"""Letters to whoever registered. Each holds a link of its own to their place; the database holds its hash alone."""

from datetime import timedelta
from typing import Any

from sqlmodel import Session

from crosslab.core.clock import now
from crosslab.core.mail import post
from crosslab.people.tokens import digest, new_token

from . import queries
from .entries import entry_of
from .tables import OpenSession, Registration, RegistrationKey

AN_HOUR, MOST_AN_HOUR = timedelta(hours=1), 6
"""Nobody's mailbox is filled by somebody who types their address again and again."""


def tell(
    db: Session,
    session: OpenSession,
    registration: Registration,
    letter: str,
    *,
    once: str | None = None,
    calendar: bool = False,
    **facts: Any,
) -> None:
    """Put a letter for a participant in the queue, in their language; with `calendar`, its file is enclosed.

    `once` names the registration, so that what waits can be called off when it is erased.
    """
    if not registration.email:
        return
    if calendar:
        facts["event"] = entry_of(session, inside=True).packed()
    key = new_key(db, registration)
    once = once or f"place {registration.id} {digest(key)[:16]}"
    mine = {"mine": f"/r/{key}", "name": registration.name}
    post(db, registration.email, registration.language, letter, once=once, **about(session), **mine, **facts)


def may_write(db: Session, registration: Registration) -> bool:
    """Whether a letter may go to an address that anybody can type: six an hour are enough."""
    return queries.keys_made_since(db, registration, now() - AN_HOUR) < MOST_AN_HOUR


def new_key(db: Session, registration: Registration) -> str:
    """A token that opens a registration; the row holds its hash."""
    token = new_token()
    keep(db, registration, token)
    return token


def keep(db: Session, registration: Registration, token: str) -> None:
    """Let this token open the registration from now on."""
    db.flush()
    db.merge(RegistrationKey(token_hash=digest(token), registration_id=registration.id))


def about(session: OpenSession) -> dict[str, Any]:
    """What every letter says of a session, as JSON. The link for afar is not among it."""
    return {
        "title": session.title,
        "starts": session.starts_at.isoformat(),
        "ends": session.ends_at.isoformat(),
        "zone": session.zone,
        "address": session.address,
        "path": session.path,
    }
