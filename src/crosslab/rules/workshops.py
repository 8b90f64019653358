"""Workshops: the steps of a room, its results, a note, a café; what may follow what."""

from itertools import pairwise

from .engine import Lifecycle, Move
from .states import CafeState, NoteState, ResultsState, Step
from .verbs import Verb
from .words import N_

S, N, F, R = Step, NoteState, CafeState, ResultsState
ON_THE_WALL = (S.WRITING, S.LINKING, S.THEMES, S.VOTING, S.CALLING)
"""The steps in which the room is open."""
STEP_MINUTES = {S.WRITING: 10, S.LINKING: 20, S.THEMES: 15, S.VOTING: 5, S.CALLING: 10}
"""How long a step is planned to last, in minutes, unless whoever runs the room writes another number."""
ROOM_VERBS = (
    *(
        Verb.WORKSHOPS_PAUSE,
        Verb.WORKSHOPS_GO_ON,
        Verb.WORKSHOPS_SET_TIME,
        Verb.WORKSHOPS_LOCK,
        Verb.WORKSHOPS_UNLOCK,
    ),
    *(Verb.WORKSHOPS_HIDE_NAMES, Verb.WORKSHOPS_SHOW_NAMES, Verb.WORKSHOPS_WRITE, Verb.WORKSHOPS_ENTER),
    *(Verb.WORKSHOPS_TIE, Verb.WORKSHOPS_GATHER),
)
"""What is done in an open room, whatever the step."""
NOTE_VERBS = (
    *(Verb.WORKSHOPS_REWRITE, Verb.WORKSHOPS_MOVE, Verb.WORKSHOPS_LAY, Verb.WORKSHOPS_LIFT),
    *(Verb.WORKSHOPS_MARK_INTERESTING, Verb.WORKSHOPS_UNMARK),
)
"""What is done with a note while it is on the wall."""

WORKSHOP = Lifecycle(
    start=S.PLANNED,
    ends=frozenset({S.OVER, S.CANCELLED}),
    moves=(
        Move(Verb.WORKSHOPS_BEGIN, S.PLANNED, S.WRITING),
        Move(Verb.WORKSHOPS_CANCEL, S.PLANNED, S.CANCELLED),
        *(Move(Verb.WORKSHOPS_ADVANCE, one, two) for one, two in pairwise(ON_THE_WALL)),
        *(Move(Verb.WORKSHOPS_GO_BACK, two, one) for one, two in pairwise(ON_THE_WALL)),
        *(Move(Verb.WORKSHOPS_FINISH, step, S.OVER) for step in ON_THE_WALL),
        *(Move(verb, step, step) for verb in ROOM_VERBS for step in ON_THE_WALL),
        *(
            Move(verb, S.PLANNED, S.PLANNED)
            for verb in (Verb.WORKSHOPS_HIDE_NAMES, Verb.WORKSHOPS_SHOW_NAMES)
        ),
        *(Move(Verb.WORKSHOPS_JOIN, step, step) for step in (S.PLANNED, *ON_THE_WALL)),
        *(Move(verb, S.VOTING, S.VOTING) for verb in (Verb.WORKSHOPS_VOTE, Verb.WORKSHOPS_TAKE_VOTE)),
    ),
    names={
        S.PLANNED: N_("Planned"),
        S.WRITING: N_("Write"),
        S.LINKING: N_("Walk and link"),
        S.THEMES: N_("Themes"),
        S.VOTING: N_("Vote"),
        S.CALLING: N_("Call to action"),
        S.OVER: N_("Over"),
        S.CANCELLED: N_("Cancelled"),
    },
)

RESULTS = Lifecycle(
    start=R.DRAFT,
    ends=frozenset(),
    moves=(
        Move(Verb.WORKSHOPS_PUBLISH, R.DRAFT, R.PUBLISHED),
        Move(Verb.WORKSHOPS_WITHDRAW, R.PUBLISHED, R.DRAFT),
        Move(Verb.WORKSHOPS_FEED_BACK, R.PUBLISHED, R.PUBLISHED),
        Move(Verb.WORKSHOPS_READDRESS, R.PUBLISHED, R.PUBLISHED),
        Move(Verb.WORKSHOPS_ASK_AFTER, R.PUBLISHED, R.PUBLISHED),
    ),
    names={R.DRAFT: N_("Not published"), R.PUBLISHED: N_("Published")},
)

NOTE = Lifecycle(
    start=N.UP,
    ends=frozenset(),
    moves=(
        Move(Verb.WORKSHOPS_TAKE_BACK, N.UP, N.TAKEN_BACK),
        Move(Verb.WORKSHOPS_REMOVE, N.UP, N.REMOVED),
        Move(Verb.WORKSHOPS_PUT_BACK, N.TAKEN_BACK, N.UP),
        Move(Verb.WORKSHOPS_PUT_BACK, N.REMOVED, N.UP),
        *(Move(verb, N.UP, N.UP) for verb in NOTE_VERBS),
    ),
    names={N.UP: N_("On the wall"), N.TAKEN_BACK: N_("Taken back"), N.REMOVED: N_("Removed")},
)

CAFE_OPEN = (F.ANNOUNCED, F.ROUND, F.BETWEEN)
"""While everybody knows their seats."""
CAFE = Lifecycle(
    start=F.SKETCHED,
    ends=frozenset({F.ENDED}),
    moves=(
        *(
            Move(verb, state, F.SKETCHED)
            for verb in (Verb.WORKSHOPS_ARRANGE, Verb.WORKSHOPS_SEAT)
            for state in (F.SKETCHED, F.ANNOUNCED)
        ),
        Move(Verb.WORKSHOPS_ANNOUNCE, F.SKETCHED, F.ANNOUNCED),
        *(Move(Verb.WORKSHOPS_MEND, state, state) for state in CAFE_OPEN),
        *(Move(Verb.WORKSHOPS_BEGIN_ROUND, state, F.ROUND) for state in (F.ANNOUNCED, F.BETWEEN)),
        Move(Verb.WORKSHOPS_END_ROUND, F.ROUND, F.BETWEEN),
        Move(Verb.WORKSHOPS_REOPEN_ROUND, F.BETWEEN, F.ROUND),
        Move(Verb.WORKSHOPS_CLOSE_CAFE, F.BETWEEN, F.ENDED),
        *(
            Move(verb, state, state)
            for verb in (Verb.WORKSHOPS_FURNISH, Verb.WORKSHOPS_HOST)
            for state in (F.SKETCHED, *CAFE_OPEN)
        ),
        *(Move(Verb.WORKSHOPS_HARVEST, state, state) for state in (F.ROUND, F.BETWEEN, F.ENDED)),
    ),
    names={
        F.SKETCHED: N_("Being planned"),
        F.ANNOUNCED: N_("Seats announced"),
        F.ROUND: N_("Round under way"),
        F.BETWEEN: N_("Between rounds"),
        F.ENDED: N_("Café over"),
    },
)
