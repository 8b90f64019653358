"""Every state in the product, by the kind of thing that can be in it. What may follow what is in `lifecycles`."""

from enum import StrEnum


class Verification(StrEnum):
    UNVERIFIED = "unverified"
    ASKED = "asked"
    VERIFIED = "verified"
    REFUSED = "refused"


class ChallengeState(StrEnum):
    DRAFT = "draft"
    REVIEW = "review"
    OPEN = "open"
    CALLED = "called"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Step(StrEnum):
    """The steps of a workshop, in order. Between planned and over they follow one another and can be gone back."""

    PLANNED = "planned"
    WRITING = "writing"
    LINKING = "linking"
    THEMES = "themes"
    VOTING = "voting"
    CALLING = "calling"
    OVER = "over"
    CANCELLED = "cancelled"


class NoteState(StrEnum):
    UP = "up"
    TAKEN_BACK = "taken_back"
    REMOVED = "removed"


class ConsortiumState(StrEnum):
    FORMING = "forming"
    AGREED = "agreed"
    DISSOLVED = "dissolved"


class MembershipState(StrEnum):
    INVITED = "invited"
    ASKED = "asked"
    ACTIVE = "active"
    DECLINED = "declined"
    TURNED_DOWN = "turned_down"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    LEFT = "left"


class ApplicationState(StrEnum):
    DRAFT = "draft"
    SIGNING = "signing"
    SUBMITTED = "submitted"
    AWARDED = "awarded"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Stage(StrEnum):
    INTEREST = "interest"
    CONSORTIUM = "consortium"
    DEVELOPMENT = "development"
    APPLICATION = "application"
    SUBMITTED = "submitted"
    FUNDED = "funded"
    STOPPED = "stopped"
