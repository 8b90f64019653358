"""What the running house carries: its database, its files, its bell, and how it knows who is there."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import timedelta
from weakref import WeakKeyDictionary

from jinja2 import Environment
from sqlalchemy import Engine
from sqlmodel import Session

from crosslab.core.actor import Actor
from crosslab.core.bell import Bell
from crosslab.core.files import Files
from crosslab.core.hub import Hubs
from crosslab.core.pace import Pace
from crosslab.core.settings import Settings
from crosslab.core.shelf import Shelf
from crosslab.ledger.gathering import Gathering
from crosslab.ledger.history import History
from crosslab.ledger.keeper import Keeper

COOKIE = "crosslab"
VISITOR_COOKIE = "crosslab_visitor"
SAID_COOKIE = "crosslab_said"
LANGUAGE_COOKIE = "crosslab_language"
MOST_BUNDLES, A_MINUTE = 10, timedelta(minutes=1)
MOST_REGISTRATIONS, MOST_GUESSES = 20, 200
MOST_POSTS, A_MOMENT = 20, timedelta(seconds=20)
MOST_PAPERS = 12  # printed reports of some 100 kB that a process keeps
THEME_COOKIE = "crosslab_theme"
CARD_COOKIE = "crosslab_card"
LETTER_COOKIE = "crosslab_letter"


@dataclass
class Door:
    """Made once by the roof. `who` tells the actor from a session cookie; `unread` counts the inbox."""

    engine: Engine
    settings: Settings
    files: Files
    templates: Environment
    keeper: Keeper
    history: History
    who: Callable[[Session, str], Actor]
    unread: Callable[[Session, Actor], int]
    bell: Bell = field(default_factory=Bell)
    bundles: Pace = field(default_factory=lambda: Pace(MOST_BUNDLES, A_MINUTE))
    registrations: Pace = field(default_factory=lambda: Pace(MOST_REGISTRATIONS, 10 * A_MINUTE))
    guesses: Pace = field(default_factory=lambda: Pace(MOST_GUESSES, 10 * A_MINUTE))
    posts: Pace = field(default_factory=lambda: Pace(MOST_POSTS, A_MOMENT))
    papers: Shelf = field(default_factory=lambda: Shelf(MOST_PAPERS))
    gathering: Gathering = field(init=False)
    hubs: Hubs = field(init=False)
    _turns: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Lock] = field(
        default_factory=WeakKeyDictionary
    )

    def __post_init__(self) -> None:
        """What is handed in goes where everything else of this house goes."""
        self.gathering = Gathering(self.engine, self.history, self.keeper, self.bell)
        self.hubs = Hubs(self.bell)

    def turn(self) -> AbstractAsyncContextManager[None]:
        """The turn to write: one at a time on SQLite, everybody at once elsewhere."""
        if self.engine.dialect.name != "sqlite":
            return nullcontext()
        return self._turns.setdefault(asyncio.get_running_loop(), asyncio.Lock())
