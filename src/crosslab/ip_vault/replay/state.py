"""What the statements of a log, read in order, make true."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from crosslab.ip_vault.replay.disclosure import Disclosure, Release
from crosslab.ip_vault.statements import Chain


class Standing(StrEnum):
    """How sure the rights a version names are: said by one, agreed by all, or disputed."""

    CLAIMED = "claimed"
    AGREED = "agreed"
    DISPUTED = "disputed"


@dataclass(frozen=True)
class Key:
    """A key pair's public halves, and the log index from which they count."""

    sign: bytes
    age: str
    since: int


@dataclass
class ChainState:
    """How far a chain has come."""

    kind: Chain
    ids: list[str] = field(default_factory=list)
    links: list[bytes] = field(default_factory=list)

    @property
    def head(self) -> bytes:
        """The newest link."""
        return self.links[-1]


@dataclass
class Person:
    """A person and every key they ever had; the last is the current one."""

    id: str
    name: str
    keys: list[Key]

    @property
    def key(self) -> Key:
        """The current key."""
        return self.keys[-1]

    @property
    def epoch(self) -> int:
        """How many keys there have been."""
        return len(self.keys)


@dataclass
class Invite:
    """An open invitation, its public key, and whether it was used or withdrawn."""

    id: str
    chain: str
    public: bytes
    role: str = ""
    spent: bool = False


@dataclass
class Request:
    """A person's wish to join an organisation, made with an invitation."""

    id: str
    person: str
    org: str
    invite: str
    answered: bool = False


@dataclass
class Organisation:
    """An organisation: its people and roles, its keys (one an epoch), its recovery keys."""

    id: str
    name: str
    people: dict[str, str]
    keys: list[str]
    recovery_sign: bytes
    recovery_age: str
    key_is_due: bool = False
    wraps: dict[str, str] = field(default_factory=dict)  # person (or "" for recovery) -> newest org.wrap

    @property
    def epoch(self) -> int:
        """The number of the current key."""
        return len(self.keys)


@dataclass
class Member:
    """An organisation in a consortium, leading it or not, since and until which log index."""

    org: str
    leads: bool
    since: int
    until: int | None = None


@dataclass
class Matter:
    """Something organisations approve or object to. `needed` are those whose approval it takes."""

    id: str
    contribution: str
    org: str
    index: int
    needed: frozenset[str]
    bases: dict[str, str]  # right -> the statement that set its owners when this was said
    approvals: dict[str, str] = field(default_factory=dict)
    objections: dict[str, str] = field(default_factory=dict)
    settled: int | None = None
    withdrawn: bool = False


@dataclass
class Version(Matter):
    """A version of a contribution and the rights it names."""

    number: int = 0
    rights: dict[str, dict[str, Fraction]] = field(default_factory=dict)
    authors: tuple[str, ...] = ()
    derived_from: tuple[tuple[str, str], ...] = ()
    klass: str = ""
    content_key: str = ""
    manifest: str = ""
    blobs: tuple[str, ...] = ()
    commitment: str = ""

    @property
    def standing(self) -> Standing:
        """Claimed, agreed or disputed."""
        if self.objections:
            return Standing.DISPUTED
        return Standing.CLAIMED if self.settled is None else Standing.AGREED


@dataclass
class Transfer(Matter):
    """A proposal for new owners of one right."""

    right: str = ""
    owners: dict[str, Fraction] = field(default_factory=dict)

    @property
    def standing(self) -> str:
        """Pending, disputed, withdrawn or effective."""
        if self.settled is not None:
            return "effective"
        if self.withdrawn:
            return "withdrawn"
        return "disputed" if self.objections else "pending"


@dataclass(frozen=True)
class Holding:
    """Who owns a right today, and by which statement."""

    owners: dict[str, Fraction]
    basis: str


@dataclass
class Access:
    """What a party may open of a contribution: versions, the grants that gave them, the releases they rest on."""

    grants: dict[str, str] = field(default_factory=dict)
    acks: dict[str, str] = field(default_factory=dict)
    under: dict[str, str] = field(default_factory=dict)  # version -> release, for a party outside
    revoked: bool = False


@dataclass
class Contribution:
    """A contribution: its versions, today's owners, who was given access."""

    id: str
    consortium: str
    versions: list[str] = field(default_factory=list)
    transfers: list[str] = field(default_factory=list)
    rights: dict[str, Holding] = field(default_factory=dict)
    access: dict[str, Access] = field(default_factory=dict)
    shown: list[Disclosure] = field(default_factory=list)


@dataclass
class Consortium:
    """A consortium: its members and contributions."""

    id: str
    name: str
    regime: str
    members: dict[str, Member]
    contributions: list[str] = field(default_factory=list)
    releases: list[str] = field(default_factory=list)

    def has(self, org: str) -> bool:
        """Whether the organisation is a member now."""
        return org in self.members and self.members[org].until is None

    def current(self) -> Iterator[Member]:
        """Today's members, longest standing first."""
        return iter(sorted((each for each in self.members.values() if each.until is None), key=_since))


@dataclass
class State:
    """Everything that is so after the statements read."""

    log: str
    partial: bool = False  # a member's view: other consortia and hidden texts are not at hand
    earlier: tuple[
        tuple[str, int], ...
    ] = ()  # logs before this one: their names, and the index each ended before
    index: int = -1
    chains: dict[str, ChainState] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    persons: dict[str, Person] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    invites: dict[str, Invite] = field(default_factory=dict)
    requests: dict[str, Request] = field(default_factory=dict)
    consortia: dict[str, Consortium] = field(default_factory=dict)
    contributions: dict[str, Contribution] = field(default_factory=dict)
    versions: dict[str, Version] = field(default_factory=dict)
    transfers: dict[str, Transfer] = field(default_factory=dict)
    releases: dict[str, Release] = field(default_factory=dict)
    spoken: dict[str, str] = field(default_factory=dict)  # what was said of a matter or release -> that one

    def log_at(self, index: int) -> str:
        """The log in which an index of the register stands: indices count on over all logs."""
        return next((origin for origin, end in self.earlier if index < end), self.log)

    def matter(self, id: str) -> Version | Transfer | None:
        """The version or transfer of this id."""
        return self.versions.get(id) or self.transfers.get(id)


def _since(member: Member) -> tuple[int, str]:
    return member.since, member.org
