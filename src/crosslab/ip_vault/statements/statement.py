"""A statement: a signed note whose text is a label and one line of canonical JSON.

`compose` makes the unsigned text, `sign` the note, `parse` reads one. Parsing proves nothing about who
signed: `replay` looks up the keys and verifies.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from crosslab.ip_vault import cj, note
from crosslab.ip_vault.errors import FormatError
from crosslab.ip_vault.ids import digest, is_id
from crosslab.ip_vault.keys import SigningKey, b64u, unb64u
from crosslab.ip_vault.statements.shape import moment
from crosslab.ip_vault.statements.types import FOR_PARTIES, TYPES, Cosigner, For, Kind

LABEL = b"crosslab.dev/statement/v1\n"
MAX_SIZE = 60_000
SALT = 16
_KEYS = {"after", "at", "body", "by", "chain", "log", "salt", "seq", "type", "v"}


@dataclass(frozen=True)
class Place:
    """Where a statement goes: which log, which chain, after which link. A genesis has only the log."""

    log: str
    chain: str = ""
    seq: int = 0
    after: bytes | None = None


@dataclass(frozen=True)
class Statement:
    """The parts of a statement. `org` is the organisation it is made for, or empty."""

    text: bytes
    place: Place
    type: str
    by: str
    org: str
    at: str
    body: Mapping[str, Any]

    @cached_property
    def id(self) -> str:
        """The hash of the text."""
        return digest(self.text)

    @property
    def chain(self) -> str:
        """The chain it stands on; a genesis starts one named after itself."""
        return self.place.chain or self.id

    @property
    def person(self) -> str:
        """Whoever makes it; a person's first statement makes the person."""
        return self.by or self.id

    @property
    def kind(self) -> Kind:
        """What the table of types says about it."""
        return TYPES[self.type]

    @property
    def for_parties(self) -> bool:
        """Whether it is of a kind whose text may be kept from all but its parties."""
        return self.type in FOR_PARTIES

    @property
    def names(self) -> list[str]:
        """The names on its signature lines, in order."""
        names = [f"{self.place.log}/p/{self.person}"]
        match self.kind.cosigner:
            case Cosigner.NEW_KEY:
                names.append(names[0])
            case Cosigner.INVITE:
                names.append(f"{self.place.log}/i/{self.body['invite']}")
            case Cosigner.RECOVERY:
                names.append(f"{self.place.log}/r/{self.chain}")
        return names


def compose(
    place: Place, type: str, body: Mapping[str, Any], *, by: str, at: str, salt: bytes, org: str = ""
) -> bytes:
    """The unsigned text of a statement, checked as a reader will check it."""
    fields: dict[str, Any] = {
        "v": 1,
        "log": place.log,
        "chain": place.chain,
        "seq": place.seq,
        "after": place.after.hex() if place.after else "",
        "type": type,
        "by": by,
        "at": at,
        "salt": b64u(salt),
        "body": dict(body),
    }
    if org:
        fields["for"] = org
    text = LABEL + cj.encode(fields) + b"\n"
    read_text(text)
    return text


def sign(text: bytes, *keys: SigningKey) -> bytes:
    """The note: one key a signature line, the person's own first."""
    signed = note.sign(text, list(zip(read_text(text).names, keys, strict=True)))
    if len(signed) > MAX_SIZE:
        raise FormatError("a statement is at most 60 000 bytes")
    return signed


@lru_cache(maxsize=256)
def parse(data: bytes) -> tuple[Statement, note.Note]:
    """The statement in a note, and the note. Signatures are not verified here.

    The last ones are remembered: whoever takes a statement in, tries and settles it reads it each time.
    """
    if len(data) > MAX_SIZE:
        raise FormatError("a statement is at most 60 000 bytes")
    parsed = note.parse(data)
    return read_text(parsed.text), parsed


def read_text(text: bytes) -> Statement:
    """The statement in an unsigned text; anything outside the closed schema is refused."""
    line = text.removeprefix(LABEL)
    if len(line) == len(text) or not line.endswith(b"\n"):
        raise FormatError("this is not a statement")
    fields = cj.decode(line[:-1])
    if (
        not isinstance(fields, dict)
        or fields.keys() - {"for"} != _KEYS
        or fields["v"] is True
        or fields["v"] != 1
    ):
        raise FormatError("a statement has not exactly the keys it must have")
    _check_words(fields)
    kind = TYPES[fields["type"]]
    place = _place(fields, kind)
    _check_makers(fields, kind)
    kind.body(fields["body"])
    return Statement(
        text, place, fields["type"], fields["by"], fields.get("for", ""), fields["at"], fields["body"]
    )


def attachments(statement: Statement) -> list[tuple[str, int]]:
    """Hash and size of the age files that travel with the statement: grants and wraps."""
    return [(each["sha256"], each["size"]) for each in statement.body.get("items", [])]


def blobs(statement: Statement) -> list[tuple[str, int]]:
    """Hash and size of the sealed files a version names, its manifest first."""
    if statement.type != "version":
        return []
    files = [statement.body["manifest"], *statement.body["blobs"]]
    return [(each["sha256"], each["size"]) for each in files]


def _check_words(fields: dict[str, Any]) -> None:
    for key in ("after", "at", "by", "chain", "log", "salt", "type"):
        if not isinstance(fields[key], str):
            raise FormatError(f"{key} is not a text")
    note.check_name(fields["log"])
    unb64u(fields["salt"], SALT)
    if fields["type"] not in TYPES:
        raise FormatError("there is no such type of statement")
    moment(fields["at"])


def _place(fields: dict[str, Any], kind: Kind) -> Place:
    seq, chain, after = fields["seq"], fields["chain"], fields["after"]
    if isinstance(seq, bool) or not isinstance(seq, int) or not 0 <= seq < 2**40:
        raise FormatError("seq is not a number")
    if kind.genesis:
        if (seq, chain, after) != (0, "", ""):
            raise FormatError("a chain starts with nothing before it")
        return Place(fields["log"])
    if seq == 0 or not is_id(chain) or not is_id(after):
        raise FormatError("a statement stands on a chain, after a link")
    return Place(fields["log"], chain, seq, bytes.fromhex(after))


def _check_makers(fields: dict[str, Any], kind: Kind) -> None:
    by, org = fields["by"], fields.get("for")
    if (by == "") != (fields["type"] == "person.create") or not (by == "" or is_id(by)):
        raise FormatError("by is not the person who makes the statement")
    if (org is None and kind.acts_for is For.ALWAYS) or (org is not None and kind.acts_for is For.NEVER):
        raise FormatError("for is missing or out of place")
    if org is not None and not is_id(org):
        raise FormatError("for is not an organisation")
