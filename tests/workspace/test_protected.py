"""The honest page: every attacker of the threat model stands on it, and in the papers, with the same verdicts."""

import re
from html import unescape

from crosslab.workspace import releases, threats
from crosslab.workspace.threats import THINGS, THREATS, WORDS
from tests.house.sources import ROOT

PAPER = (ROOT / "docs/vault.md").read_text().splitlines()


def row(threat):
    """A row of the table as the paper shows it."""
    verdicts = (", ".join(WORDS[each] for each in cell) for cell in threat.verdicts)
    return f"| {' | '.join([threat.who, *verdicts, threat.why])} |"


def test_a_verdict_is_given_on_every_thing():
    for threat in THREATS:
        assert len(threat.verdicts) == len(THINGS)
        assert all(threat.verdicts), threat.key


def test_the_page_shows_every_attacker_with_every_verdict(browse, world):
    page = unescape(browse().get("/en/protected").text)
    rows = dict(re.findall(r'<tr id="([\w-]+)">(.*?)</tr>', page, re.DOTALL))
    assert list(rows) == [threat.key for threat in THREATS]
    for threat in THREATS:
        assert threat.who in rows[threat.key]
        assert threat.why in rows[threat.key]
        assert verdicts_in(rows[threat.key]) == [[WORDS[v] for v in cell] for cell in threat.verdicts]


def verdicts_in(row):
    """The words of each cell of a row, without their signs."""
    cells = re.findall(r'<span class="verdicts">(.*?)</span></td>', row, re.DOTALL)
    return [
        [each.strip() for each in re.sub(r"<.*?>", "|", cell).split("|") if each.strip()] for cell in cells
    ]


def test_the_paper_shows_the_same_rows_and_no_others():
    first = PAPER.index(row(THREATS[0]))
    assert PAPER[first : first + len(THREATS) + 1] == [*map(row, THREATS), ""]


def test_the_page_and_the_paper_say_what_remains_open(browse, world):
    page = unescape(browse().get("/en/protected").text)
    for sentence in (*threats.HONEST, *threats.OUT_OF_SCOPE):
        assert sentence in page
        assert f"- {sentence}" in PAPER


def test_the_page_shows_the_hashes_of_the_very_files(browse, world):
    page, release = browse().get("/de/protected").text, releases.served()
    assert release.digest in page
    assert release.manifest.decode() in page


def test_a_release_is_named_by_the_list_that_is_committed():
    """Anybody can build the page: the manifest is the text of the committed list, byte for byte. `make bundle`."""
    assert releases.served().manifest == (ROOT / "assets/vault/BUNDLE").read_bytes()


def test_the_page_hashes_every_file_of_its_release():
    source = (ROOT / "assets/vault/ui/release.tsx").read_text()
    named = re.search(r"const FILES = \[(.*)\];", source)
    assert named is not None
    assert re.findall(r'"([\w.]+)"', named[1]) == [name for name, _ in releases.served().files]
