"""Every change around an open session."""

from .calendars import end_feed, renew_feed
from .door import mark, seat, turn_away
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
from .moderation import (
    answer,
    bring_in,
    group,
    hand_on,
    hide,
    mark_answered,
    pin,
    set_terms,
    ungroup,
    unhide,
    unpin,
)
from .placing import admit, lapse, offer
from .planning import appoint, copy, describe, dismiss, plan
from .registering import amend, confirm, erase, leave, register
from .running import begin, cancel, close, finish, publish, reopen
from .series import describe_series, repeat, start_series
from .voices import come_in, rate, rephrase, say, support, unsay, unsupport

__all__ = [
    "admit",
    "amend",
    "answer",
    "appoint",
    "become",
    "begin",
    "bring_in",
    "cancel",
    "close",
    "close_lead",
    "come_in",
    "confirm",
    "copy",
    "describe",
    "describe_series",
    "dismiss",
    "end_feed",
    "erase",
    "erase_lead",
    "finish",
    "group",
    "hand_on",
    "hide",
    "lapse",
    "leave",
    "leave_lead",
    "mark",
    "mark_answered",
    "note_lead",
    "offer",
    "pin",
    "plan",
    "plan_lead",
    "prepare",
    "publish",
    "rate",
    "register",
    "renew_feed",
    "reopen",
    "repeat",
    "rephrase",
    "say",
    "seat",
    "set_terms",
    "start_series",
    "sum_up",
    "support",
    "talk",
    "turn_away",
    "ungroup",
    "unhide",
    "unpin",
    "unsay",
    "unsupport",
    "withdraw_lead",
    "write_lead",
]
