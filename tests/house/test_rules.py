"""The rule book and the house agree: one verb, one word, one action, one door."""

import ast

import pytest

from crosslab import app
from crosslab.rules import LIFECYCLES, RULES, Role, Verb
from crosslab.rules.page import markdown
from crosslab.tables_page import tables_page
from tests.house.sources import ROOT, calls, functions, modules, rooms

DOORS = {"do", "do_json", "hand_in", "take_away"}
UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}


def test_every_verb_has_one_rule_and_belongs_to_a_room():
    assert set(RULES) == set(Verb)
    assert {verb.split(".")[0] for verb in Verb} <= set(rooms("actions"))


def test_every_verb_has_its_action():
    for verb in Verb:
        room, word = verb.split(".")
        names = {function.name for path in modules(room, "actions") for function in functions(path)}
        assert word in names, f"{verb} has no action"


def test_every_move_is_a_verb_and_every_state_has_a_name():
    for cycle in LIFECYCLES.values():
        assert {move.verb for move in cycle.moves} <= set(Verb)
        assert all(cycle.names.values())


@pytest.mark.parametrize("room", rooms("actions"))
def test_every_public_action_is_a_verb_of_its_room_and_acts_once(room):
    for path in modules(room, "actions"):
        for function in functions(path):
            if function.name.startswith("_"):
                continue
            verb = f"{room}.{function.name}"
            assert verb in set(Verb), f"{verb} in {path.name} is not in the rule book"
            acted = [Verb[call.args[2].attr] for call in calls(function, "act")]
            assert acted == [verb], f"{verb} must act once, as itself"
            assert ast.get_docstring(function), f"{verb} needs a sentence"


@pytest.mark.parametrize("room", rooms("pages") + rooms("api"))
def test_a_door_leads_to_the_action_on_its_sign(room):
    for path in [*modules(room, "pages"), *modules(room, "api")]:
        for function in functions(path):
            signs = _signs(function)
            called = {
                node.attr
                for node in ast.walk(function)
                if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "actions"
            }
            called = {name for name in called if f"{room}.{name}" in set(Verb)}
            assert called == {Verb[sign].split(".")[1] for sign in signs}, f"{path.name}: {function.name}"
            assert not signs or called == {function.name}, f"{function.name} is not named after its verb"


def _signs(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    found = (d for d in function.decorator_list if isinstance(d, ast.Call) and ast.unparse(d.func) in DOORS)
    return [door.args[1].attr for door in found]


def test_every_change_names_its_verb(settings):
    unsafe = [
        handler
        for route in app.build(settings).routes
        for handler in getattr(route, "route_handlers", [])
        if handler.http_methods & UNSAFE and "report" not in handler.opt
    ]
    assert unsafe
    assert [h for h in unsafe if not isinstance(h.opt.get("verb"), Verb)] == []


def test_every_change_asks_for_the_proof_that_the_form_is_ours(settings):
    """`typed` and `csrf` check the token; a handler that declares neither would be open to other sites."""
    careless = [
        str(handler)
        for route in app.build(settings).routes
        for handler in getattr(route, "route_handlers", [])
        if "verb" in handler.opt and not {"typed", "csrf"} & set(handler.parsed_fn_signature.parameters)
    ]
    assert careless == []


def test_nobody_may_everything():
    assert not [verb for verb, rule in RULES.items() if len(rule.who) > 4]
    assert all(Role.VISITOR not in rule.tell for rule in RULES.values())


def test_the_printed_rule_book_is_the_real_one():
    assert (ROOT / "docs/rules.md").read_text() == markdown(), "run `make rules`"


def test_the_printed_tables_are_the_real_ones():
    assert (ROOT / "docs/data.md").read_text() == tables_page(), "run `make rules`"
