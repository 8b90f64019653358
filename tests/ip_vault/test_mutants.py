"""A part of the mutants of rules and formats, another one whenever either changes; all of them by `make mutants`."""

import subprocess
import sys
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).parents[2]
PARTS = 48


def test_a_check_taken_out_of_the_rules_is_noticed() -> None:
    rules = sorted((ROOT / "src/crosslab/ip_vault").rglob("*.py"))
    part = sha256(b"".join(each.read_bytes() for each in rules)).digest()[0] % PARTS
    run = subprocess.run(
        [sys.executable, "tools/mutate.py", "--part", str(part), "--of", str(PARTS)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout[-4000:] + run.stderr[-2000:]
