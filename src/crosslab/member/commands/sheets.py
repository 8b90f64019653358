"""Recovery sheets: shown once, to be printed or written to a file of one's own, and repeated before they count."""

from datetime import datetime
from pathlib import Path

from crosslab.ip_vault.fingerprint import fingerprint
from crosslab.ip_vault.passphrase import tidy
from crosslab.member import asking
from crosslab.member.desk import Desk
from crosslab.member.home import write_whole

SHEET = """CROSSLAB RECOVERY SHEET

{name}
Made on {day}

Recovery key
{recovery}
{fingerprint}
Whoever holds this sheet holds these keys. Print it, keep it where you keep deeds, and delete the file.
"""


def show_sheet(desk: Desk, name: str, recovery: str, person: str = "") -> bool:
    """Shows a recovery key, or writes it to `--sheet FILE`; true when it was repeated or the file is written.

    `person` is whose it is, for the fingerprint on it; an organisation's sheet has none. The day is this machine's.
    """
    if desk.args.sheet:
        path = Path(desk.args.sheet)
        write_whole(path, sheet(name, recovery, person).encode())
        desk.show.warn(f"The recovery sheet is in {path}. Print it and delete the file.")
        return True
    desk.show.say(f"The recovery key of {name}. Print or write it down now; it is not shown again:")
    desk.show.secret("recovery", recovery)
    if person:
        desk.show.say(f"The fingerprint that belongs on it: {fingerprint(person)}")
    return asking.repeats_end(recovery)


def sheet(name: str, recovery: str, person: str = "") -> str:
    """The sheet as a text, with what the one that a browser prints has."""
    read_out = f"\nFingerprint, to read out to colleagues\n{fingerprint(person)}\n" if person else ""
    day = f"{datetime.now().astimezone():%Y-%m-%d}"
    return SHEET.format(name=tidy_name(name), recovery=recovery, fingerprint=read_out, day=day)


def tidy_name(name: str) -> str:
    """A name on one line."""
    return " ".join(name.split()) or tidy(name)
