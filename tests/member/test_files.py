"""Sealing, opening, sharing from the command line, against a served house."""

from collections.abc import Callable
from pathlib import Path

from tests.member.machine import Machine

Of = Callable[[str], Machine]


def test_what_is_put_by_one_is_got_by_another(machine: Of, tmp_path: Path) -> None:
    ane, tom = machine("ane"), machine("tom")
    source = tmp_path / "stage plan.txt"
    source.write_bytes(b"light follows feet\n" * 9000)
    put = ane.run(
        "put", str(source), "--title", "Stage plan", "--in", "amphi-nights", "--reader", "Tinker & Tap Ltd"
    )
    assert put["number"] == 1
    got = tom.run("get", put["contribution"][:12], "--to", str(tmp_path / "out"))
    assert Path(got["files"][0]).read_bytes() == source.read_bytes()
    assert "Stage plan" in [
        each["title"] for each in tom.run("list", "--in", "amphi-nights")["contributions"]
    ]
    assert not list((tom.home / "spool/coming").iterdir())
    assert not [each for each in (ane.home / "spool").iterdir() if each.is_dir() and each.name != "coming"]
