"""Getting a root onto a new device, and noticing every swap."""

import pytest

from crosslab.ip_vault import age, client
from crosslab.ip_vault.errors import ProofError
from crosslab.ip_vault.grants import IdentityFile
from crosslab.ip_vault.keys import person_keys
from tests.ip_vault.world import Cast, secret


def test_a_root_comes_back_with_its_passphrase_only(cast: Cast) -> None:
    own = IdentityFile(cast.people["ines"], 1, secret("ines"))
    file = client.lock(own, "six words of a list")
    assert (
        client.check_identity(cast.state, client.unlock(file, "six words of a list")).sign
        == cast.pen("ines").keys.sign
    )
    with pytest.raises(age.NoMatch):
        client.unlock(file, "six other words")


def test_the_file_of_another_person_is_noticed(cast: Cast) -> None:
    for swapped in (
        IdentityFile(cast.people["ines"], 1, secret("bo")),
        IdentityFile(cast.people["bo"], 1, secret("ines")),
        IdentityFile("0" * 64, 1, secret("ines")),
    ):
        with pytest.raises(ProofError):
            client.check_identity(cast.state, swapped)


def test_an_old_file_and_an_old_history_are_noticed(cast: Cast) -> None:
    with pytest.raises(ProofError, match="older than your unlock file"):
        client.check_identity(cast.state, IdentityFile(cast.people["ines"], 2, secret("ines again")))
    cast.say(client.rotate(cast.pen("ines"), person_keys(secret("ines again")), "routine"))
    with pytest.raises(client.Superseded, match="your key number 1; the register has number 2"):
        client.check_identity(cast.state, IdentityFile(cast.people["ines"], 1, secret("ines")))
    with pytest.raises(ProofError, match="names another key as yours"):
        client.check_identity(cast.state, IdentityFile(cast.people["ines"], 1, secret("a stranger")))
    assert client.check_identity(cast.state, IdentityFile(cast.people["ines"], 2, secret("ines again")))
