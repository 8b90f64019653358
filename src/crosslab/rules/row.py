"""How a row of the rule book is written down."""

from .engine import Rule
from .roles import Role
from .verbs import Verb

SIGNATORY, CONTRIBUTOR, FINANCE, READER = Role.SIGNATORY, Role.CONTRIBUTOR, Role.FINANCE, Role.READER
MANAGER, STEWARD, PERSON, VISITOR, SELF = Role.MANAGER, Role.STEWARD, Role.PERSON, Role.VISITOR, Role.SELF
LEAD, PARTNER, MEMBER, TREASURER, ONLOOKER = (
    Role.LEAD,
    Role.PARTNER,
    Role.MEMBER,
    Role.TREASURER,
    Role.ONLOOKER,
)
FACILITATOR, PARTICIPANT = Role.FACILITATOR, Role.PARTICIPANT
NOBODY: tuple[Role, ...] = ()


def row(
    verb: Verb,
    who: tuple[Role, ...],
    button: str,
    log: str,
    tell: tuple[Role, ...] = (),
    *,
    then: tuple[str, ...] = (),
    mail: bool = False,
) -> Rule:
    """One line of the rule book."""
    return Rule(verb, frozenset(who), button, log, frozenset(tell), then, mail)
