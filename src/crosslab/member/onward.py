"""From one log to the next: a machine that has seen the first goes on, and one that has seen nothing reads them all.

A log that has ended needs no trust of its own: the next one's first entry names its last checkpoint by hash. So the
newest key alone must come from where keys come from.
"""

from itertools import pairwise
from typing import Any

from crosslab.ip_vault import note
from crosslab.ip_vault.client.following import Follower
from crosslab.ip_vault.client.memory import Memory
from crosslab.ip_vault.client.troubles import Trouble, tampered
from crosslab.ip_vault.errors import VaultError

from .door import NEWEST, Door
from .home import Home


def begin(home: Home, door: Door, newest: note.Signer) -> None:
    """A machine that has seen nothing yet reads the logs that ended, so that it knows what chains grew out of."""
    logs = door.logs()
    if len(logs) < 2:
        return
    with home.alone():
        keep(home, Memory(), onward(door, Follower(signer(logs[0])), logs, newest))


def onward(door: Door, follower: Follower, logs: list[dict[str, Any]], newest: note.Signer) -> Follower:
    """Every log of these read to its end and verified, one after the other; then the newest, from its beginning on."""
    for here, after in pairwise(logs):
        door.log = f"{NEWEST}/{int(here['number'])}"
        follower = follower.cross(door, newest if after is logs[-1] else signer(after))
    door.log = NEWEST
    follower.sync(door, [])
    return follower


def keep(home: Home, before: Memory, follower: Follower) -> None:
    """Remembers which log is followed now, where those before it ended, and what was verified."""
    ended = [
        {"name": each.name, "end": each.end, "last": each.last.decode()} for each in follower.log.earlier
    ]
    log = follower.log.signer
    home.remember(vkey=note.vkey(log.name, log.public), earlier=ended)
    home.save(follower.memory, before)


def signer(told: dict[str, Any]) -> note.Signer:
    """The key of a log as the server tells it. Raises `Tampered` for what is no key."""
    try:
        return note.parse_vkey(str(told.get("vkey", "")))
    except VaultError as error:
        raise tampered(Trouble.OTHER_LOG, str(error)) from error
