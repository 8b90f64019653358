"""The rows of the rule book, room by room, put together. Every verb has exactly one row."""

from crosslab.rules.engine import Rule
from crosslab.rules.verbs import Verb

from . import challenges, consortia, desk, funding, people, pipeline, sessions, voices, workshops, workspace

ROOMS = (people, challenges, workshops, sessions, voices, consortia, workspace, funding, pipeline, desk)
RULES: dict[Verb, Rule] = {Verb(rule.verb): rule for room in ROOMS for rule in room.ROWS}

if set(RULES) != set(Verb) or len(RULES) != sum(len(room.ROWS) for room in ROOMS):
    raise ValueError("every verb has exactly one row in the rule book")

__all__ = ["RULES"]
