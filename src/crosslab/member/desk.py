"""What every command stands on: its words, its folder, its server, and the way to the keys."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from crosslab.ip_vault import grants, keys
from crosslab.ip_vault.age import NoMatch
from crosslab.ip_vault.client import unlock
from crosslab.ip_vault.errors import VaultError
from crosslab.ip_vault.grants import IdentityFile

from . import asking
from .door import Door
from .home import Home
from .show import Show
from .stops import locked
from .vault import Vault


@dataclass
class Desk:
    """One command at work."""

    args: Namespace
    home: Home
    show: Show
    doors: list[Door] = field(default_factory=list)

    def door(self) -> Door:
        """The server this folder belongs to, with our session."""
        url, token = self.home.settings().get("url"), self.home.read("session")
        if not url or token is None:
            raise locked("You are not signed in here. Sign in first: crosslab vault login URL")
        return self.knock(str(url), token.decode().strip())

    def knock(self, url: str, token: str) -> Door:
        """A server with a session; closed when the command ends."""
        self.doors.append(Door(url, token, tries=self.args.tries))
        return self.doors[-1]

    def seen(self) -> Vault:
        """The vault after a sync, without keys: enough to look at what is open to see."""
        vault = Vault(self.home, self.door())
        vault.sync()
        return vault

    def open(self) -> Vault:
        """The vault with our keys, which must be those that the verified history names."""
        vault = self.seen()
        vault.unlock(self.identity(vault))
        return vault

    def identity(self, vault: Vault) -> IdentityFile:
        """Our root: from the printed key if `--root-fd` is given, else from the sealed file by its passphrase."""
        if self.args.root_fd is not None:
            typed = asking.secret(self.args.root_fd, "Recovery key")
            return IdentityFile(vault.me, vault.state.persons[vault.me].epoch, root_in(typed, keys.ROOT))
        file = self.home.read("identity.age") or self._fetch(vault)
        try:
            return unlock(file, asking.passphrase(self.args.passphrase_fd))
        except NoMatch as error:
            raise locked("This passphrase does not open your keys.") from error

    def _fetch(self, vault: Vault) -> bytes:
        file = vault.door.unlock_file()
        if file is None:
            raise locked("The server holds no unlock file of yours. Use the printed key: --root-fd")
        self.home.write("identity.age", file)
        return file


def root_in(typed: str, kind: str) -> bytes:
    """The root on a printed sheet. A wrong letter is said."""
    try:
        return keys.parse_recovery_string(typed, kind)
    except VaultError as error:
        raise locked("This is not the key as it was printed: a letter is missing or wrong.") from error


def identity_file(person: str, epoch: int, root: bytes) -> IdentityFile:
    """What an unlock file holds, checked by being written."""
    made = IdentityFile(person, epoch, root)
    grants.write_identity_file(made)
    return made


@dataclass(frozen=True)
class Command:
    """One command: its name (two words for one in a group), what it does, what it takes."""

    name: str
    run: Callable[[Desk], object]
    takes: Callable[[ArgumentParser], object] = lambda _: None

    @property
    def help(self) -> str:
        """Its first sentence."""
        return (self.run.__doc__ or "").strip().split("\n")[0]


def out_folder(text: str) -> Path:
    """A folder to write into, made if it is not there."""
    path = Path(text)
    path.mkdir(parents=True, exist_ok=True)
    return path
