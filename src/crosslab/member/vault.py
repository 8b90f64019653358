"""A member at work: who they are, their keys while unlocked, and the verified history.

Keys live in this object alone, and go with it.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from secrets import token_bytes
from typing import Any

from crosslab.ip_vault import age, grants, keys, note, witness
from crosslab.ip_vault.age import HybridIdentity
from crosslab.ip_vault.client import Pen, Said, check_identity
from crosslab.ip_vault.client.following import Follower, History, Quorum
from crosslab.ip_vault.client.look import Known
from crosslab.ip_vault.client.troubles import Trouble, tampered
from crosslab.ip_vault.errors import VaultError
from crosslab.ip_vault.grants import IdentityFile
from crosslab.ip_vault.ids import digest
from crosslab.ip_vault.replay import State
from crosslab.ip_vault.statements.shape import TIME

from .door import Door
from .home import Home
from .onward import begin
from .stops import Code, Stale, Stop, locked, nothing

TRIES = 5
Make = Callable[[Pen], Sequence[Said]]


class Vault:
    """One person on one server. `state` is what the verified history makes true."""

    def __init__(self, home: Home, door: Door) -> None:
        self.home, self.door = home, door
        self.session = door.session()
        log = self._log()
        if home.read("pins.json") is None and not home.earlier():
            begin(home, door, log)
        self.follower = Follower(log, home.load(), self._quorum(), home.earlier())
        self.history: History | None = None
        self.identity: IdentityFile | None = None
        self._org_keys: dict[str, list[HybridIdentity]] = {}

    @property
    def state(self) -> State:
        """What is so, after the last sync."""
        return self._now.state

    @property
    def known(self) -> Mapping[str, Known]:
        """Every statement whose text is for us."""
        return self._now.known

    @property
    def _now(self) -> History:
        if self.history is None:
            self.history = self.sync()
        return self.history

    @property
    def me(self) -> str:
        """Our id in the vault."""
        found = self.session["person"].get("vault_id")
        if not found:
            raise locked("You have no keys yet. Make them: crosslab vault setup")
        return str(found)

    @property
    def keys(self) -> keys.Keys:
        """Our keys, once unlocked and found to be those that the chain names."""
        if self.identity is None:
            raise locked("Your keys are locked. Give the passphrase.")
        return check_identity(self.state, self.identity)

    @property
    def at(self) -> str:
        """Our clock's second, as statements write it."""
        return datetime.now(UTC).strftime(TIME)

    @property
    def pen(self) -> Pen:
        """What it takes to say something."""
        return Pen(self.state, self.at, token_bytes, self.keys, self.identity.person if self.identity else "")

    def sync(self) -> History:
        """Everything anew: the session, the log, the chains, the history. Raises `Tampered`."""
        self.session = self.door.session()
        houses = [*self.session["organisations"], *self.session["consortia"]]
        houses += [each for place in self.session["consortia"] for each in place["partners"]]
        roots = {each.get("vault_id") for each in [self.session["person"], *houses]} - {None, ""}
        roots |= {each["chain"] for each in self.session["released"]}
        mine = {each.get("vault_id") for each in [self.session["person"], *self.session["organisations"]]}
        own = [str(each) for each in mine - {None, ""}]
        inside = [str(each["vault_id"]) for each in self.session["consortia"] if each.get("vault_id")]
        asking = [each for house in self.session["organisations"] for each in house.get("asking", [])]
        with self.home.alone():
            before = self.home.load()
            self.follower.memory = before
            now = int(datetime.now(UTC).timestamp())
            self.history = self.follower.sync(self.door, sorted(map(str, roots)), asking, now, own, inside)
            self.home.save(self.follower.memory, before)
        if self.identity is not None:
            check_identity(self.history.state, self.identity)
        return self.history

    def unlock(self, identity: IdentityFile) -> None:
        """Our keys, if the verified history says that they are ours and not older than they should be."""
        check_identity(self.state, identity)
        if identity.person != self.me:
            raise tampered(Trouble.KEY_REPLACED, "the server says you are somebody else")
        self.identity = identity

    def say(self, make: Make, about: Mapping[str, str] | None = None) -> list[Said]:
        """Hands statements in together, made anew behind whatever came in between; every receipt is verified."""
        for left in range(TRIES - 1, -1, -1):
            said = list(make(self.pen))
            try:
                self.hand_in(said, about or {})
            except Stale:
                if not left:
                    raise Stop(Code.REFUSED, "Others are writing at the same time. Try again.") from None
                self.sync()
                continue
            self.sync()
            return said
        raise AssertionError

    def say_as(self, make: Make, next: IdentityFile) -> list[Said]:
        """The same for our own next key: once it is stated, it is the one we go on with."""
        for _ in range(TRIES):
            said = list(make(self.pen))
            try:
                self.hand_in(said, {})
            except Stale:
                self.sync()
                continue
            self.identity = None
            self._org_keys.clear()
            self.sync()
            self.unlock(next)
            return said
        raise Stop(Code.REFUSED, "Others are writing at the same time. Try again.")

    def hand_in(
        self, said: Sequence[Said], about: Mapping[str, str], path: str = "/vault/statements"
    ) -> None:
        """Hands statements in once, and moves the pin on to their receipts."""
        for file in (file for each in said for file in each.files.values()):
            self.home.keep(file)
        made = {str(each.get("id")): each for each in self.door.hand_in(said, about, path)}
        with self.home.alone():
            before = self.home.load()
            self.follower.memory = before
            for each in said:
                receipt = str(made.get(each.id, {}).get("receipt", "")).encode()
                self.follower.confirm(self.door, receipt, each.id, each.note, each.place.after)
            self.home.save(self.follower.memory, before)

    def org_keys(self, org: str) -> list[HybridIdentity]:
        """An organisation's keys, oldest first; empty when none were handed to us."""
        known = self.state.organisations[org]
        held = self._org_keys.get(org, [])
        if len(held) == len(known.keys):
            return held
        wraps = [
            each for each in self.known.values() if each.said.type == "org.wrap" and each.said.chain == org
        ]
        for wrap in sorted(wraps, key=lambda each: -each.index):
            for item in wrap.said.body["items"]:
                if item["person"] == self.me:
                    self._org_keys[org] = self._unwrapped(org, str(item["sha256"]))
                    return self._org_keys[org]
        return []

    def small_file(self, sha256: str) -> bytes:
        """A grant or a wrapped key: kept here, or fetched; then it is kept, if it is the one that was signed."""
        file = self.home.kept(sha256)
        if file is None:
            file = self.door.attachment(sha256)
            if digest(file) == sha256:
                self.home.keep(file)
        return file

    def _unwrapped(self, org: str, sha256: str) -> list[HybridIdentity]:
        plain = wrapped(self.small_file(sha256), sha256, self.keys.age)
        held = plain.count(b"\nAGE-SECRET-KEY-")
        return grants.read_org_keys(plain, org, self.state.organisations[org].keys[:held])

    def _log(self) -> note.Signer:
        """The log's key: the one given at login or seen first, ever after."""
        told, pinned = self.session.get("log", {}), self.home.settings().get("vkey")
        try:
            log = note.parse_vkey(str(told.get("vkey", "")))
        except VaultError as error:
            raise tampered(Trouble.OTHER_LOG, str(error)) from error
        if pinned and pinned != told.get("vkey"):
            said = (
                f"{told.get('vkey')} instead of {pinned}; was a follow-up log announced? crosslab vault go-on"
            )
            raise tampered(Trouble.OTHER_LOG, said)
        if not pinned:
            self.home.remember(vkey=told["vkey"])
        return log

    def _quorum(self) -> Quorum:
        known = self.home.settings()
        witnesses = tuple(witness.parse_vkey(each) for each in known.get("witnesses", []))
        return Quorum(witnesses, int(known.get("quorum", 0)))


def wrapped(file: bytes, sha256: str, key: HybridIdentity) -> bytes:
    """What is in the file of an organisation's keys: the one that was signed, and for one reader alone."""
    if digest(file) != sha256:
        raise tampered(Trouble.WRONG_FILE, "the organisation's keys are not in the file that was signed")
    age.check_shape(file, len(file), age.Shape.HYBRID)
    return age.decrypt(file, key)


def random_identity() -> HybridIdentity:
    """A fresh key."""
    return HybridIdentity(token_bytes(32))


def found(things: Sequence[Any], what: str, wanted: str) -> Any:
    """The one thing that was meant; none or several is said."""
    if len(things) == 1:
        return things[0]
    if not things:
        raise nothing(f"There is no {what} “{wanted}” here.")
    raise Stop(Code.USAGE, f"“{wanted}” could be {len(things)} different {what}s. Write more of its id.")
