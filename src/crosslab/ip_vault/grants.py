"""The plaintexts of small private files: identity file, organisation keys, grant. Exactly these lines.

Each ends in one or more `AGE-SECRET-KEY-PQ-1…` lines, so that any age program can use the file as it is.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from crosslab.ip_vault import keys
from crosslab.ip_vault.age import HybridIdentity
from crosslab.ip_vault.age.hybrid import parse_identity
from crosslab.ip_vault.errors import FormatError, ProofError

_IDENTITY = re.compile(
    r"# crosslab identity v1\n# person ([0-9a-f]{64})\n# epoch ([1-9][0-9]{0,6})\n"
    r"# root (CROSSLAB-ROOT-1[0-9A-Z]+)\n(AGE-SECRET-KEY-PQ-1[0-9A-Z]+)\n"
)
_GRANT = re.compile(r"# crosslab grant v1 ([0-9a-f]{64})\n(AGE-SECRET-KEY-PQ-1[0-9A-Z]+)\n")
_ORG = re.compile(r"# crosslab org keys ([0-9a-f]{64})\n((?:AGE-SECRET-KEY-PQ-1[0-9A-Z]+\n)+)")


@dataclass(frozen=True)
class IdentityFile:
    """What every unlock file holds: whose root, at which key epoch, and the root."""

    person: str
    epoch: int
    root: bytes = field(repr=False)


def write_identity_file(identity: IdentityFile) -> bytes:
    """The plaintext of an unlock file."""
    own = keys.person_keys(identity.root)
    return (
        f"# crosslab identity v1\n# person {identity.person}\n# epoch {identity.epoch}\n"
        f"# root {keys.recovery_string(identity.root)}\n{own.age}\n"
    ).encode()


def read_identity_file(data: bytes) -> IdentityFile:
    """The identity in an unlock file; its age key must be the one that follows from its root."""
    found = _IDENTITY.fullmatch(_ascii(data))
    if found is None:
        raise FormatError("this is not an identity file")
    identity = IdentityFile(found[1], int(found[2]), keys.parse_recovery_string(found[3]))
    if write_identity_file(identity) != data:
        raise ProofError("the identity file's parts do not belong together")
    return identity


def write_grant(version: str, content_key: HybridIdentity) -> bytes:
    """The plaintext of a grant: which version, and the key that opens it."""
    return f"# crosslab grant v1 {version}\n{content_key}\n".encode()


def read_grant(data: bytes, version: str) -> HybridIdentity:
    """The content key in a grant for this version."""
    found = _GRANT.fullmatch(_ascii(data))
    if found is None:
        raise FormatError("this is not a grant")
    if found[1] != version:
        raise ProofError("the grant is for another version")
    return parse_identity(found[2])


def write_org_keys(org: str, identities: Sequence[HybridIdentity]) -> bytes:
    """The plaintext of an organisation wrap: one key an epoch, oldest first."""
    return (f"# crosslab org keys {org}\n" + "".join(f"{each}\n" for each in identities)).encode()


def read_org_keys(data: bytes, org: str, recipients: Sequence[str]) -> list[HybridIdentity]:
    """The organisation's keys, exactly those whose recipients its chain names, in order."""
    found = _ORG.fullmatch(_ascii(data))
    if found is None:
        raise FormatError("this is not a file of organisation keys")
    if found[1] != org:
        raise ProofError("these are the keys of another organisation")
    identities = [parse_identity(line) for line in found[2].splitlines()]
    if [str(each.recipient) for each in identities] != list(recipients):
        raise ProofError("these are not the keys the organisation's chain names")
    return identities


def _ascii(data: bytes) -> str:
    try:
        return data.decode("ascii")
    except UnicodeDecodeError as error:
        raise FormatError("a key file is plain ASCII") from error
