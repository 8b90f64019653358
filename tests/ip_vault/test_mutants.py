"""A part of the rules' mutants, another one whenever the rules change; all of them by `make mutants`."""

import subprocess
import sys
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).parents[2]
PARTS = 24


def test_a_check_taken_out_of_the_rules_is_noticed() -> None:
    rules = sorted((ROOT / "src/crosslab/ip_vault/replay").glob("*.py"))
    part = sha256(b"".join(each.read_bytes() for each in rules)).digest()[0] % PARTS
    run = subprocess.run(
        [sys.executable, "tools/mutate.py", "--part", str(part), "--of", str(PARTS)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout[-4000:] + run.stderr[-2000:]
