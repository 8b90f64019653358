"""Evidence: bundles that prove to a stranger, years later and without us, who said what and who owns what.

`claim` shows one version and who agreed to it; `register` shows a whole consortium and who owns what in it.
Both give a mapping from path to bytes, a BagIt bag; `write_zip` packs it, `check` verifies it as its reader
will. `verify.py` beside this file travels in every bundle and needs Python alone.

    source = Source(log, state, notes, entries, checkpoint, stamps)
    files = claim(source, version_id, exporter_id, Reveal(manifest, {"plan.pdf": data}))
    check(files, vkey, without_time=True).sentence
    Path("claim.zip").write_bytes(write_zip(files, "crosslab-claim"))
    check_path("claim.zip", vkey, tsa_sha256=[fingerprint])       # what `crosslab vault verify` does
"""

from crosslab.ip_vault.evidence.bag import PROGRAM, check, pack, read_zip, write_zip
from crosslab.ip_vault.evidence.bundle import Reveal, claim, register
from crosslab.ip_vault.evidence.source import Log, Source, Stamp
from crosslab.ip_vault.evidence.verify import HANDS, Broken, Verdict, check_path, report

__all__ = [
    "HANDS",
    "PROGRAM",
    "Broken",
    "Log",
    "Reveal",
    "Source",
    "Stamp",
    "Verdict",
    "check",
    "check_path",
    "claim",
    "pack",
    "read_zip",
    "register",
    "report",
    "write_zip",
]
