"""The doors of the house, and a thing of the story behind each: what a sweep over the route table needs."""

import re

from sqlmodel import select

from crosslab import app
from crosslab.challenges.tables import Challenge, Document, Interest, Question
from crosslab.consortia.tables import Consortium, Membership, SoughtRole
from crosslab.core.events import Event
from crosslab.funding.tables import Application, BudgetLine, PartnerBudget
from crosslab.people.tables import Identifier, Invitation, Organisation, Person, Presence, Programme
from crosslab.rules import Verb
from crosslab.sessions.tables import OpenSession, Registration, Series
from crosslab.sessions.voices.leads import Lead
from crosslab.sessions.voices.presenters import Presenter
from crosslab.sessions.voices.tables import SessionFile, Voice
from crosslab.workshops.skeletons.tables import Call, Skeleton
from crosslab.workshops.tables import Note, Theme, Tie, Workshop

UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}
PARAMETER = re.compile(r"\{(\w+)(?::\w+)?\}")
PREFIXES = (
    ("/calls/", {"id": ("call", "id")}),
    ("/s/{no", {"no": ("workshop", "no"), "id": ("note", "id")}),
    ("/hosting/series/", {"slug": ("series", "slug")}),
    ("/sessions/{no", {"no": ("coming", "no")}),
    ("/o/files/", {"id": ("file", "id")}),
    ("/o/{no}/files", {"no": ("evening", "no"), "id": ("file", "id")}),
    ("/o/{no}/people", {"no": ("evening", "no"), "id": ("registration", "id")}),
    ("/o/{no", {"no": ("evening", "no"), "id": ("voice", "id")}),
    ("/w/{slug", {"slug": ("team", "slug"), "no": ("application", "no"), "org": ("organisation", "slug")}),
    ("/p/{slug", {"slug": ("programme", "slug"), "ref": ("team", "ref"), "id": ("team", "id")}),
    ("/memberships/", {"id": ("membership", "id")}),
    ("/consortia/", {"id": ("team", "id")}),
    ("/questions/", {"id": ("question", "id")}),
    ("/interests/", {"id": ("interest", "id")}),
    ("/documents/", {"id": ("document", "id")}),
    ("/challenges/", {"id": ("challenge", "id"), "no": ("challenge", "no")}),
    ("/organisations/", {"slug": ("organisation", "slug"), "id": ("person", "id")}),
    ("/admin/", {"id": ("organisation", "id")}),
    ("/account/", {"id": ("presence", "id")}),
    ("/invitations/", {}),
    ("/cards/", {"id": ("team", "id")}),
)
INSIDE = {
    "leads": ("lead", "id"),
    "presenters": ("presenter", "id"),
    "presenting": ("presenter", "id"),
    "themes": ("theme", "id"),
    "cases": ("skeleton", "id"),
    "ties": ("tie", "id"),
    "facilitators": ("person", "id"),
    "hosts": ("person", "id"),
    "roles": ("sought", "id"),
    "lines": ("line", "id"),
    "take-lead": ("organisation", "id"),
}


def first(db, kind, **values):
    """A thing of the story."""
    wanted = select(kind).filter_by(**values)
    return db.exec(wanted.order_by(kind.id)).first()


def things_of(db):
    """One thing of each kind, all of them around the consortium Amphi Nights where there is a choice."""
    team = first(db, Consortium, slug="amphi-nights")
    application = first(db, Application, consortium_id=team.id)
    budget = first(db, PartnerBudget, application_id=application.id)
    return {
        "team": team,
        "challenge": first(db, Challenge, id=team.challenge_id),
        "application": application,
        "budget": budget,
        "line": first(db, BudgetLine, partner_budget_id=budget.id),
        "membership": first(db, Membership, consortium_id=team.id),
        "sought": first(db, SoughtRole),
        "organisation": first(db, Organisation, id=team.lead_id),
        "programme": first(db, Programme),
        "question": first(db, Question),
        "interest": first(db, Interest),
        "document": first(db, Document),
        "identifier": first(db, Identifier),
        "invitation": first(db, Invitation),
        "person": first(db, Person),
        "presence": first(db, Presence),
        "event": first(db, Event),
        "workshop": first(db, Workshop, title="Drawings that nobody sees"),
        "note": first(db, Note),
        "theme": first(db, Theme),
        "skeleton": first(db, Skeleton),
        "call": first(db, Call, public=True),
        "tie": first(db, Tie),
        "coming": first(db, OpenSession, title="Hanging light without a pole"),
        "registration": first(db, Registration),
        "series": first(db, Series),
        "evening": first(db, OpenSession, title="What a lamp does to a square"),
        "voice": first(db, Voice),
        "lead": first(db, Lead),
        "presenter": first(db, Presenter),
        "file": first(db, SessionFile),
    }


def address(path, things):
    """The path with its parameters filled by things of the story."""
    filled = {}
    for prefix, values in PREFIXES:
        if path.startswith(prefix):
            filled = {name: str(getattr(things[kind], field)) for name, (kind, field) in values.items()}
            break
    for word, (kind, field) in INSIDE.items():
        if f"/{word}/" in path:
            filled["id"] = str(getattr(things[kind], field))
    return PARAMETER.sub(lambda found: filled.get(found[1], "0" * 8), path)


def doors(settings):
    """Every change: its address, its method, its verb."""
    for route in app.build(settings).routes:
        for handler in getattr(route, "route_handlers", []):
            if handler.http_methods & UNSAFE and isinstance(handler.opt.get("verb"), Verb):
                yield route.path_format, next(iter(handler.http_methods & UNSAFE)), handler.opt
