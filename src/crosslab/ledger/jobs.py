"""What the log does by itself: ask witnesses and time-stamping authorities, and read itself through at night."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Engine
from sqlmodel import Session

from crosslab.core.clock import now
from crosslab.core.settings import Settings

from . import checking, releases, stamping, witnesses
from .keeper import Halted, Keeper
from .stamping import Authority
from .witnesses import Known

logger = logging.getLogger(__name__)
EVERY = {"ledger.push": timedelta(minutes=1), "ledger.stamp": timedelta(minutes=15)}
"""How often at most others are asked. They are asked only when there is something new for them."""


@dataclass(frozen=True)
class Ledger:
    """The log at work beside the requests. Nothing of this holds up whoever hands something in."""

    engine: Engine
    keeper: Keeper
    origin: str
    witnesses: tuple[Known, ...]
    authorities: tuple[Authority, ...]

    @classmethod
    def of(cls, engine: Engine, keeper: Keeper, given: Settings) -> "Ledger":
        """With the witnesses and authorities of the settings. Raises `Unfit` when one of them cannot be right."""
        known, asked = witnesses.listed(given.witnesses), stamping.authorities(given.tsa)
        return cls(engine, keeper, given.log_origin, known, asked)

    def wanted(self, db: Session) -> Iterator[tuple[str, int]]:
        """The jobs that something is there to do for, each with the stretch of time it is done once in."""
        there = {
            "ledger.push": bool(witnesses.waiting(db, self.witnesses)),
            "ledger.stamp": bool(stamping.due(db, self.authorities)),
        }
        for name, every in EVERY.items():
            if there[name]:
                yield name, int(now().timestamp() // every.total_seconds())

    def remember(self, db: Session, manifest: bytes) -> None:
        """Put the bundle that is served into the register, once; not while the log is halted."""
        try:
            if releases.remember(db, self.keeper, manifest):
                logger.info("a release of the vault's page stands in the register now")
        except Halted as halted:
            logger.error("the log is halted: %s", halted)

    def push(self) -> dict[str, str]:
        """Ask the witnesses for their lines. While the log is halted nobody is asked for anything."""
        try:
            return witnesses.push(self.engine, self.keeper, self.witnesses)
        except Halted as halted:
            logger.error("the log is halted: %s", halted)
            return {}

    def stamp(self) -> dict[str, str]:
        """Ask the authorities for the time."""
        try:
            return stamping.stamp(self.engine, self.keeper, self.authorities)
        except Halted as halted:
            logger.error("the log is halted: %s", halted)
            return {}

    def check(self) -> None:
        """Read the register from beginning to end, and remember what did not fit."""
        checking.check(self.engine, self.keeper)
