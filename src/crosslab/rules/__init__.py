"""The rule book: who may do what, and what may follow what. Data only."""

from .book import RULES
from .engine import Cycle, Lifecycle, Move, Rule
from .lifecycles import (
    APPLICATION,
    CHALLENGE,
    CONSORTIUM,
    LIFECYCLES,
    MEMBERSHIP,
    NOTE,
    ON_THE_WALL,
    PIPELINE,
    VERIFICATION,
    WORKSHOP,
)
from .states import (
    ApplicationState,
    ChallengeState,
    ConsortiumState,
    MembershipState,
    NoteState,
    Stage,
    Step,
    Verification,
)
from .verbs import IN_CONSORTIUM, ROLE_NAMES, Role, Verb
from .words import N_

__all__ = [
    "APPLICATION",
    "CHALLENGE",
    "CONSORTIUM",
    "IN_CONSORTIUM",
    "LIFECYCLES",
    "MEMBERSHIP",
    "NOTE",
    "N_",
    "ON_THE_WALL",
    "PIPELINE",
    "ROLE_NAMES",
    "RULES",
    "VERIFICATION",
    "WORKSHOP",
    "ApplicationState",
    "ChallengeState",
    "ConsortiumState",
    "Cycle",
    "Lifecycle",
    "MembershipState",
    "Move",
    "NoteState",
    "Role",
    "Rule",
    "Stage",
    "Step",
    "Verb",
    "Verification",
]
