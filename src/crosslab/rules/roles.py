"""The words for seats: what a person is at a place, what people call it, and what follows from it."""

from enum import StrEnum

from .words import N_


class Role(StrEnum):
    """A seat: what a person is at a place."""

    # at an organisation
    SIGNATORY = "signatory"  # binds the organisation
    CONTRIBUTOR = "contributor"  # works for it
    FINANCE = "finance"  # answers for its figures
    READER = "reader"  # may look on
    # at a programme
    MANAGER = "manager"  # runs the programme
    # at a consortium, derived from the seats in its member organisations
    LEAD = "lead"  # signatory of the lead partner
    PARTNER = "partner"  # signatory of a member
    MEMBER = "member"  # signatory or contributor of a member
    TREASURER = "treasurer"  # answers for a member's figures
    ONLOOKER = "onlooker"  # holds any seat in a member
    # at a workshop or an open session
    FACILITATOR = "facilitator"  # runs the room
    PARTICIPANT = "participant"  # holds a card or a place there, with or without an account
    # at oneself
    SELF = "self"
    # everywhere
    STEWARD = "steward"  # runs the platform
    PERSON = "person"  # anyone signed in
    VISITOR = "visitor"  # anyone at all


ROLE_NAMES: dict[Role, str] = {
    Role.SIGNATORY: N_("Signatory"),
    Role.CONTRIBUTOR: N_("Contributor"),
    Role.FINANCE: N_("Finance"),
    Role.READER: N_("Reader"),
    Role.MANAGER: N_("Programme manager"),
    Role.LEAD: N_("Lead partner"),
    Role.PARTNER: N_("Partner"),
    Role.MEMBER: N_("Member"),
    Role.TREASURER: N_("Finance of a partner"),
    Role.ONLOOKER: N_("Anyone in the consortium"),
    Role.FACILITATOR: N_("Facilitator"),
    Role.PARTICIPANT: N_("Participant"),
    Role.SELF: N_("You yourself"),
    Role.STEWARD: N_("Steward"),
    Role.PERSON: N_("Anyone signed in"),
    Role.VISITOR: N_("Anyone"),
}
"""What people call the roles."""

IN_CONSORTIUM: dict[Role, frozenset[Role]] = {
    Role.SIGNATORY: frozenset({Role.PARTNER, Role.MEMBER, Role.TREASURER, Role.ONLOOKER}),
    Role.CONTRIBUTOR: frozenset({Role.MEMBER, Role.ONLOOKER}),
    Role.FINANCE: frozenset({Role.TREASURER, Role.ONLOOKER}),
    Role.READER: frozenset({Role.ONLOOKER}),
}
"""What a seat in a member organisation makes a person in the consortium. The lead partner's signatory is also LEAD."""
