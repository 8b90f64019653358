"""A bundle as a way to learn about others: it says no more of them than its maker may read anyway."""

from dataclasses import replace

from crosslab.ip_vault import evidence
from tests.ip_vault.bundles import VKEY, source
from tests.ip_vault.world import Cast
from tests.vectors.golden import history


def test_whoever_names_a_stranger_as_author_learns_nothing_of_their_chain(cast: Cast) -> None:
    """Anybody's id may be written into a version; the ids of their statements would tell when they did what."""
    kai = cast.people["kai"]
    said = history.version(cast, replace(cast.claim(), authors=(cast.people["ines"], kai)))
    cast.say(said)
    known = source(cast, "tinsel")
    theirs = set(cast.state.chains[kai].ids)
    notes = {each: text for each, text in known.notes.items() if each not in theirs}
    known = replace(known, notes=notes)
    for files in (
        evidence.register(known, cast.consortium),
        evidence.claim(known, said.id, cast.orgs["tinsel"]),
    ):
        assert not [path for path in files if kai in path]
        assert evidence.check(files, VKEY, without_time=True, with_gaps=True).facts
