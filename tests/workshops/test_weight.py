"""What a full wall weighs on its way: 300 notes and 200 threads, as a large day brings them."""

import re
from random import Random

import pytest

from crosslab.workshops import actions
from crosslab.workshops.links import LinkKind
from crosslab.workshops.pages.wall import NEWEST
from crosslab.workshops.tables import Tie

NOTES, TIES, COMPANIES, THEMES = 300, 200, 12, 12
MOST = 25 * 1024
SPOKEN = [
    "a roof against the rain over the stage",
    "lamps that follow whoever walks",
    "the reading room warm without gas",
    "cloth that glows at night",
    "a path without steps from the harbour",
    "evenings for those who work by day",
    "benches that tell what stood here",
    "one ticket for museum, boat and bus",
    "apprentices show what they build",
    "sensors that hear the damp in old walls",
    "schools borrow the workshop on Mondays",
    "a map of smells",
    "drawings scanned by volunteers",
    "bread from the museum's own oven",
    "a stage that folds into a trailer",
]


def words(chance: Random) -> str:
    """A note as people write them: two thoughts, cut and put together."""
    one, two = chance.sample(SPOKEN, 2)
    return (
        f"{' '.join(one.split()[: chance.randint(3, 7)])}, {' '.join(two.split()[-chance.randint(2, 6) :])}"[
            :140
        ]
    )


@pytest.fixture
def full(room):
    """A wall with as many notes, themes and threads as a large day brings."""
    chance, db = Random(7), room.db
    own = {"workshop_id": room.workshop.id, "programme_id": room.workshop.programme_id}
    people = [room.comes(f"Guest {n}", f"Company {n % COMPANIES}") for n in range(60)]
    notes = [room.writes(people[n % 60], f"{words(chance)} {n}", "ABCDE"[n % 5]) for n in range(NOTES)]
    for n in range(THEMES):
        theme = actions.gather(db, room.manager, room.workshop, title=SPOKEN[n][:60])
        for note in notes[n :: THEMES + 3]:
            note.theme_id = theme.id
    for n in range(TIES):
        one = chance.randrange(NOTES)
        ends = {"from_id": notes[one].id, "to_id": notes[(one + chance.randrange(1, 12)) % NOTES].id}
        db.add(Tie(**own, **ends, key=f"tie-{n}", kind=LinkKind.JOINT, why=words(chance)[:60]))
    db.commit()
    return room


def test_a_wall_of_three_hundred_notes_weighs_no_more_than_25_kilobytes(full, browse, world):
    page = browse(world.priya).get(f"/s/{full.workshop.no}/wall")
    assert page.headers["content-encoding"] == "gzip"
    assert page.text.count('class="note n') == NOTES
    assert int(page.headers["content-length"]) <= MOST


def test_the_threads_that_do_not_come_with_the_page_come_by_a_link_and_for_the_script(full, browse, world):
    priya, at = browse(world.priya), f"/s/{full.workshop.no}"
    page, whole = (priya.get(f"{at}/wall{query}").text for query in ("", "?threads=all"))
    assert (tied(page), tied(whole)) == (NEWEST, TIES)
    assert 'href="?threads=all"' in page
    assert 'class="older"' not in whole
    ties = priya.get(f"{at}/threads.json").json()["ties"]
    assert [each["id"] for each in ties] == re.findall(r'data-tie="([^"]{36})"', whole)
    assert set(ties[0]) == {"id", "from", "to", "link", "why"}
    assert browse(world.ane).get(f"{at}/threads.json").status_code in {403, 404}


def tied(page: str) -> int:
    return len(re.findall(r'data-tie="[^"]{36}"', page))
