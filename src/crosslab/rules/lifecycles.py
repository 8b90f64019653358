"""What may follow what. Every state in the product is on this page."""

from itertools import pairwise
from typing import Any

from .cases import SKELETON
from .engine import Lifecycle, Move
from .open_sessions import REGISTRATION, SESSION
from .states import (
    ApplicationState,
    CafeState,
    ChallengeState,
    ConsortiumState,
    MembershipState,
    NoteState,
    ResultsState,
    Stage,
    Step,
    Verification,
)
from .verbs import Verb
from .voices import LEAD, PRESENTER, VOICE
from .words import N_

Y, C, T, M, A, P = Verification, ChallengeState, ConsortiumState, MembershipState, ApplicationState, Stage
S, N, F = Step, NoteState, CafeState
ON_THE_WALL = (S.WRITING, S.LINKING, S.THEMES, S.VOTING, S.CALLING)
"""The steps in which the room is open."""
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

VERIFICATION = Lifecycle(
    start=Y.UNVERIFIED,
    ends=frozenset(),
    moves=(
        Move(Verb.PEOPLE_ASK_VERIFICATION, Y.UNVERIFIED, Y.ASKED),
        Move(Verb.PEOPLE_ASK_VERIFICATION, Y.REFUSED, Y.ASKED),
        Move(Verb.PEOPLE_VERIFY, Y.UNVERIFIED, Y.VERIFIED),
        Move(Verb.PEOPLE_VERIFY, Y.ASKED, Y.VERIFIED),
        Move(Verb.PEOPLE_REFUSE, Y.ASKED, Y.REFUSED),
        Move(Verb.PEOPLE_REFUSE, Y.VERIFIED, Y.REFUSED),
    ),
    names={
        Y.UNVERIFIED: N_("Not verified"),
        Y.ASKED: N_("Verification asked for"),
        Y.VERIFIED: N_("Verified"),
        Y.REFUSED: N_("Verification refused"),
    },
)

CHALLENGE = Lifecycle(
    start=C.DRAFT,
    ends=frozenset({C.WITHDRAWN}),
    moves=(
        Move(Verb.CHALLENGES_SUBMIT, C.DRAFT, C.REVIEW),
        Move(Verb.CHALLENGES_SEND_BACK, C.REVIEW, C.DRAFT),
        Move(Verb.CHALLENGES_PUBLISH, C.REVIEW, C.OPEN),
        Move(Verb.CHALLENGES_CALL, C.OPEN, C.CALLED),
        Move(Verb.CHALLENGES_CLOSE, C.OPEN, C.CLOSED),
        Move(Verb.CHALLENGES_CLOSE, C.CALLED, C.CLOSED),
        Move(Verb.CHALLENGES_WITHDRAW, C.DRAFT, C.WITHDRAWN),
        Move(Verb.CHALLENGES_WITHDRAW, C.OPEN, C.WITHDRAWN),
        Move(Verb.CHALLENGES_WITHDRAW, C.CALLED, C.WITHDRAWN),
        Move(Verb.CHALLENGES_WITHDRAW, C.CLOSED, C.WITHDRAWN),
        *(Move(verb, C.DRAFT, C.DRAFT) for verb in (Verb.CHALLENGES_EDIT, Verb.CHALLENGES_PICTURE)),
        Move(Verb.CHALLENGES_DETACH, C.DRAFT, C.DRAFT),
        *(Move(Verb.CHALLENGES_ATTACH, state, state) for state in (C.DRAFT, C.OPEN, C.CALLED)),
        Move(Verb.CHALLENGES_COMMENT, C.REVIEW, C.REVIEW),
        *(Move(Verb.CHALLENGES_ANSWER, state, state) for state in (C.OPEN, C.CALLED, C.CLOSED)),
        *(Move(Verb.CHALLENGES_TELL, state, state) for state in (C.OPEN, C.CALLED, C.CLOSED)),
        *(Move(Verb.CHALLENGES_FOLLOW, state, state) for state in (C.OPEN, C.CALLED, C.CLOSED)),
        *(Move(Verb.CHALLENGES_ASK, state, state) for state in (C.OPEN, C.CALLED)),
        *(Move(Verb.CHALLENGES_INTEREST, state, state) for state in (C.OPEN, C.CALLED)),
    ),
    names={
        C.DRAFT: N_("Draft"),
        C.REVIEW: N_("With the programme manager"),
        C.OPEN: N_("Open"),
        C.CALLED: N_("Consortia form"),
        C.CLOSED: N_("Closed"),
        C.WITHDRAWN: N_("Withdrawn"),
    },
)

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

R = ResultsState
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

CONSORTIUM = Lifecycle(
    start=T.FORMING,
    ends=frozenset({T.DISSOLVED}),
    moves=(
        Move(Verb.CONSORTIA_ACCEPT_CHARTER, T.FORMING, T.AGREED),
        Move(Verb.CONSORTIA_ACCEPT_CHARTER, T.AGREED, T.AGREED),
        Move(Verb.CONSORTIA_WRITE_CHARTER, T.FORMING, T.FORMING),
        Move(Verb.CONSORTIA_WRITE_CHARTER, T.AGREED, T.FORMING),
        Move(Verb.CONSORTIA_DISSOLVE, T.FORMING, T.DISSOLVED),
        Move(Verb.CONSORTIA_DISSOLVE, T.AGREED, T.DISSOLVED),
    ),
    names={T.FORMING: N_("Forming"), T.AGREED: N_("Charter agreed"), T.DISSOLVED: N_("Dissolved")},
)

MEMBERSHIP = Lifecycle(
    start=M.INVITED,
    ends=frozenset({M.DECLINED, M.TURNED_DOWN, M.WITHDRAWN, M.EXPIRED, M.LEFT}),
    moves=(
        Move(Verb.CONSORTIA_ASK, M.INVITED, M.ASKED),
        Move(Verb.CONSORTIA_ACCEPT, M.INVITED, M.ACTIVE),
        Move(Verb.CONSORTIA_DECLINE, M.INVITED, M.DECLINED),
        Move(Verb.CONSORTIA_WITHDRAW, M.INVITED, M.WITHDRAWN),
        Move(Verb.CONSORTIA_EXPIRE, M.INVITED, M.EXPIRED),
        Move(Verb.CONSORTIA_ADMIT, M.ASKED, M.ACTIVE),
        Move(Verb.CONSORTIA_TURN_DOWN, M.ASKED, M.TURNED_DOWN),
        Move(Verb.CONSORTIA_WITHDRAW, M.ASKED, M.WITHDRAWN),
        Move(Verb.CONSORTIA_EXPIRE, M.ASKED, M.EXPIRED),
        Move(Verb.CONSORTIA_LEAVE, M.ACTIVE, M.LEFT),
    ),
    names={
        M.INVITED: N_("Invited"),
        M.ASKED: N_("Asked to join"),
        M.ACTIVE: N_("Member"),
        M.DECLINED: N_("Declined"),
        M.TURNED_DOWN: N_("Turned down"),
        M.WITHDRAWN: N_("Withdrawn"),
        M.EXPIRED: N_("Expired"),
        M.LEFT: N_("Left"),
    },
)

APPLICATION = Lifecycle(
    start=A.DRAFT,
    ends=frozenset({A.AWARDED, A.REJECTED, A.WITHDRAWN}),
    moves=(
        Move(Verb.FUNDING_DESCRIBE, A.DRAFT, A.DRAFT),
        Move(Verb.FUNDING_WRITE, A.DRAFT, A.DRAFT),
        Move(Verb.FUNDING_BUDGET, A.DRAFT, A.DRAFT),
        Move(Verb.FUNDING_DROP_LINE, A.DRAFT, A.DRAFT),
        Move(Verb.FUNDING_FIX, A.DRAFT, A.SIGNING),
        Move(Verb.FUNDING_SIGN, A.SIGNING, A.SIGNING),
        Move(Verb.FUNDING_UNSIGN, A.SIGNING, A.SIGNING),
        Move(Verb.FUNDING_REOPEN, A.SIGNING, A.DRAFT),
        Move(Verb.FUNDING_SUBMIT, A.SIGNING, A.SUBMITTED),
        Move(Verb.FUNDING_WITHDRAW, A.DRAFT, A.WITHDRAWN),
        Move(Verb.FUNDING_WITHDRAW, A.SIGNING, A.WITHDRAWN),
        Move(Verb.FUNDING_WITHDRAW, A.SUBMITTED, A.WITHDRAWN),
        Move(Verb.FUNDING_AWARD, A.SUBMITTED, A.AWARDED),
        Move(Verb.FUNDING_REJECT, A.SUBMITTED, A.REJECTED),
    ),
    names={
        A.DRAFT: N_("In preparation"),
        A.SIGNING: N_("Waiting for sign-off"),
        A.SUBMITTED: N_("Submitted"),
        A.AWARDED: N_("Awarded"),
        A.REJECTED: N_("Not awarded"),
        A.WITHDRAWN: N_("Withdrawn"),
    },
)

PIPELINE = Lifecycle(
    start=P.INTEREST,
    ends=frozenset(),
    moves=(
        Move(Verb.PIPELINE_ADVANCE, P.INTEREST, P.CONSORTIUM),
        Move(Verb.PIPELINE_ADVANCE, P.CONSORTIUM, P.DEVELOPMENT),
        Move(Verb.PIPELINE_ADVANCE, P.DEVELOPMENT, P.APPLICATION),
        Move(Verb.PIPELINE_ADVANCE, P.APPLICATION, P.SUBMITTED),
        Move(Verb.PIPELINE_ADVANCE, P.SUBMITTED, P.FUNDED),
        Move(Verb.PIPELINE_SEND_BACK, P.CONSORTIUM, P.INTEREST),
        Move(Verb.PIPELINE_SEND_BACK, P.DEVELOPMENT, P.CONSORTIUM),
        Move(Verb.PIPELINE_SEND_BACK, P.APPLICATION, P.DEVELOPMENT),
        Move(Verb.PIPELINE_SEND_BACK, P.SUBMITTED, P.APPLICATION),
        Move(Verb.PIPELINE_SEND_BACK, P.FUNDED, P.SUBMITTED),
        *(Move(Verb.PIPELINE_STOP, stage, P.STOPPED) for stage in P if stage is not P.STOPPED),
        Move(Verb.PIPELINE_REVIVE, P.STOPPED, P.CONSORTIUM),
    ),
    names={
        P.INTEREST: N_("Interest"),
        P.CONSORTIUM: N_("Consortium"),
        P.DEVELOPMENT: N_("Development"),
        P.APPLICATION: N_("Application"),
        P.SUBMITTED: N_("Submitted"),
        P.FUNDED: N_("Funded"),
        P.STOPPED: N_("Stopped"),
    },
)

LIFECYCLES: dict[str, Lifecycle[Any]] = {
    "verification": VERIFICATION,
    "challenge": CHALLENGE,
    "workshop": WORKSHOP,
    "results": RESULTS,
    "note": NOTE,
    "cafe": CAFE,
    "skeleton": SKELETON,
    "session": SESSION,
    "registration": REGISTRATION,
    "voice": VOICE,
    "lead": LEAD,
    "presenter": PRESENTER,
    "consortium": CONSORTIUM,
    "membership": MEMBERSHIP,
    "application": APPLICATION,
    "pipeline": PIPELINE,
}
