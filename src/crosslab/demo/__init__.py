"""The demo world: one cast and one story, used by `make run`, the tests, the screenshots and the docs."""

from .cast import introductions
from .world import World, build_world, world_in

__all__ = ["World", "build_world", "introductions", "world_in"]
