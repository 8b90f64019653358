"""Questions of the desk: what a person was told, what is theirs, what they find, how the house runs."""

from .destination import destination
from .inbox import Notice, event_told, inbox, newest, read_until, unread
from .mine import Link, Mine, mine
from .running import Health, Running, health, running
from .search import Found, search
from .verdict import Verdict, sample, verdict

__all__ = [
    "Found",
    "Health",
    "Link",
    "Mine",
    "Notice",
    "Running",
    "Verdict",
    "destination",
    "event_told",
    "health",
    "inbox",
    "mine",
    "newest",
    "read_until",
    "running",
    "sample",
    "search",
    "unread",
    "verdict",
]
