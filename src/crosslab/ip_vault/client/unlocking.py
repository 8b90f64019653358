"""Unlock files: how a root gets onto a new device. They never sign anyone in.

A file of the server is believed only as far as the root inside leads to the key that the verified chain
names: whatever the server may have swapped, another key comes out, and that is a full stop.
"""

from crosslab.ip_vault import age, grants, keys
from crosslab.ip_vault.client.troubles import Trouble, tampered
from crosslab.ip_vault.errors import VaultError
from crosslab.ip_vault.grants import IdentityFile
from crosslab.ip_vault.replay import State


class Superseded(VaultError):
    """A key of one's own that another has followed, and which signed that it does. Nobody did anything wrong."""


def lock(identity: IdentityFile, passphrase: str) -> bytes:
    """The identity file under a generated passphrase (`passphrase.generate`)."""
    return age.encrypt(grants.write_identity_file(identity), age.ScryptRecipient(passphrase))


def unlock(file: bytes, passphrase: str) -> IdentityFile:
    """The identity in an unlock file; check it against the chain before using it."""
    age.check_shape(file, len(file), age.Shape.PASSPHRASE)
    return grants.read_identity_file(age.decrypt(file, age.ScryptIdentity(passphrase)))


def check_identity(state: State, identity: IdentityFile) -> keys.Keys:
    """The keys of the root, if the verified chain of that person names exactly these as current.

    Raises `Superseded` for an earlier key of theirs, `Tampered` for a stranger's or one from a later history.
    """
    person = state.persons.get(identity.person)
    if person is None or person.epoch < identity.epoch:
        raise tampered(Trouble.OLD_HISTORY)
    own = keys.person_keys(identity.root)
    if own.sign.public in {each.sign for each in person.keys[:-1]}:
        raise Superseded(f"this is your key number {identity.epoch}; the register has number {person.epoch}")
    if (own.sign.public, str(own.age.recipient)) != (person.key.sign, person.key.age):
        raise tampered(Trouble.KEY_REPLACED)
    return own
