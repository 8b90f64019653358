"""The first question of every change, asked in one place: may you?"""

from collections.abc import Iterable

from crosslab.rules import N_, RULES, Verb

from .actor import Actor
from .errors import Forbidden
from .tables import Governed


def allow(actor: Actor, verb: Verb, thing: Governed) -> None:
    """Refuse with a sentence that says who can, unless the rule book lets this actor do `verb` to the thing."""
    if not actor.may(verb, thing):
        raise Forbidden(
            N_("“{verb}” is not yours to do here. {who} can."), verb=RULES[verb].button, who=RULES[verb].who
        )


def allow_one(actor: Actor, verb: Verb, organisations: Iterable[Governed]) -> None:
    """Refuse before a form is read, unless there is an organisation for which the actor may do `verb`."""
    if not any(actor.may(verb, each) for each in organisations):
        raise Forbidden(
            N_("“{verb}” is done for an organisation. Register yours, or take a seat in one."),
            verb=RULES[verb].button,
        )
