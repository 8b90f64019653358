"""Every change in an open session."""

from .follow_ups import prepare, sum_up
from .leads import (
    become,
    close_lead,
    erase_lead,
    leave_lead,
    note_lead,
    plan_lead,
    talk,
    withdraw_lead,
    write_lead,
)
from .moderation import answer, group, hand_on, hide, mark_answered, pin, set_terms, ungroup, unhide, unpin
from .voices import come_in, rate, rephrase, say, support, unsay, unsupport

__all__ = [
    "answer",
    "become",
    "close_lead",
    "come_in",
    "erase_lead",
    "group",
    "hand_on",
    "hide",
    "leave_lead",
    "mark_answered",
    "note_lead",
    "pin",
    "plan_lead",
    "prepare",
    "rate",
    "rephrase",
    "say",
    "set_terms",
    "sum_up",
    "support",
    "talk",
    "ungroup",
    "unhide",
    "unpin",
    "unsay",
    "unsupport",
    "withdraw_lead",
    "write_lead",
]
