"""Giving back: what a register lost, as after a restored backup, is on the machines of its members.

A machine has every entry it has verified, the checkpoint over them, the texts that were for it, and the small
sealed files it sent, opened, or fetched to keep. All of it was the server's before, and none of it is a secret to it.
"""

from collections.abc import Iterator

from crosslab.ip_vault import tlog
from crosslab.ip_vault.client.look import Known
from crosslab.ip_vault.ids import digest
from crosslab.ip_vault.returns import Return
from crosslab.ip_vault.statements import attachments, parse

from .home import Home
from .stops import Code, Stop, nothing
from .vault import Vault


def keep_all(vault: Vault) -> None:
    """Fetches the small sealed files that are for us and not kept here yet: grants to us or by us, keys of ours."""
    for known in list(vault.known.values()):
        if not _is_ours(vault, known):
            continue
        for name, _ in attachments(known.said):
            if vault.home.kept(name) is None:
                _fetch(vault, name)


def _fetch(vault: Vault, name: str) -> None:
    try:
        vault.small_file(name)
    except Stop as stop:
        if stop.code is not Code.NOTHING:  # what was released to us is not handed out after its end
            raise


def _is_ours(vault: Vault, known: Known) -> bool:
    me = str(vault.session["person"].get("vault_id") or "")
    mine = {each.id for each in vault.state.organisations.values() if me in each.people}
    said = known.said
    return said.chain in mine or (
        said.type == "grant" and bool({said.org, str(said.body["to"])} & {*mine, me})
    )


def what_is_here(home: Home, log: str, first: int) -> Return:
    """What this machine can hand back of a log from a place on. Stops when that is nothing."""
    memory, ended, last = home.load(), home.earlier(), home.ends_under()
    base = ended[-1].end if ended else 0
    entries = memory.entries[base + first :]
    whole = last and tlog.parse_checkpoint(last)
    if not whole or whole.origin != log or whole.size != len(memory.entries) - base or not entries:
        raise nothing("This machine holds nothing that the register does not have.")
    wanted = {tlog.parse_entry(each).note for each in entries} - {""}
    rows = (row for rows in memory.chains.values() for row in rows)
    notes = sorted({row.note for row in rows if row.note is not None and digest(row.note) in wanted})
    return Return(log, first, tuple(entries), last, tuple(notes), tuple(_files(home, notes)))


def _files(home: Home, notes: list[bytes]) -> Iterator[bytes]:
    for note in notes:
        for name, _ in attachments(parse(note)[0]):
            file = home.kept(name)
            if file is not None:
                yield file
