"""Writes the bundles in this folder: python -m tests.vectors.evidence.make. Ciphertexts and stamps differ each time."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

from crosslab.ip_vault import evidence
from tests.ip_vault import stamped
from tests.ip_vault.bundles import VKEY, WITNESS_VKEY, story

FOLDER = Path(__file__).parent


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
    main()
