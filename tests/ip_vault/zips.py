"""Zips that attack whoever opens them."""

import io
import stat
import zipfile


def packed(*entries: tuple[str, bytes], kind: int = stat.S_IFREG, method: int = zipfile.ZIP_STORED) -> bytes:
    """A zip of these entries, as they are."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        for name, data in entries:
            entry = zipfile.ZipInfo(name)
            entry.external_attr, entry.compress_type = (kind | 0o644) << 16, method
            made.writestr(entry, data)
    return out.getvalue()


ZIPS = [
    packed(("/x", b"")),
    packed(("b/../../x", b"")),
    packed(("b/./x", b"")),
    packed(("b//x", b"")),
    packed(("b\\x", b"")),
    packed(("c:x", b"")),
    packed(("b/" + "x" * 1000, b"")),
    packed(("b/x", b"bagit.txt"), kind=stat.S_IFLNK),
    packed(("b/x", bytes(1_000_000)), method=zipfile.ZIP_DEFLATED),
    packed(("b/x", b"1"), method=zipfile.ZIP_BZIP2),
    packed(*((f"b/{number}", b"") for number in range(10_001))),
    b"no zip",
    packed(("b/x", b"12345678"))[:-30],
    packed(("b/x", b"12345678")).replace(b"1234", b"4321"),
    packed(("b/x", b"1")).replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01"),
]
