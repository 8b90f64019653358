"""Everything that can happen to people, their way in, their organisations and their seats."""

from .account import introduce
from .entry import PRESENCE_LASTS, admit, ask_link, revoke, sign_in, sign_out
from .organisations import describe, drop_identifier, identify, register
from .programmes import appoint, found
from .seats import INVITATION_LASTS, SEATS, invite, seat, take_seat, unseat, withdraw_invitation
from .verification import ask_verification, refuse, verify

__all__ = [
    "INVITATION_LASTS",
    "PRESENCE_LASTS",
    "SEATS",
    "admit",
    "appoint",
    "ask_link",
    "ask_verification",
    "describe",
    "drop_identifier",
    "found",
    "identify",
    "introduce",
    "invite",
    "refuse",
    "register",
    "revoke",
    "seat",
    "sign_in",
    "sign_out",
    "take_seat",
    "unseat",
    "verify",
    "withdraw_invitation",
]
