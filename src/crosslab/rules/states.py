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


class ResultsState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"


class NoteState(StrEnum):
    UP = "up"
    TAKEN_BACK = "taken_back"
    REMOVED = "removed"


class SessionState(StrEnum):
    PLANNED = "planned"
    OPEN = "open"
    LIVE = "live"
    OVER = "over"
    CANCELLED = "cancelled"


class RegistrationState(StrEnum):
    """Everybody begins in the queue; with a free place they leave it at once."""

    WAITING = "waiting"
    HELD = "held"  # a place is kept until they say yes
    REGISTERED = "registered"
    LEFT = "left"
    LAPSED = "lapsed"
    TURNED_AWAY = "turned_away"


class VoiceState(StrEnum):
    """Something said in an open session. That it was answered is no state: it is still supported and hidden."""

    UP = "up"
    GROUPED = "grouped"
    HIDDEN = "hidden"
    TAKEN_BACK = "taken_back"


class LeadState(StrEnum):
    """Somebody's wish to hear from an organisation."""

    NEW = "new"
    IN_TALK = "in_talk"
    BECAME = "became"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    ERASED = "erased"


class PresenterState(StrEnum):
    """An organisation that a host asked to present in a session."""

    ASKED = "asked"
    AGREED = "agreed"
    DECLINED = "declined"


class CafeState(StrEnum):
    """A world café: planned, its seats told to everybody, a round under way or between two, and over."""

    SKETCHED = "sketched"
    ANNOUNCED = "announced"
    ROUND = "round"
    BETWEEN = "between"
    ENDED = "ended"


class SkeletonState(StrEnum):
    """A business case that came out of a workshop."""

    DRAFT = "draft"
    OPEN = "open"
    TAKEN_UP = "taken_up"
    LET_GO = "let_go"


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
