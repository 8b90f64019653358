"""Writes bundles of evidence: python -m tests.vectors.evidence.make [over_logs]. Seals and stamps differ each time.

Those of one log lie in this folder, those of two in `over_logs`. What lies there must verify for ever: write them
anew only with a format that is another one.
"""

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from crosslab.ip_vault import evidence
from tests.ip_vault import onward, stamped
from tests.ip_vault.bundles import VKEY, WITNESS_VKEY, reveal, story

FOLDER = Path(__file__).parent


def over_logs() -> None:
    """The stamped claim of a version from before the border, and the stamped register of both logs."""
    told = onward.told(2)[0]
    assert isinstance(told.cast, onward.Onward)
    with TemporaryDirectory() as folder:
        known, root = onward.stamped(told.cast, Path(folder))
    claim = evidence.claim(known, told.subject, told.cast.orgs["tinsel"], reveal(told, "hinge.txt", key=True))
    register = evidence.register(known, told.cast.consortium)
    for name, files in (("claim", claim), ("register", register)):
        (FOLDER / "over_logs" / f"{name}.zip").write_bytes(evidence.write_zip(files, f"crosslab-{name}"))
    keys = {"log_vkey": onward.VKEYS[1], "earlier": [onward.VKEYS[0]], "tsa_sha256": root}
    (FOLDER / "over_logs" / "keys.json").write_text(json.dumps(keys, indent=1) + "\n")


def main() -> None:
    """A stamped claim with its file shown, and the stamped register of the same small world."""
    told = story()
    with TemporaryDirectory() as folder:
        claim, root = stamped.claim(told, Path(folder))
        known, _ = stamped.stamped(told, Path(folder), "")
    register = evidence.register(known, told.cast.consortium)
    (FOLDER / "claim.zip").write_bytes(evidence.write_zip(claim, "crosslab-claim"))
    (FOLDER / "register.zip").write_bytes(evidence.write_zip(register, "crosslab-register"))
    keys = {"log_vkey": VKEY, "witness_vkey": WITNESS_VKEY, "tsa_sha256": root}
    (FOLDER / "keys.json").write_text(json.dumps(keys, indent=1) + "\n")


if __name__ == "__main__":
    over_logs() if sys.argv[1:] == ["over_logs"] else main()
