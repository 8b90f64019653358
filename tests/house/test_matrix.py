"""The permission matrix, computed from the rule book and tried on the running house, person by person, door by door.

Each door is tried on a real thing of the story. Whoever holds no role that the rule book names is refused;
whoever is a stranger to a consortium cannot tell that it exists.
"""

import pytest

from crosslab import app
from crosslab.rules import RULES
from tests.house.doors import address, doors, things_of

CAST = ("stig", "helen", "grace", "ane", "lars", "mei", "beth", "eli", "jonas", "priya", "ruth")
STRANGERS = {"stig": "nobody", "helen": "the host", "eli": "a rival", "jonas": "another firm"}


@pytest.fixture
def things(db):
    return things_of(db)


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
