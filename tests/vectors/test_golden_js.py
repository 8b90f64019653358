"""The browser's vault is run against the same golden files, in Node."""

import subprocess
from pathlib import Path
from shutil import which

ROOT = Path(__file__).parents[2]


def test_the_browsers_vault_agrees_with_the_golden_files() -> None:
    node = which("node")
    assert node, "Node 20 or newer is needed, as for building the pages."
    suites = sorted(str(path) for path in (ROOT / "tests/js").glob("*.test.mjs"))
    run = subprocess.run([node, "--test", *suites], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout[-4000:] + run.stderr[-2000:]
