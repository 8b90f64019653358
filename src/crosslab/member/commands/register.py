"""The register itself: following it, watching it, vouching for it, and what shows that it lied."""

import time
from argparse import ArgumentParser
from pathlib import Path

from crosslab.ip_vault import note, witness
from crosslab.ip_vault.client.following import Follower
from crosslab.ip_vault.client.troubles import Tampered, read_proof, stands, write_proof
from crosslab.ip_vault.returns import write_return
from crosslab.member import papertrail
from crosslab.member.changes import look
from crosslab.member.desk import Command, Desk
from crosslab.member.door import Door
from crosslab.member.giving import keep_all, what_is_here
from crosslab.member.home import write_whole
from crosslab.member.onward import keep, onward
from crosslab.member.stops import LOG_KEY, Code, Stop, nothing, typed
from crosslab.member.vault import Vault


def sync(desk: Desk) -> None:
    """Read everything that is new and verify all of it: checkpoint, entries, chains, forks, signatures, rules."""
    vault = desk.seen()
    keep_all(vault)
    told = _look(desk, vault)
    state = vault.state
    desk.show.say(
        f"All holds: {len(vault.follower.memory.entries)} entries, {len(state.chains)} chains, "
        f"{len(vault.known)} statements read."
    )
    if vault.session["person"].get("vault_id"):
        rows = papertrail.waiting(vault)
        desk.show.table("waiting", papertrail.WAITING, rows, "Nothing waits for your word.")
    desk.show.result(entries=len(vault.follower.memory.entries), chains=len(state.chains), changes=told)


def _watches(parser: ArgumentParser) -> None:
    parser.add_argument("--every", type=float, default=60, help="seconds between two looks")
    parser.add_argument("--once", action="store_true", help="look once and end")


def monitor(desk: Desk) -> None:
    """Look again and again, and say what changed: keys, people, members, readers, releases. Ends when a proof fails."""
    vault = Vault(desk.home, desk.door())
    while True:
        try:
            vault.sync()
            keep_all(vault)
        except Stop as stop:
            if desk.args.once or stop.code is not Code.NETWORK:
                raise
            desk.show.warn(stop.sentence)
        else:
            desk.show.result(changes=_look(desk, vault))
            if not desk.args.once:
                desk.show.flush()
        if desk.args.once:
            return
        time.sleep(desk.args.every)


def _look(desk: Desk, vault: Vault) -> list[str]:
    told = look(desk.home, vault.state)
    for each in told:
        desk.show.say(each)
    return told


def _trusts(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--witness", action="append", default=[], help="a witness's verifier key; give all of them"
    )
    parser.add_argument("--quorum", type=int, default=0, help="how many of them must have seen a checkpoint")


def trust(desk: Desk) -> None:
    """Ask from now on that so many of these witnesses have seen every checkpoint. None: ask for none."""
    if desk.args.quorum > len(desk.args.witness):
        raise Stop(Code.USAGE, "There are fewer witnesses than must have signed.")
    for each in desk.args.witness:
        typed(each, witness.parse_vkey, "the verifier key of a witness")
    desk.home.remember(witnesses=desk.args.witness, quorum=desk.args.quorum)
    desk.show.result(witnesses=desk.args.witness, quorum=desk.args.quorum)


def _successor(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--log-key", required=True, help="the new log's verifier key, from elsewhere than the server"
    )


def go_on(desk: Desk) -> None:
    """The log has ended and another follows it: verify the old one to its end, and that the new one begins there."""
    door, old = desk.door(), note.parse_vkey(str(desk.home.settings()["vkey"]))
    new, logs = typed(desk.args.log_key, note.parse_vkey, LOG_KEY), door.logs()
    seen = next((at for at, each in enumerate(logs) if each.get("origin") == old.name), None)
    if seen is None or old == new:
        raise Stop(Code.NOTHING, "The log that this machine follows has no successor on this server.")
    with desk.home.alone():
        before = desk.home.load()
        follower = Follower(old, before, earlier=desk.home.earlier())
        keep(desk.home, before, onward(door, follower, logs[seen:], new))
    desk.seen()
    desk.show.say(f"{old.name} was verified to its end; this machine follows {new.name} now.")
    desk.show.result(log=new.name, ended=old.name)


def _gives(parser: ArgumentParser) -> None:
    parser.add_argument("--to", type=Path, help="write it to this file, to be sent to the operator by hand")


def give_back(desk: Desk) -> None:
    """Hand back to the register what it has lost, as after a restored backup, as far as this machine holds it.

    Nothing of it is new to the server: entries it has signed, statements it was handed, small files it stored.
    """
    settings = desk.home.settings()
    if "vkey" not in settings:
        raise nothing("This machine has not followed a register yet.")
    log, door = note.parse_vkey(str(settings["vkey"])), desk.door()
    given = what_is_here(desk.home, log.name, _left(door, log.name, by_hand=bool(desk.args.to)))
    data = write_return(given)
    if desk.args.to:
        write_whole(desk.args.to, data)
    else:
        door.session()
        door.give_back(data)
    last = given.first + len(given.entries)
    desk.show.say(
        f"Handed back: entries {given.first} to {last - 1}, {len(given.notes)} statements, "
        f"{len(given.files)} sealed keys. The operator takes them in."
    )
    told = {"entries": len(given.entries), "statements": len(given.notes), "files": len(given.files)}
    desk.show.result(first=given.first, **told, path=str(desk.args.to or ""))


def _left(door: Door, log: str, *, by_hand: bool) -> int:
    """How many entries the server still has; none that we know of, when it does not answer and need not."""
    try:
        return next((int(each["size"]) for each in door.logs() if each.get("origin") == log), 0)
    except Stop as stop:
        if not by_hand or stop.code is not Code.NETWORK:
            raise
        return 0


def _proofs(parser: ArgumentParser) -> None:
    parser.add_argument(
        "proof", nargs="?", default="", help="a proof to check; the one kept here if none is given"
    )
    parser.add_argument("--log-key", default="", help="the log's verifier key")


def proof(desk: Desk) -> None:
    """What shows that the register misbehaved: where it lies, and whether it convicts the log by itself."""
    path = Path(desk.args.proof) if desk.args.proof else desk.home.folder / "proof-of-misbehaviour.json"
    if not path.exists():
        raise Stop(Code.NOTHING, "There is no proof of misbehaviour here. That is good.")
    found = read_proof(path.read_bytes())
    log = typed(
        desk.args.log_key or str(desk.home.settings().get("vkey") or found.log), note.parse_vkey, LOG_KEY
    )
    by_itself = stands(found, log)
    desk.show.say(f"{found.sentence} {found.detail}")
    desk.show.say(
        "It proves this by itself." if by_itself else "It shows what was served; compare it with others."
    )
    desk.show.result(trouble=str(found.trouble), sentence=found.sentence, by_itself=by_itself, path=str(path))


def keep_proof(desk: Desk, caught: Tampered) -> Path:
    """Puts the proof where it can be found, once, and never over another one."""
    data, folder = write_proof(caught.proof), desk.home.folder
    for kept in folder.glob("proof-of-misbehaviour*.json"):
        if kept.read_bytes() == data:
            return kept
    base = folder / "proof-of-misbehaviour.json"
    path = base if not base.exists() else folder / f"proof-of-misbehaviour-{time.time_ns()}.json"
    write_whole(path, data)
    return path


COMMANDS = (
    Command("sync", sync),
    Command("monitor", monitor, _watches),
    Command("trust", trust, _trusts),
    Command("go-on", go_on, _successor),
    Command("give-back", give_back, _gives),
    Command("proof", proof, _proofs),
)
