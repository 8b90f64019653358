"""The vault's page is the one whose hashes stand in the repository: anybody can build it and compare."""

import os
import shutil
import subprocess
from hashlib import sha256
from pathlib import Path

import pytest

from tests.house.sources import ROOT, SRC

NAMED = [line.split() for line in (ROOT / "assets/vault/BUNDLE").read_text().splitlines()]
BUILT = SRC / "web/static/vault"
NEEDED = ("assets", "tools", "package.json", "tsconfig.json", "src/crosslab/ip_vault/data")
BUILD = """
const { vault } = await import("./tools/assets/vault.mjs");
const { writeFileSync } = await import("node:fs");
for (const [name, bytes] of await vault(process.cwd(), {})) writeFileSync(name.replace("/", "-"), bytes);
"""
CLOCK = """
const Real = Date;
globalThis.Date = class extends Real {
  constructor(...given) { super(...(given.length ? given : [0])); }
  static now() { return 0; }
};
"""


@pytest.mark.parametrize(("digest", "name"), NAMED, ids=[name for _, name in NAMED])
def test_the_built_file_is_the_one_that_was_read_and_committed(digest, name):
    """After a change that is meant: `make bundle`, and commit what it writes."""
    assert sha256((BUILT / name).read_bytes()).hexdigest() == digest


def test_nothing_is_built_that_is_not_named():
    assert {path.name for path in BUILT.iterdir()} == {name for _, name in NAMED}


def built_in(folder: Path, **surroundings: str) -> dict[str, bytes]:
    """The page built from a copy of the sources, in a folder and surroundings of its own."""
    for name in NEEDED:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        copy(ROOT / name, folder / name)
    (folder / "node_modules").symlink_to(ROOT / "node_modules")
    (folder / "clock.cjs").write_text(CLOCK)
    command = ["node", "--input-type=module", "--eval", BUILD]
    subprocess.run(command, cwd=folder, env=os.environ | surroundings, check=True, capture_output=True)
    return {path.name: path.read_bytes() for path in folder.glob("vault-*")}


def test_whoever_builds_it_elsewhere_and_at_another_time_gets_the_same_bytes(tmp_path):
    here = built_in(tmp_path / "here", LC_ALL="C", TZ="UTC")
    away = tmp_path / "ein anderer Ordner" / "ß"
    there = built_in(away, LC_ALL="tr_TR.UTF-8", TZ="Asia/Tokyo", NODE_OPTIONS="--require ./clock.cjs")
    assert sorted(here) == sorted(f"vault-{path.name}" for path in BUILT.iterdir())
    assert there == here
    for data in here.values():
        assert str(tmp_path).encode() not in data
        assert str(ROOT).encode() not in data
        assert b"sourceMappingURL" not in data
