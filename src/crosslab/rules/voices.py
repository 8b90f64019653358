"""What may follow what for voices and leads of open sessions."""

from .engine import Lifecycle, Move
from .states import LeadState, PresenterState, VoiceState
from .verbs import Verb
from .words import N_

V, L, P = VoiceState, LeadState, PresenterState
WHILE_UP = (
    *(Verb.SESSIONS_REPHRASE, Verb.SESSIONS_SUPPORT, Verb.SESSIONS_UNSUPPORT),
    *(Verb.SESSIONS_ANSWER, Verb.SESSIONS_MARK_ANSWERED, Verb.SESSIONS_HAND_ON, Verb.SESSIONS_BRING_IN),
    *(Verb.SESSIONS_PIN, Verb.SESSIONS_UNPIN),
)
ALIVE = (L.NEW, L.IN_TALK, L.BECAME, L.CLOSED)
"""The states in which a lead's contact is still there."""

VOICE = Lifecycle(
    start=V.UP,
    ends=frozenset({V.TAKEN_BACK}),
    moves=(
        Move(Verb.SESSIONS_UNSAY, V.UP, V.TAKEN_BACK),
        Move(Verb.SESSIONS_UNSAY, V.GROUPED, V.TAKEN_BACK),
        Move(Verb.SESSIONS_UNSAY, V.HIDDEN, V.TAKEN_BACK),
        Move(Verb.SESSIONS_GROUP, V.UP, V.GROUPED),
        Move(Verb.SESSIONS_UNGROUP, V.GROUPED, V.UP),
        Move(Verb.SESSIONS_HIDE, V.UP, V.HIDDEN),
        Move(Verb.SESSIONS_HIDE, V.GROUPED, V.HIDDEN),
        Move(Verb.SESSIONS_UNHIDE, V.HIDDEN, V.UP),
        *(Move(verb, V.UP, V.UP) for verb in WHILE_UP),
    ),
    names={
        V.UP: N_("Shown"),
        V.GROUPED: N_("Put together with another"),
        V.HIDDEN: N_("Hidden"),
        V.TAKEN_BACK: N_("Taken back"),
    },
)

LEAD = Lifecycle(
    start=L.NEW,
    ends=frozenset({L.WITHDRAWN, L.ERASED}),
    moves=(
        *(Move(Verb.SESSIONS_TALK, state, L.IN_TALK) for state in (L.NEW, L.BECAME, L.CLOSED)),
        *(Move(Verb.SESSIONS_BECOME, state, L.BECAME) for state in (L.NEW, L.IN_TALK, L.BECAME)),
        *(Move(Verb.SESSIONS_CLOSE_LEAD, state, L.CLOSED) for state in (L.NEW, L.IN_TALK, L.BECAME)),
        *(
            Move(verb, state, state)
            for verb in (Verb.SESSIONS_PLAN_LEAD, Verb.SESSIONS_NOTE_LEAD)
            for state in ALIVE
        ),
        *(Move(Verb.SESSIONS_WRITE_LEAD, state, state) for state in ALIVE),
        *(Move(Verb.SESSIONS_WITHDRAW_LEAD, state, L.WITHDRAWN) for state in ALIVE),
        *(Move(Verb.SESSIONS_ERASE_LEAD, state, L.ERASED) for state in ALIVE),
    ),
    names={
        L.NEW: N_("New"),
        L.IN_TALK: N_("In talk"),
        L.BECAME: N_("It became something"),
        L.CLOSED: N_("Closed"),
        L.WITHDRAWN: N_("Taken back by its sender"),
        L.ERASED: N_("Run out and erased"),
    },
)

PRESENTER = Lifecycle(
    start=P.ASKED,
    ends=frozenset(),
    moves=(
        *(Move(Verb.SESSIONS_ASK_PRESENTER, state, P.ASKED) for state in (P.ASKED, P.DECLINED)),
        Move(Verb.SESSIONS_AGREE_PRESENTING, P.ASKED, P.AGREED),
        *(Move(Verb.SESSIONS_DECLINE_PRESENTING, state, P.DECLINED) for state in (P.ASKED, P.AGREED)),
    ),
    names={
        P.ASKED: N_("Asked"),
        P.AGREED: N_("Presents"),
        P.DECLINED: N_("Does not present"),
    },
)
