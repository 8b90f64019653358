"""The lock files are in step with what they were made from, hashed, and name no registry."""

from tools import locks


def test_the_lock_files_are_in_order():
    assert locks.faults() == []


def test_what_a_server_needs_has_the_versions_that_were_tested():
    tested, served = (
        {line.split(" ")[0] for line in (locks.HOUSE / name).read_text().splitlines() if "==" in line[:60]}
        for name in ("requirements.lock", "requirements-run.lock")
    )
    assert served <= tested
