"""The door list: on a phone at the entrance, on paper, as a table. Needs are for those who run the session alone."""

import csv
import io
from typing import Any

from litestar import Response
from sqlmodel import Session

from crosslab.rules import N_, RegistrationState, Verb
from crosslab.sessions import actions, queries
from crosslab.sessions.forms import DoorForm, JoinForm, PresenceForm, ReasonForm
from crosslab.sessions.paper import door_list
from crosslab.sessions.tables import OpenSession
from crosslab.web.forms import Form
from crosslab.web.given import Db, Here, Id, Posted, Slug, Who
from crosslab.web.page import Page
from crosslab.web.routes import ask, do
from crosslab.workshops.forms import PRESENCES
from crosslab.workshops.tables import Presence

from .frame import mended, place_in, session_at

TAPS = (Presence.HERE, Presence.LATE, Presence.ABSENT)
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@ask("/o/{no:str}/door")
def door(db: Db, actor: Who, page: Here, no: Slug) -> Response[str]:
    session = session_at(db, actor, no, to=Verb.SESSIONS_MARK)
    page.context_name = session.title
    return page.show("sessions/door.html", form=Form(DoorForm, {}, page.words), **_list(db, page, session))


def _list(db: Session, page: Page, session: OpenSession) -> dict[str, Any]:
    people = queries.at_the_door(db, session)
    return {
        "session": session,
        "people": [each for each in people if each.state is not RegistrationState.WAITING],
        "waiting": [each for each in people if each.state is RegistrationState.WAITING],
        "here": queries.count_here(db, session),
        "phones": queries.phones(db, session),
        "join_form": Form(JoinForm, {}, page.words),
        "door_form": Form(DoorForm, {}, page.words),
        "taps": TAPS,
        "presences": PRESENCES,
    }


@do("/o/{no:str}/people/{id:uuid}", Verb.SESSIONS_MARK)
def mark(db: Db, actor: Who, page: Here, no: Slug, id: Id, typed: Posted) -> Response[Any]:
    session = session_at(db, actor, no, to=Verb.SESSIONS_MARK)
    facts = Form(PresenceForm, typed, page.words).facts()
    one = place_in(db, actor, session, id)
    actions.mark(db, actor, one, session=session, **facts)
    return page.done(
        "sessions/_person.html", f"/o/{session.no}/door#p{one.id}", one=one, **_list(db, page, session)
    )


@do("/o/{no:str}/door", Verb.SESSIONS_SEAT)
def seat(db: Db, actor: Who, page: Here, no: Slug, typed: Posted) -> Response[Any]:
    session = session_at(db, actor, no, to=Verb.SESSIONS_SEAT)
    form = Form(DoorForm, typed, page.words)
    with form.again(page, "sessions/_walk_in.html", "sessions/door.html", **_list(db, page, session)):
        facts = form.facts()
        waits = place_in(db, actor, session, facts["waits"]) if facts["waits"] else None
        actions.seat(db, actor, session, **{**facts, "waits": waits})
    return page.go(f"/o/{session.no}/door", said=N_("They are in."))


@do("/o/{no:str}/people/{id:uuid}/turn-away", Verb.SESSIONS_TURN_AWAY)
def turn_away(db: Db, actor: Who, page: Here, no: Slug, id: Id, typed: Posted) -> Response[Any]:
    session = session_at(db, actor, no, to=Verb.SESSIONS_TURN_AWAY)
    form, one = Form(ReasonForm, typed, page.words), place_in(db, actor, session, id)
    with mended(page, form, session, f"/o/{session.no}/door"):
        actions.turn_away(db, actor, one, session=session, **form.facts())
    return page.go(f"/o/{session.no}/door", said=N_("The registration is taken back."))


@do("/o/{no:str}/join", Verb.SESSIONS_JOIN)
def join(db: Db, actor: Who, page: Here, no: Slug, typed: Posted) -> Response[Any]:
    session = session_at(db, actor, no, to=Verb.SESSIONS_JOIN)
    form = Form(JoinForm, typed, page.words)
    with form.again(page, "sessions/_join.html", "sessions/door.html", **_list(db, page, session)):
        chosen = form.facts()
        walk_in, one = (place_in(db, actor, session, chosen[name]) for name in ("walk_in", "registration"))
        actions.join(db, actor, walk_in, registration=one, session=session)
    said = N_("They count as one. Each phone keeps what is its own.")
    return page.go(f"/o/{session.no}/door#p{one.id}", said=said)


@do("/o/{no:str}/people/{id:uuid}/part", Verb.SESSIONS_PART)
def part(db: Db, actor: Who, page: Here, no: Slug, id: Id, typed: Posted) -> Response[Any]:
    session = session_at(db, actor, no, to=Verb.SESSIONS_PART)
    actions.part(db, actor, place_in(db, actor, session, id), session=session)
    return page.go(f"/o/{session.no}/door", said=N_("They count as two."))


@ask("/o/{no:str}/door.csv")
def door_table(db: Db, actor: Who, page: Here, no: Slug) -> Response[str]:
    """The list as a table. What a spreadsheet would take for a formula is told as text."""
    session = session_at(db, actor, no, to=Verb.SESSIONS_MARK)
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(
        page.say(each) for each in (N_("Name"), N_("Company"), N_("Needs"), N_("State"), N_("At the door"))
    )
    for one in queries.at_the_door(db, session):
        state = page.say(one.lifecycle.names[one.state]) if one.lifecycle else ""
        cells = (one.name, one.company, one.access, state, page.say(PRESENCES[one.presence]))
        table.writerow(f"'{cell}" if cell.startswith(FORMULA) else cell for cell in cells)
    return Response(out.getvalue(), media_type="text/csv", headers=_taken(session, "csv"))


@ask("/o/{no:str}/door.pdf")
def door_paper(db: Db, actor: Who, page: Here, no: Slug) -> Response[bytes]:
    """The list on paper, with a box to tick for each."""
    session = session_at(db, actor, no, to=Verb.SESSIONS_MARK)
    made = door_list(page, session, queries.at_the_door(db, session))
    return Response(made, media_type="application/pdf", headers=_taken(session, "pdf"))


def _taken(session: OpenSession, kind: str) -> dict[str, str]:
    named = f'attachment; filename="door-{session.no}.{kind}"'
    return {"Content-Disposition": named, "Cache-Control": "no-store"}


HANDLERS = [door, mark, seat, turn_away, join, part, door_table, door_paper]
