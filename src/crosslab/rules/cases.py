"""What may follow what with a business case that came out of a workshop."""

from .engine import Lifecycle, Move
from .states import SkeletonState
from .verbs import Verb
from .words import N_

SKELETON_VERBS = (
    *(Verb.WORKSHOPS_DEVELOP, Verb.WORKSHOPS_HAND_OVER, Verb.WORKSHOPS_UNDERTAKE, Verb.WORKSHOPS_DROP_ACTION),
)
"""What is done with a business case while it is worked on."""

K = SkeletonState
SKELETON = Lifecycle(
    start=K.DRAFT,
    ends=frozenset({K.TAKEN_UP}),
    moves=(
        Move(Verb.WORKSHOPS_CALL, K.DRAFT, K.OPEN),
        Move(Verb.WORKSHOPS_CALL, K.OPEN, K.OPEN),
        Move(Verb.WORKSHOPS_CALL_OFF, K.OPEN, K.DRAFT),
        *(Move(Verb.WORKSHOPS_TAKE_UP, state, K.TAKEN_UP) for state in (K.DRAFT, K.OPEN, K.TAKEN_UP)),
        *(Move(Verb.WORKSHOPS_LET_GO, state, K.LET_GO) for state in (K.DRAFT, K.OPEN)),
        Move(Verb.WORKSHOPS_RESUME, K.LET_GO, K.DRAFT),
        *(Move(verb, state, state) for verb in SKELETON_VERBS for state in (K.DRAFT, K.OPEN)),
        *(Move(Verb.WORKSHOPS_TICK_OFF, state, state) for state in (K.DRAFT, K.OPEN, K.TAKEN_UP)),
    ),
    names={
        K.DRAFT: N_("Draft"),
        K.OPEN: N_("Call is open"),
        K.TAKEN_UP: N_("Taken up"),
        K.LET_GO: N_("Let go"),
    },
)
