"""World-café seating: designs without repeats where they exist, a search elsewhere, repair while it is on."""

from .mending import changed, repair
from .plan import Guest, Rounds, Worth, floor, worth
from .planning import CannotSeat, proposal, seat, shuffled

__all__ = [
    "CannotSeat",
    "Guest",
    "Rounds",
    "Worth",
    "changed",
    "floor",
    "proposal",
    "repair",
    "seat",
    "shuffled",
    "worth",
]
