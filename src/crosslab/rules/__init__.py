"""The rule book: who may do what, and what may follow what. Data only."""

from .book import RULES
from .engine import Cycle, Lifecycle, Move, Rule
from .lifecycles import (
    APPLICATION,
    CHALLENGE,
    CONSORTIUM,
    LIFECYCLES,
    MEMBERSHIP,
    PIPELINE,
    VERIFICATION,
    ApplicationState,
    ChallengeState,
    ConsortiumState,
    MembershipState,
    Stage,
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
    "N_",
    "PIPELINE",
    "ROLE_NAMES",
    "RULES",
    "VERIFICATION",
    "ApplicationState",
    "ChallengeState",
    "ConsortiumState",
    "Cycle",
    "Lifecycle",
    "MembershipState",
    "Move",
    "Role",
    "Rule",
    "Stage",
    "Verb",
    "Verification",
]
