"""What the pages of open sessions share: finding what an address names, and what each page needs."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from babel.dates import format_date
from sqlmodel import Session

from crosslab.core.actor import Actor
from crosslab.core.errors import Forbidden, Missing
from crosslab.core.find import find_by
from crosslab.rules import N_, Verb
from crosslab.sessions import queries
from crosslab.sessions.tables import OpenSession, Registration
from crosslab.web.forms import Form
from crosslab.web.page import Page

NOTHING = N_("There is nothing here, or it is not for you to see.")
NO_PLACE = N_("This browser holds no place in this session. Open the link in your letter, or register.")


def number_in(name: str) -> str:
    """The number at the head of `2026-014-how-to-hang`."""
    return "-".join(name.split("-")[:2])


def session_at(db: Session, actor: Actor, no: str, *, to: Verb | None = None) -> OpenSession:
    """The session with this number, if it is for these eyes, and for these hands where something is done."""
    return find_by(db, actor, OpenSession, no=number_in(no), to=to)


def session_for(db: Session, actor: Actor, no: str, invite: str) -> OpenSession:
    """The session, for those who may see it, and for those who were told the link of an unlisted one."""
    return queries.invited(db, number_in(no), invite) or session_at(db, actor, no)


def own_place(db: Session, actor: Actor, no: str) -> tuple[OpenSession, Registration]:
    """The session and one's own registration in it. Whoever has none is told how to get to it."""
    session = session_at(db, actor, no)
    registration = queries.own(db, actor, session)
    if registration is None:
        raise Forbidden(NO_PLACE)
    return session, registration


def place_in(db: Session, actor: Actor, session: OpenSession, id: Any) -> Registration:
    """A registration of this session, for who runs it."""
    found = find_by(db, actor, Registration, id=id, session_id=session.id)
    if found is None:
        raise Missing(NOTHING)
    return found


def month_name(page: Page, month: str) -> str:
    """November 2026, in the reader's language."""
    year, number = (int(part) for part in month.split("-"))
    return format_date(date(year, number, 1), "LLLL y", locale=page.locale)


@contextmanager
def mended(page: Page, form: Form, session: OpenSession, back: str) -> Iterator[None]:
    """Whatever refuses inside brings a small form back on a page of its own, with what was typed."""
    with form.again(page, "sessions/_mend.html", "sessions/mend.html", session=session, back=back):
        yield
