"""Work for a process of its own: what needs much memory, or reads what strangers sent.

Whatever it loads and whatever it breaks is gone when it ends, and the house serves on. Such a program lies in a
file of its own, imports nothing of the house, reads its standard input and writes its standard output.
"""

import logging
import subprocess
import sys
import threading
from pathlib import Path

log = logging.getLogger(__name__)
PATIENCE = 60.0  # seconds
CANNOT = 3  # how such a program ends when what it was given is at fault
TURNS = threading.BoundedSemaphore(2)
"""Two at a time: each may need as much memory as the house itself."""


class Cannot(Exception):
    """The program has read what it was given and can make nothing of it. Its words say why."""


def aside(program: Path, given: bytes) -> bytes:
    """What the program makes of these bytes. Raises `Cannot`, also when it dies of them or does not come to an end."""
    call = [sys.executable, "-P", str(program)]
    try:
        with TURNS:
            done = subprocess.run(call, input=given, capture_output=True, timeout=PATIENCE, check=False)  # noqa: S603 - ours
    except subprocess.TimeoutExpired:
        raise Cannot from None
    if done.returncode == CANNOT:
        raise Cannot(done.stdout.decode())
    if done.returncode < 0:
        log.warning("%s died of what it was given: signal %s", program.name, -done.returncode)
        raise Cannot
    done.check_returncode()
    return done.stdout
