"""The bag (BagIt, RFC 8493), its zip, and looking into one as a stranger would."""

import io
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from crosslab.ip_vault.evidence import verify
from crosslab.ip_vault.ids import digest

PROGRAM = Path(verify.__file__).read_bytes()
"""`verify.py` as it travels in every bundle."""
BAGIT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
NEVER = (1980, 1, 1, 0, 0, 0)  # the oldest date a zip can hold: the same bundle gives the same bytes


def pack(payload: Mapping[str, bytes], instructions: bytes, program: bytes) -> dict[str, bytes]:
    """The bag around a payload, whose paths start with `data/`."""
    sizes = sum(map(len, payload.values()))
    info = f"Bag-Software-Agent: crosslab\nPayload-Oxum: {sizes}.{len(payload)}\n".encode()
    tags = {
        "bagit.txt": BAGIT,
        "bag-info.txt": info,
        "VERIFY.md": instructions,
        "verify.py": program,
        "manifest-sha256.txt": _sums(payload),
    }
    return {**payload, **tags, "tagmanifest-sha256.txt": _sums(tags)}


def _sums(files: Mapping[str, bytes]) -> bytes:
    """One line a file, as `sha256sum -c` reads them."""
    return "".join(f"{digest(files[name])}  {name}\n" for name in sorted(files)).encode()


def write_zip(files: Mapping[str, bytes], folder: str) -> bytes:
    """The bag as a zip with one folder in it: stored, dateless, in order, so always the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as packed:
        for name in sorted(files):
            entry = zipfile.ZipInfo(f"{folder}/{name}", NEVER)
            entry.create_system, entry.external_attr = 3, 0o100644 << 16
            packed.writestr(entry, files[name])
    return out.getvalue()


def read_zip(data: bytes) -> dict[str, bytes]:
    """The files in a zip, without the folder around them.

    Raises `Broken` for more than 10 000 files or 2 GiB, a ratio above 100, paths that lead elsewhere, links,
    two files of one name, encryption, and anything that is no zip.
    """
    source = verify.Zip(io.BytesIO(data))
    return {name: b"".join(source.pieces(name)) for name in sorted(source.sizes)}


class Held:
    """A bundle in memory."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.held, self.sizes = files, {name: len(data) for name, data in files.items()}
        for name in files:
            verify.check_name(name)
        verify.check_sizes(self.sizes)

    def pieces(self, name: str) -> Iterator[bytes]:
        """The bytes of a file."""
        yield self.held[name]


def check(files: Mapping[str, bytes], log_vkey: str, **given: Any) -> verify.Verdict:
    """The verdict of `verify.py` on a bundle in memory; `given` are its options. Raises `Broken`."""
    options = verify.Options(log_vkey, **given)
    return verify.Bundle(verify.Files(Held(files)), options).check()
