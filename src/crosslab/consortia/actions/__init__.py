"""Everything that can happen to a consortium: forming, joining and leaving, the lead, the charter."""

from .agreeing import accept_charter, write_charter
from .forming import describe, dissolve, drop_role, seek, start
from .joining import accept, admit, ask, decline, expire, invite, leave, turn_down, withdraw
from .leading import offer_lead, take_lead
from .tracing import trace

__all__ = [
    "accept",
    "accept_charter",
    "admit",
    "ask",
    "decline",
    "describe",
    "dissolve",
    "drop_role",
    "expire",
    "invite",
    "leave",
    "offer_lead",
    "seek",
    "start",
    "take_lead",
    "trace",
    "turn_down",
    "withdraw",
    "write_charter",
]
