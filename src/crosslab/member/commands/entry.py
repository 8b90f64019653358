"""Getting in: signing in through the browser, making keys, unlocking, coming back from paper."""

import hashlib
import platform
import time
from argparse import ArgumentParser
from secrets import token_bytes, token_urlsafe
from urllib.parse import quote, urlsplit

from crosslab.ip_vault import keys
from crosslab.ip_vault.client import create_person, lock
from crosslab.ip_vault.client.pen import Pen
from crosslab.ip_vault.fingerprint import fingerprint
from crosslab.ip_vault.grants import IdentityFile
from crosslab.ip_vault.logins import machine_code
from crosslab.ip_vault.note import parse_vkey
from crosslab.ip_vault.passphrase import generate
from crosslab.ip_vault.replay import State
from crosslab.member import papertrail
from crosslab.member.desk import Command, Desk
from crosslab.member.door import Door
from crosslab.member.stops import LOG_KEY, Code, Stop, locked, nothing, refused, typed
from crosslab.member.vault import Vault

from .sheets import show_sheet

WAIT = 600  # seconds until a login is given up


def _login_takes(parser: ArgumentParser) -> None:
    parser.add_argument("url", help="the address of the house, https://…")
    parser.add_argument("--log-key", default="", help="the log's verifier key, if you have it on paper")
    parser.add_argument("--wait", type=int, default=WAIT, help="seconds to wait for the browser")


def login(desk: Desk) -> None:
    """Sign in on this machine: shows a link and a code, which you confirm in a browser where you are signed in.

    The token is made here. The link holds its hash alone, and the token opens nothing before you said yes.
    """
    url = _address(desk.args.url)
    token = token_urlsafe(32)
    known = desk.home.settings()
    if known.get("url") not in (None, url):
        raise refused(f"This folder belongs to {known['url']}. Use another one: --home FOLDER")
    if desk.args.log_key:
        typed(desk.args.log_key, parse_vkey, LOG_KEY)
        desk.home.remember(vkey=desk.args.log_key)
    _show_link(desk, url, token)
    door = desk.knock(url, token)
    session = _wait(door, desk.args.wait)
    desk.home.remember(url=url)
    desk.home.write("session", token.encode())
    Vault(desk.home, door)
    desk.show.say(f"You are signed in as {session['person']['name']}.")
    desk.show.result(person=session["person"]["name"], url=url, log=session["log"])


def _show_link(desk: Desk, url: str, token: str) -> None:
    hashed = hashlib.sha256(token.encode()).hexdigest()
    name = quote(platform.node()[:60] or "a machine")
    desk.show.warn("Open this link in a browser where you are signed in, and type the code there:")
    desk.show.warn(f"  {url}/account/machines/new?key={hashed}&at={int(time.time())}&name={name}")
    desk.show.warn(f"  code: {machine_code(hashed)}")


def _wait(door: Door, seconds: int) -> dict[str, dict[str, str]]:
    until = time.monotonic() + seconds
    while True:
        try:
            return door.session()
        except Stop as stop:
            if stop.code is not Code.LOCKED or time.monotonic() > until:
                raise
        time.sleep(min(2.0, max(0.05, seconds / 100)))


def _address(text: str) -> str:
    parts = urlsplit(text)
    local = parts.hostname in ("127.0.0.1", "localhost", "::1")
    if parts.scheme not in ("https", "http") or not parts.hostname or (parts.scheme == "http" and not local):
        raise Stop(Code.USAGE, "Give the address as https://… (http only on your own machine).")
    return f"{parts.scheme}://{parts.netloc}"


def logout(desk: Desk) -> None:
    """Forget the session on this machine. Pins and the sealed root stay. End it under Account, Signed-in browsers."""
    if desk.home.read("session") is None:
        raise nothing("Nobody is signed in here.")
    desk.home.forget("session")
    desk.show.say("Signed out here. To end the session on the server too: Account, Signed-in browsers.")


def status(desk: Desk) -> None:
    """Who you are here, which log this machine follows, and how far it has seen it."""
    vault = desk.seen()
    person = vault.session["person"]
    desk.show.say(f"{person['name']} at {vault.door.url}")
    desk.show.say(f"log: {vault.session['log']['vkey']}")
    desk.show.say(
        f"{len(vault.follower.memory.entries)} entries verified; {vault.state.index} is the last that bears on you"
    )
    mine = str(person.get("vault_id") or "")
    if mine:
        desk.show.say(f"fingerprint: {fingerprint(mine)}")
        desk.show.table(
            "waiting", papertrail.WAITING, papertrail.waiting(vault), "Nothing waits for your word."
        )
    desk.show.result(person=person["name"], id=mine, log=vault.session["log"], index=vault.state.index)


def unlock(desk: Desk) -> None:
    """Fetch your sealed root, and see that the passphrase opens it and the history names its keys as yours."""
    vault = desk.seen()
    file = vault.door.unlock_file()
    if file is not None and desk.args.root_fd is None:
        desk.home.write("identity.age", file)
    vault.unlock(desk.identity(vault))
    person = vault.state.persons[vault.me]
    desk.show.say(f"These are your keys, {person.name}. Fingerprint: {fingerprint(person.id)}")
    desk.show.result(id=person.id, epoch=person.epoch, fingerprint=fingerprint(person.id))


def _sets_up(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--anew",
        default="",
        metavar="EMAIL",
        help="everything was lost: begin with another key, confirmed by your own address; others hear of it",
    )


LONGEST = 540  # seconds: the log takes no statement that says it is older than ten minutes
TOO_SLOW = "That took more than nine minutes, and nothing was made. Destroy that sheet, and begin again."


def setup(desk: Desk) -> None:
    """Make your keys: a root, a passphrase for it, and a sheet to print. None of it leaves this machine unsealed."""
    vault = desk.seen()
    anew = desk.args.anew
    if vault.session["person"].get("vault_id") and not anew:
        raise refused("You have keys already. Unlock them, or change them: crosslab vault keys rotate")
    name, root = str(vault.session["person"]["name"]), token_bytes(32)
    own = keys.person_keys(root)
    made, began = (
        create_person(Pen(State(vault.state.log), vault.at, token_bytes, own), name),
        time.monotonic(),
    )
    if not show_sheet(desk, name, keys.recovery_string(root), made.id):
        raise locked("The sheet was not repeated, so nothing was made.")
    if time.monotonic() - began > LONGEST:
        raise refused(TOO_SLOW)
    words = generate()
    vault.hand_in([made], {"anew": anew} if anew else {}, "/vault/anew" if anew else "/vault/statements")
    vault.sync()
    keep(desk, vault, IdentityFile(made.id, 1, root), words)
    vault.unlock(IdentityFile(made.id, 1, root))
    desk.show.say(f"Your fingerprint: {fingerprint(made.id)}")
    desk.show.result(id=made.id, fingerprint=fingerprint(made.id))


def passphrase(desk: Desk) -> None:
    """Six new words for the same keys; the old ones stop working. With --root-fd: after a lost passphrase."""
    vault = desk.open()
    if vault.identity is None:
        raise locked("Your keys are locked.")
    epoch = vault.state.persons[vault.me].epoch
    keep(desk, vault, IdentityFile(vault.me, epoch, vault.identity.root), generate())
    desk.show.result(id=vault.me)


def keep(desk: Desk, vault: Vault, identity: IdentityFile, words: str) -> None:
    """Leaves the sealed root here and with the server, and shows its passphrase once."""
    file = lock(identity, words)
    vault.door.keep_unlock_file(file)
    desk.home.write("identity.age", file)
    desk.show.say("Your passphrase. Write it down; it is not shown again:")
    desk.show.secret("passphrase", words)


COMMANDS = (
    Command("login", login, _login_takes),
    Command("logout", logout),
    Command("status", status),
    Command("setup", setup, _sets_up),
    Command("unlock", unlock),
    Command("passphrase", passphrase),
)
