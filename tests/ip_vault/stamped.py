"""Bundles with a time stamp, from an authority of our own."""

from datetime import UTC, datetime
from pathlib import Path

from crosslab.ip_vault import evidence, timestamps
from crosslab.ip_vault.evidence import Source, Stamp
from crosslab.ip_vault.evidence import verify as program
from crosslab.ip_vault.ids import digest
from tests.authority import Authority
from tests.ip_vault.bundles import Story, reveal, source


def stamped(told: Story, folder: Path, reader: str = "tinsel") -> tuple[Source, str]:
    """A source whose checkpoint was stamped just now, and the fingerprint of the authority's root."""
    authority = Authority(folder)
    plain = source(told.cast, reader)
    asked = timestamps.ask(plain.issued[0])
    made = timestamps.read(authority.reply(asked.query), asked, [authority.root], "", datetime.now(UTC))
    stamp = Stamp(plain.issued[0], made.token, made.chain.encode())
    roots = program.certificates(stamp.chain)
    return source(told.cast, reader, [stamp]), digest(roots[0])


def claim(told: Story, folder: Path) -> tuple[dict[str, bytes], str]:
    """Tinsel's claim of the hinge with its file, stamped."""
    known, root = stamped(told, folder)
    return evidence.claim(
        known, told.subject, told.cast.orgs["tinsel"], reveal(told, "hinge.txt", key=True)
    ), root
