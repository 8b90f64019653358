"""What the vault's page is told of oneself and one's colleagues: hints, never believed against the chains."""

from sqlmodel import select

from crosslab.ip_vault import age
from crosslab.people.tables import Seat
from tests.workspace.members import Member


def test_one_is_told_which_ways_to_unlock_one_has_and_since_when(member):
    tom = member("tom")
    assert list(tom.session()["person"]["ways"]) == ["passphrase"]
    tom.put(age.encrypt(b"x", age.ScryptRecipient("six words of mine")), "passphrase", to="unlock")

    assert tom.session()["person"]["ways"]["passphrase"].startswith("20")
    assert "data" not in str(tom.session()["person"]["ways"])


def test_a_manager_is_told_whose_key_belongs_to_nobody_at_work_any_more(db, world, member):
    ane, lars = member("ane"), {"name": "Lars Nilsen", "vault_id": None}
    (house,) = ane.session()["organisations"]
    assert house["people"] == [{"name": "Ane Nilsen", "vault_id": ane.me}, lars]

    for seat in db.exec(select(Seat).where(Seat.person_id == world.lars.person_id)).all():
        db.delete(seat)
    db.commit()
    assert ane.session()["organisations"][0]["people"] == [{"name": "Ane Nilsen", "vault_id": ane.me}]


def test_somebody_without_a_seat_is_told_nothing_of_an_organisations_people(browse, world):
    stig = Member(browse(world.stig))
    assert all(house["name"] != "Fjordlys AS" for house in stig.session()["organisations"])
