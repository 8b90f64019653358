"""The steward founds programmes and appoints those who run them."""

from typing import Any

from litestar import Response

from crosslab.core.actor import Actor
from crosslab.core.errors import Refused
from crosslab.core.slugs import free_slug
from crosslab.people import actions, queries
from crosslab.people.forms import AppointForm, ProgrammeForm
from crosslab.people.tables import Person, Programme
from crosslab.rules import N_, Role, Verb
from crosslab.web.forms import Form
from crosslab.web.given import Db, Here, Posted, Who
from crosslab.web.page import Page
from crosslab.web.routes import ask, do


@ask("/admin/programmes")
def programmes(db: Db, actor: Who, page: Here) -> Response[str]:
    form = Form(ProgrammeForm, {"currency": "GBP"}, page.words)
    return page.show("people/programmes.html", form=form, **_here(db, actor, page))


@do("/admin/programmes", Verb.PEOPLE_FOUND)
def found(db: Db, actor: Who, page: Here, typed: Posted) -> Response[Any]:
    form, here = Form(ProgrammeForm, typed, page.words), _here(db, actor, page)
    with form.again(page, "people/_found.html", whole="people/programmes.html", **here):
        facts = form.facts()
        made = actions.found(db, actor, slug=free_slug(db, Programme, facts["name"]), **facts)
    return page.go("/admin/programmes", said=N_("The programme {name} is founded."), name=made.name)


@ask("/admin/appointments")
def appointments(db: Db, actor: Who, page: Here) -> Response[str]:
    form = Form(AppointForm, {}, page.words)
    return page.show("people/appointments.html", form=form, **_here(db, actor, page))


@do("/admin/appointments", Verb.PEOPLE_APPOINT)
def appoint(db: Db, actor: Who, page: Here, typed: Posted) -> Response[Any]:
    form, here = Form(AppointForm, typed, page.words), _here(db, actor, page)
    with form.again(page, "people/_appoint.html", whole="people/appointments.html", **here):
        facts = form.facts()
        person, programme = _person(db, facts["email"]), _programme(here["rows"], facts["at"])
        role = Role.MANAGER if programme else Role.STEWARD
        actions.appoint(db, actor, person, role=role, programme=programme)
    return page.go("/admin/appointments", said=N_("{name} is appointed."), name=person.name)


def _here(db: Db, actor: Actor, page: Page) -> dict[str, Any]:
    page.context_name = page.say(N_("Running the platform"))
    return {
        "rows": queries.programmes(db, actor),
        "managers": queries.managers(db),
        "stewards": queries.stewards(db),
    }


def _person(db: Db, email: str) -> Person:
    person = queries.person_by(db, email)
    if person is None:
        raise Refused(
            N_("Nobody with this address has signed in yet. Ask them to sign in once."), field="email"
        )
    return person


def _programme(rows: list[Programme], at: str) -> Programme | None:
    """The programme that was chosen; None for the steward's seat, which is at none."""
    chosen = next((row for row in rows if str(row.id) == at), None)
    if chosen is None and at != "everywhere":
        raise Refused(N_("Choose one of the answers."), field="at")
    return chosen


HANDLERS = [programmes, found, appointments, appoint]
