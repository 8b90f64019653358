"""The manifest: what a sealed version holds. Encrypted; only its commitment stands in the statement.

The commitment is the hash of the plaintext, which starts with 32 random bytes of salt: it hides title
and files, and binds them. Do not leave the salt out or reuse one.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from crosslab.ip_vault import cj
from crosslab.ip_vault.errors import FormatError, ProofError
from crosslab.ip_vault.filenames import check_file_name
from crosslab.ip_vault.ids import digest
from crosslab.ip_vault.keys import b64u, unb64u
from crosslab.ip_vault.statements.shape import Shape, closed, each, ident, matching, number, text
from crosslab.ip_vault.statements.types import MAX_BLOB

STEP = 1024
SALT = 32


@dataclass(frozen=True)
class File:
    """One file: name, media type, size and hash of its plaintext, hash of its sealed form."""

    name: str
    type: str
    size: int
    sha256: str
    blob: str


@dataclass(frozen=True)
class Manifest:
    """Title, description and files of a version."""

    title: str
    description: str
    files: tuple[File, ...]


_text: Shape = text(20_000, least=0, lines=True)
_file = closed(
    name=check_file_name,
    type=matching(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,63}/[a-z0-9][a-z0-9!#$&^_.+-]{0,63}"),
    size=number(1, MAX_BLOB),
    sha256=ident,
    blob=ident,
)
_shape = closed(
    v=number(1, 1),
    salt=matching(r"[A-Za-z0-9_-]{43}"),
    title=text(200),
    description=_text,
    files=each(_file, 64, once="blob"),
    pad=matching(r"0{0,1023}"),
)


def write_manifest(manifest: Manifest, salt: bytes) -> bytes:
    """The plaintext, padded with zeros in `pad` to a multiple of 1024 bytes so its size tells little."""
    fields = {
        "v": 1,
        "salt": b64u(salt),
        "title": manifest.title,
        "description": manifest.description,
        "files": [asdict(each) for each in manifest.files],
        "pad": "",
    }
    fields["pad"] = "0" * (-len(cj.encode(fields)) % STEP)
    data = cj.encode(fields)
    read_manifest(data)
    return data


def read_manifest(data: bytes) -> Manifest:
    """The manifest in its plaintext; names, sizes and padding are checked."""
    fields = cj.decode(data)
    _shape(fields)
    unb64u(fields["salt"], SALT)
    names = {entry["name"].lower().upper() for entry in fields["files"]}
    if len(data) % STEP or len(names) != len(fields["files"]):
        raise FormatError("the manifest is not padded, or names a file twice")
    files = tuple(File(**entry) for entry in fields["files"])
    return Manifest(fields["title"], fields["description"], files)


def commitment(data: bytes) -> str:
    """The hash that binds a version to this plaintext."""
    return digest(data)


def open_manifest(data: bytes, committed: str, blobs: Sequence[str]) -> Manifest:
    """The manifest, if it is the one the statement committed to and names only the statement's blobs."""
    if commitment(data) != committed:
        raise ProofError("the manifest is not the one the version committed to")
    manifest = read_manifest(data)
    if sorted(each.blob for each in manifest.files) != sorted(blobs):
        raise ProofError("the manifest's files are not the version's blobs")
    return manifest
