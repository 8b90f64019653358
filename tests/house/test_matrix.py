"""The permission matrix, computed from the rule book and tried on the running house, person by person, door by door.

Each door is tried on a real thing of the story. Whoever holds no role that the rule book names is refused;
whoever is a stranger to a consortium cannot tell that it exists.
"""

import re

import pytest
from sqlmodel import select

from crosslab import app
from crosslab.challenges.tables import Challenge, Document, Interest, Question
from crosslab.consortia.tables import Consortium, Membership, SoughtRole
from crosslab.core.events import Event
from crosslab.funding.tables import Application, BudgetLine, PartnerBudget
from crosslab.people.tables import Identifier, Invitation, Organisation, Person, Presence, Programme
from crosslab.rules import RULES, Verb

CAST = ("stig", "helen", "grace", "ane", "lars", "mei", "beth", "eli", "jonas", "priya", "ruth")
STRANGERS = {"stig": "nobody", "helen": "the host", "eli": "a rival", "jonas": "another firm"}
UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}
PARAMETER = re.compile(r"\{(\w+)(?::\w+)?\}")


def first(db, kind, **values):
    """A thing of the story."""
    wanted = select(kind).filter_by(**values)
    return db.exec(wanted.order_by(kind.id)).first()


@pytest.fixture
def things(db):
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
    }


PREFIXES = (
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
INSIDE = {"roles": ("sought", "id"), "lines": ("line", "id"), "take-lead": ("organisation", "id")}


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


def held(actor):
    """Every role a person holds anywhere."""
    return actor.everywhere.union(*actor.seats.values())


@pytest.mark.parametrize("who", CAST)
def test_whoever_holds_no_role_that_the_rule_names_is_refused(browse, world, things, settings, who):
    actor, visitor = getattr(world, who), browse(getattr(world, who))
    let_in = []
    for path, method, opt in doors(settings):
        rule = RULES[opt["verb"]]
        if opt.get("public") or rule.who & held(actor):
            continue
        answer = visitor.send(method, address(path, things))
        if answer.status_code not in {403, 404}:
            let_in.append(f"{method} {path} answered {answer.status_code}")
    assert let_in == []


@pytest.mark.parametrize("who", STRANGERS)
def test_a_stranger_cannot_tell_that_a_consortium_exists(browse, world, things, settings, who):
    visitor = browse(getattr(world, who))
    seen = []
    for route in app.build(settings).routes:
        path = getattr(route, "path_format", "")
        if not path.startswith("/w/{slug"):
            continue
        for method in sorted(route.methods - {"OPTIONS", "HEAD"}):
            answer = visitor.send(method, address(path, things))
            if answer.status_code != 404 or "Amphi Nights" in answer.text:
                seen.append(f"{method} {path} answered {answer.status_code}")
    assert seen == []


def test_a_visitor_is_sent_to_sign_in_wherever_a_seat_is_needed(browse, things, settings):
    visitor = browse()
    for route in app.build(settings).routes:
        for handler in getattr(route, "route_handlers", []):
            path = getattr(route, "path_format", "")
            if handler.opt.get("public") or "GET" not in handler.http_methods or handler.opt.get("json"):
                continue
            if path.startswith(("/schema", "/static", "/bell", "/vault/app")):
                continue
            assert visitor.get(address(path, things)).status_code in {303, 404}, path
