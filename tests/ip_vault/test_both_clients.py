"""The same worlds and the same lies, told to the page's engine and to the command line at the paths of the house.

Both believe the same, name a lie with the same word, and open exactly what was sealed to a key of theirs.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from crosslab.ip_vault.client.troubles import Tampered, Trouble, stands
from tests.ip_vault import liars
from tests.ip_vault.clients import Engine, Machine, Page
from tests.ip_vault.doors import Doors
from tests.ip_vault.honest import SIGNER, View
from tests.ip_vault.test_worlds import SEEDS, alone, shown
from tests.ip_vault.wild import Wild

CONVICT = {Trouble.SPLIT, Trouble.FORKED, Trouble.WITHHELD, Trouble.MISLABELLED}
"""What proves itself to whoever knows the log's key."""
Client = Page | Machine


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    made = Engine()
    yield made
    made.close()


def named(client: Client, doors: Doors) -> tuple[Trouble, bool] | None:
    """The trouble a client stops at, and whether its proof convicts the log; or None when it goes on."""
    try:
        client.look(doors)
    except Tampered as caught:
        return caught.trouble, stands(caught.proof, SIGNER)
    return None


@pytest.mark.parametrize("move", liars.ALWAYS, ids=lambda move: move.__name__)
@pytest.mark.parametrize("seed", SEEDS)
def test_both_name_a_lie_at_the_first_look_with_the_same_word(
    seed: int, move: liars.Move, engine: Engine, tmp_path: Path
) -> None:
    wild, honest = alone(seed)
    lie, troubles = move(wild, honest)
    page, machine = clients(engine, tmp_path, wild, honest)
    told = named(page, Doors(lie, honest))
    assert told == named(machine, Doors(lie, honest))
    assert told in {(each, each in CONVICT) for each in troubles}
    assert page.look(Doors(honest)) == machine.look(Doors(honest))


@pytest.mark.parametrize("move", [*liars.ALWAYS, *liars.TO_WHO_REMEMBERS], ids=lambda move: move.__name__)
@pytest.mark.parametrize("seed", SEEDS)
def test_both_name_a_lie_to_who_has_looked_before_with_the_same_word(
    seed: int, move: liars.Move, engine: Engine, tmp_path: Path
) -> None:
    """An open tab remembers what a machine remembers; a tab loaded anew what a machine does with its pins alone."""
    wild, honest = alone(seed)
    open_tab, machine = clients(engine, tmp_path, wild, honest)
    loaded = Page(engine, wild, honest.eyes.person)
    for each in (open_tab, loaded, machine):
        each.look(Doors(honest))
    loaded.close(Doors(honest))
    pins_alone = machine.twin(tmp_path / "pins")
    if move not in liars.TO_WHO_REMEMBERS:
        wild.grow(6)
    honest = shown(wild, honest.eyes.person)
    lie, troubles = move(wild, honest)
    for page, other in ((open_tab, machine), (loaded, pins_alone)):
        before = page.pinned
        told = named(page, Doors(lie, honest))
        assert told == named(other, Doors(lie, honest))
        assert told[0] in troubles if told else move not in liars.TO_WHO_REMEMBERS
        assert page.pinned == before or told is None
        assert page.look(Doors(honest)) == other.look(Doors(honest))


def clients(engine: Engine, folder: Path, wild: Wild, honest: View) -> tuple[Page, Machine]:
    person = honest.eyes.person
    return Page(engine, wild, person), Machine(folder / "machine", wild, person)
