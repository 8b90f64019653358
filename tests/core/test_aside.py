"""Work in a process of its own: what it makes, what it cannot, and what it dies of."""

import signal
import subprocess

import pytest

from crosslab.core import aside as programs
from crosslab.core.aside import Cannot, aside


@pytest.fixture
def program(tmp_path):
    """`program("…")`: a file with this program."""

    def written(text):
        path = tmp_path / "program.py"
        path.write_text(f"import os, sys, time\n{text}\n")
        return path

    return written


def test_it_makes_something_of_the_bytes_it_is_given(program):
    turns = program("sys.stdout.buffer.write(sys.stdin.buffer.read()[::-1])")
    assert aside(turns, b"\x00\xff" * 100_000) == b"\xff\x00" * 100_000


def test_it_says_in_its_words_what_it_cannot_read(program):
    with pytest.raises(Cannot, match="“漢” is not to be had"):
        aside(program("sys.stdout.buffer.write('“漢” is not to be had'.encode()); sys.exit(3)"), b"")


def test_what_it_dies_of_ends_nobody_else(program):
    with pytest.raises(Cannot):
        aside(program(f"os.kill(os.getpid(), {int(signal.SIGSEGV)})"), b"")


def test_what_does_not_end_is_ended(program, monkeypatch):
    monkeypatch.setattr(programs, "PATIENCE", 0.5)
    with pytest.raises(Cannot):
        aside(program("time.sleep(60)"), b"")


def test_a_fault_of_the_program_itself_is_no_fault_of_the_bytes(program):
    with pytest.raises(subprocess.CalledProcessError):
        aside(program("1 / 0"), b"")


def test_a_file_beside_it_is_not_taken_for_a_library(program, tmp_path):
    (tmp_path / "json.py").write_text("raise SystemExit(3)")
    assert aside(program("import json; print(json.dumps(1), end='')"), b"") == b"1"
