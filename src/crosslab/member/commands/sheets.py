"""Recovery sheets: shown once, to be printed or written to a file of one's own, and repeated before they count."""

from pathlib import Path

from crosslab.ip_vault.passphrase import tidy
from crosslab.member import asking
from crosslab.member.desk import Desk
from crosslab.member.home import write_whole

SHEET = """CROSSLAB RECOVERY SHEET

{name}

{recovery}

Whoever holds this sheet holds these keys. Print it, keep it where you keep deeds, and delete the file.
"""


def show_sheet(desk: Desk, name: str, recovery: str) -> bool:
    """Shows a recovery key, or writes it to `--sheet FILE`; true when it was repeated or the file is written."""
    if desk.args.sheet:
        path = Path(desk.args.sheet)
        write_whole(path, SHEET.format(name=tidy_name(name), recovery=recovery).encode())
        desk.show.warn(f"The recovery sheet is in {path}. Print it and delete the file.")
        return True
    desk.show.say(f"The recovery key of {name}. Print or write it down now; it is not shown again:")
    desk.show.secret("recovery", recovery)
    return asking.repeats_end(recovery)


def tidy_name(name: str) -> str:
    """A name on one line."""
    return " ".join(name.split()) or tidy(name)
