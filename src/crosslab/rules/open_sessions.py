"""What may follow what around an open session: the session itself, and a place in it."""

from .engine import Lifecycle, Move
from .states import RegistrationState, SessionState
from .verbs import Verb
from .words import N_

S, G = SessionState, RegistrationState
STANDING = (G.WAITING, G.HELD, G.REGISTERED)
"""Whoever is in the queue, has a place kept, or has it."""

SESSION = Lifecycle(
    start=S.PLANNED,
    ends=frozenset({S.OVER, S.CANCELLED}),
    moves=(
        Move(Verb.SESSIONS_PUBLISH, S.PLANNED, S.OPEN),
        Move(Verb.SESSIONS_BEGIN, S.OPEN, S.LIVE),
        *(Move(Verb.SESSIONS_FINISH, state, S.OVER) for state in (S.OPEN, S.LIVE)),
        *(Move(Verb.SESSIONS_CANCEL, state, S.CANCELLED) for state in (S.PLANNED, S.OPEN, S.LIVE)),
        *(Move(Verb.SESSIONS_DESCRIBE, state, state) for state in (S.PLANNED, S.OPEN, S.LIVE)),
        *(Move(verb, S.OPEN, S.OPEN) for verb in (Verb.SESSIONS_CLOSE, Verb.SESSIONS_REOPEN)),
        *(Move(Verb.SESSIONS_SEAT, state, state) for state in (S.OPEN, S.LIVE)),
    ),
    names={
        S.PLANNED: N_("Planned"),
        S.OPEN: N_("Published"),
        S.LIVE: N_("Running now"),
        S.OVER: N_("Over"),
        S.CANCELLED: N_("Cancelled"),
    },
)

REGISTRATION = Lifecycle(
    start=G.WAITING,
    ends=frozenset({G.TURNED_AWAY}),
    moves=(
        *(Move(Verb.SESSIONS_REGISTER, state, G.WAITING) for state in (G.WAITING, G.LEFT, G.LAPSED)),
        Move(Verb.SESSIONS_ADMIT, G.WAITING, G.REGISTERED),
        Move(Verb.SESSIONS_COME_IN, G.WAITING, G.REGISTERED),
        Move(Verb.SESSIONS_OFFER, G.WAITING, G.HELD),
        Move(Verb.SESSIONS_CONFIRM, G.WAITING, G.WAITING),
        Move(Verb.SESSIONS_CONFIRM, G.HELD, G.REGISTERED),
        *(Move(Verb.SESSIONS_LAPSE, state, G.LAPSED) for state in (G.WAITING, G.HELD)),
        *(Move(Verb.SESSIONS_LEAVE, state, G.LEFT) for state in STANDING),
        *(Move(Verb.SESSIONS_TURN_AWAY, state, G.TURNED_AWAY) for state in STANDING),
        *(Move(Verb.SESSIONS_AMEND, state, state) for state in STANDING),
        *(
            Move(verb, G.REGISTERED, G.REGISTERED)
            for verb in (Verb.SESSIONS_MARK, Verb.SESSIONS_JOIN, Verb.SESSIONS_PART)
        ),
    ),
    names={
        G.WAITING: N_("On the waiting list"),
        G.HELD: N_("A place is kept"),
        G.REGISTERED: N_("Registered"),
        G.LEFT: N_("Given up"),
        G.LAPSED: N_("Lapsed"),
        G.TURNED_AWAY: N_("Turned away"),
    },
)
