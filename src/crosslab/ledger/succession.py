"""One log ends and the next begins: after a break-in, a lost key, or a backup that cannot be made whole.

The old log is signed a last time; the new one, under a fresh key, begins with the hash of that checkpoint. Nothing
is copied and nothing is said again: chains run on over the border, indices of the register count on, and every
receipt stays good under the last checkpoint of its log. The old key is then of no use and may be destroyed.
"""

import re
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Engine

from crosslab.core.db import session, transaction
from crosslab.core.errors import Refused
from crosslab.core.settings import Settings, Unfit
from crosslab.ip_vault import tlog
from crosslab.rules import N_

from . import log
from .keeper import keeper
from .tables import LogHead
from .witnesses import keep_issued

NUMBERED = re.compile(r"(.*?)([0-9]{1,6})")


@dataclass(frozen=True)
class Next:
    """The log that goes on: what to put into the settings, and what to publish."""

    origin: str
    log_key: str
    vkey: str


def next_settings(given: Settings) -> Settings:
    """The settings of the log after this one: its number is one higher, its key lies beside the old one."""
    found = NUMBERED.fullmatch(given.log_origin)
    if found is None:
        raise Unfit(
            f"CROSSLAB_LOG_ORIGIN is “{given.log_origin}”. A log that is followed by another ends with a number."
        )
    number = int(found[2]) + 1
    key = Path(given.log_key).with_name(f"log{number}.key")
    return replace(given, log_origin=f"{found[1]}{number}", log_key=str(key))


def roll_over(engine: Engine, given: Settings, *, lost: bool = False) -> Next:
    """End the log and begin the next. Nobody may be served meanwhile.

    `lost` says that the newest entries are known to be gone: then what is left is signed, though more was vouched
    for once. Raises `Halted` when the log is not what it should be otherwise, `Refused` when it is empty.
    """
    after = next_settings(given)
    old, new = keeper(given), keeper(after)
    with transaction(engine) as db:
        head = log.locked(db)
        if not head.size:
            raise Refused(N_("The log is empty. There is nothing to end."))
        last = old.last(db, lost=lost)
        keep_issued(db, head.id, last)
        head.origin, head.vkey, head.ended = old.origin, old.vkey, last.decode()
        db.add(head)
        db.add(LogHead(id=head.id + 1, base=head.base + head.size))
        db.flush()
        log.append(db, [tlog.previous_log_entry(last)])
    with session(engine, read_only=True) as db:
        new.checkpoint(db)
    old.end()
    return Next(new.origin, after.log_key, new.vkey)
