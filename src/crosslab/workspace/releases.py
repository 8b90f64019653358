"""The vault's page as it is served here: its files, their hashes, and the one hash that names the release."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from crosslab.core.paths import STATIC


@dataclass(frozen=True)
class Release:
    """A release is named by the SHA-256 of its manifest: what `LC_ALL=C sha256sum *` writes of its files."""

    files: tuple[tuple[str, str], ...]

    @property
    def manifest(self) -> bytes:
        """One line a file, the hash, two spaces and the name: the text of `assets/vault/BUNDLE`."""
        return "".join(f"{digest}  {name}\n" for name, digest in self.files).encode()

    @property
    def digest(self) -> str:
        """The hash that stands in the register for this release."""
        return sha256(self.manifest).hexdigest()


def served(folder: Path = STATIC / "vault") -> Release:
    """The release that this server hands out, from the very files."""
    files = sorted(folder.iterdir(), key=lambda each: each.name.encode())
    return Release(tuple((each.name, sha256(each.read_bytes()).hexdigest()) for each in files))
