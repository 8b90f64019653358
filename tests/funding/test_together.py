"""Several people at once, on databases that really commit."""

from concurrent.futures import ThreadPoolExecutor

from crosslab.core.db import transaction
from crosslab.core.errors import Overtaken
from crosslab.core.find import find
from crosslab.funding import actions, queries
from crosslab.funding.tables import Application

from .conftest import PARTNERS, build


def test_four_partners_sign_at_once_and_all_four_count(house):
    with transaction(house.engine) as db:
        team = build(db)
        made = team.complete().id
        people = {name: getattr(team, who) for name, who in PARTNERS.items()}
        houses = {name: team.world.houses[name].id for name in PARTNERS}

    def sign(name: str) -> None:
        with transaction(house.engine) as db:
            application = find(db, people[name], Application, made)
            whole = queries.whole(db, application)
            sheet = whole.sheet_of(houses[name]).budget
            actions.sign(db, people[name], application, sheet, digest=whole.digest)

    with ThreadPoolExecutor(4) as crowd:
        list(crowd.map(sign, PARTNERS))
    with transaction(house.engine) as db:
        assert queries.whole(db, find(db, people["fjordlys"], Application, made)).signed == 4


def test_of_two_who_save_a_section_at_once_one_is_told(house):
    with transaction(house.engine) as db:
        team = build(db)
        made, writers = team.start().id, [team.ane, team.tom]

    def write(actor) -> str:
        try:
            with transaction(house.engine) as db:
                application = find(db, actor, Application, made)
                section = queries.section(db, application, "summary")
                actions.write(db, actor, application, section, text=actor.name, version=1)
        except Overtaken:
            return "told"
        return "saved"

    with ThreadPoolExecutor(2) as crowd:
        assert sorted(crowd.map(write, writers)) == ["saved", "told"]
