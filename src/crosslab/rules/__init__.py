"""The rule book: who may do what, and what may follow what. Data only."""

from .book import RULES
from .cases import SKELETON
from .engine import Cycle, Lifecycle, Move, Rule
from .lifecycles import (
    APPLICATION,
    CHALLENGE,
    CONSORTIUM,
    LIFECYCLES,
    MEMBERSHIP,
    PIPELINE,
    VERIFICATION,
)
from .open_sessions import REGISTRATION, SESSION, STANDING
from .roles import IN_CONSORTIUM, ROLE_NAMES, Role
from .states import (
    ApplicationState,
    CafeState,
    ChallengeState,
    ConsortiumState,
    LeadState,
    MembershipState,
    NoteState,
    PresenterState,
    RegistrationState,
    ResultsState,
    SessionState,
    SkeletonState,
    Stage,
    Step,
    Verification,
    VoiceState,
)
from .verbs import Verb
from .voices import ALIVE, LEAD, PRESENTER, VOICE
from .words import N_
from .workshops import CAFE, CAFE_OPEN, NOTE, ON_THE_WALL, RESULTS, STEP_MINUTES, WORKSHOP

__all__ = [
    "ALIVE",
    "APPLICATION",
    "CAFE",
    "CAFE_OPEN",
    "CHALLENGE",
    "CONSORTIUM",
    "IN_CONSORTIUM",
    "LEAD",
    "LIFECYCLES",
    "MEMBERSHIP",
    "NOTE",
    "N_",
    "ON_THE_WALL",
    "PIPELINE",
    "PRESENTER",
    "REGISTRATION",
    "RESULTS",
    "ROLE_NAMES",
    "RULES",
    "SESSION",
    "SKELETON",
    "STANDING",
    "STEP_MINUTES",
    "VERIFICATION",
    "VOICE",
    "WORKSHOP",
    "ApplicationState",
    "CafeState",
    "ChallengeState",
    "ConsortiumState",
    "Cycle",
    "LeadState",
    "Lifecycle",
    "MembershipState",
    "Move",
    "NoteState",
    "PresenterState",
    "RegistrationState",
    "ResultsState",
    "Role",
    "Rule",
    "SessionState",
    "SkeletonState",
    "Stage",
    "Step",
    "Verb",
    "Verification",
    "VoiceState",
]
