"""Reads mutated files with every parser of the vault, in both languages, for as long as told.

    python tools/fuzz.py --seconds 600                the parsers in turn, changed at random from the corpus
    python tools/fuzz.py --seconds 60 --atheris note  one parser under atheris, where that is installed

Whatever breaks a parser, is judged differently by the two languages, or is refused for a reason that no file
of `tests/corpus` shows yet is written there, so that it runs with the tests from then on.
"""

import argparse
import sys
import time
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from crosslab.ip_vault.errors import VaultError  # noqa: E402
from tests.fuzz import parsers, test_corpus  # noqa: E402

BATCH = 100


def main() -> int:
    """How many finds there were: none is the good news."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--seconds", type=int, default=60)
    options.add_argument("--seed", type=int, default=int(time.time()))
    options.add_argument("--atheris", metavar="PARSER", choices=sorted(parsers.PARSERS))
    asked = options.parse_args()
    if asked.atheris:
        return under_atheris(asked.atheris, asked.seconds)
    print(f"seed {asked.seed}")
    return at_random(asked.seed, asked.seconds)


def at_random(seed: int, seconds: int) -> int:
    """Batches of mutants until the time is up."""
    ends, known, finds, tried = time.monotonic() + seconds, reasons_known(), 0, 0
    while time.monotonic() < ends:
        cases = test_corpus.mutants(seed + tried, dict.fromkeys(parsers.PARSERS, BATCH))
        fine = [case for case in cases if not (why := broken(*case)) or not keep(*case, why)]
        all_alike = not test_corpus.differing(fine)
        judged_otherwise = [] if all_alike else [case for case in fine if test_corpus.differing([case])]
        for name, data in judged_otherwise:
            keep(name, data, "judged differently by the two languages")
        finds += len(cases) - len(fine) + len(judged_otherwise)
        for name, data in fine:
            if (reason := (name, refusal(name, data))) not in known:
                known.add(reason)
                keep(name, data, "refused for a new reason")
        tried += 1
    print(f"{tried * BATCH * len(parsers.PARSERS)} files, {finds} finds")
    return finds


def broken(name: str, data: bytes) -> str:
    """What a parser broke with, other than its own errors."""
    try:
        parsers.verdict(name, data)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return ""


def refusal(name: str, data: bytes) -> str:
    """Why a parser refuses the bytes; empty when it takes them."""
    try:
        parsers.PARSERS[name](data)
    except VaultError as error:
        return f"{type(error).__name__}: {error}"
    return ""


def reasons_known() -> set[tuple[str, str]]:
    return {(name, refusal(name, data)) for name, data in test_corpus.corpus()}


def keep(name: str, data: bytes, why: str) -> bool:
    """Puts a find into the corpus."""
    path = parsers.FOLDER / name / f"found-{sha256(data).hexdigest()[:12]}"
    path.write_bytes(data)
    print(f"{path.relative_to(ROOT)}: {why}")
    return True


def under_atheris(name: str, seconds: int) -> int:
    """Coverage-guided, with the corpus as its beginning; new files stay in the corpus."""
    import atheris  # noqa: PLC0415

    with atheris.instrument_imports():
        parse = parsers.PARSERS[name]

    def once(data: bytes) -> None:
        try:
            parse(data)
        except VaultError:
            return

    atheris.Setup([sys.argv[0], f"-max_total_time={seconds}", str(parsers.FOLDER / name)], once)
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(bool(main()))
