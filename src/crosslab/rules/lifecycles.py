"""What may follow what: from here every lifecycle in the product is found."""

from typing import Any

from .cases import SKELETON
from .engine import Lifecycle, Move
from .open_sessions import REGISTRATION, SESSION
from .states import (
    ApplicationState,
    ChallengeState,
    ConsortiumState,
    MembershipState,
    Stage,
    Verification,
)
from .verbs import Verb
from .voices import LEAD, PRESENTER, VOICE
from .words import N_
from .workshops import CAFE, NOTE, RESULTS, WORKSHOP

Y, C, T, M, A, P = Verification, ChallengeState, ConsortiumState, MembershipState, ApplicationState, Stage

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
