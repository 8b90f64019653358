"""Everything that can happen to a challenge: writing it, reviewing it, talking about it, joining in."""

from .drafts import attach, detach, draft, edit, picture, submit
from .joining import follow, interest, unfollow, withdraw_interest
from .review import call, close, comment, publish, send_back, withdraw
from .talk import answer, ask, tell

__all__ = [
    "answer",
    "ask",
    "attach",
    "call",
    "close",
    "comment",
    "detach",
    "draft",
    "edit",
    "follow",
    "interest",
    "picture",
    "publish",
    "send_back",
    "submit",
    "tell",
    "unfollow",
    "withdraw",
    "withdraw_interest",
]
