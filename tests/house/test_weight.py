"""The processes that run for months load what they serve with, and no more."""

import json
import os
import subprocess
import sys

import pytest

from tests.house.sources import ROOT

LOADED = "import json, sys; sys.argv = ['crosslab', {!r}]; import crosslab.__main__; print(json.dumps([*sys.modules]))"
OF_OTHERS = {
    "alembic": "migrate",
    "crosslab.demo.world": "seed",
    "crosslab.strings": "strings",
    "crosslab.member": "vault",
    "typst": "a process of its own sets pages",
    "PIL": "a process of its own makes pictures",
    "httpx": "`vault`; it brings a library for terminals",
    "rich": "`vault`",
    "psycopg": "a house on SQLite needs no driver for PostgreSQL",
}


@pytest.mark.parametrize("command", ["serve", "worker"])
def test_what_only_others_need_is_not_loaded(command):
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(
        [sys.executable, "-c", LOADED.format(command)], env=env, capture_output=True, check=True
    )
    loaded = set(json.loads(done.stdout))
    assert {"crosslab.serving", "crosslab.app"} <= loaded
    assert {name: why for name, why in OF_OTHERS.items() if name in loaded} == {}
