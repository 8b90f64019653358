"""The pages of a room, as plain forms: come in, write, walk, tie, gather, vote, read the results."""

import re

from sqlmodel import select

from crosslab.web.door import MOST_GUESSES
from crosslab.workshops.tables import Workshop

DAY = {f"{name}_{part}": value for name, hour in (("starts_at", "09:00"), ("closes_at", "15:00"))
       for part, value in (("day", "3"), ("month", "12"), ("year", "2026"), ("time", hour))}  # fmt: skip


def test_a_day_in_the_room_without_javascript(db, world, browse):
    priya, ane, tom = browse(world.priya), browse(), browse()
    slug = "heritage-innovation"
    slug = re.search(r'href="/p/([^/"]+)/pipeline', priya.get("/desk").text).group(1)
    answer = priya.post(
        f"/p/{slug}/workshops", {"title": "What light could do", "zone": "Europe/Oslo", "dots": "3", **DAY}
    )
    assert answer.status_code == 303, answer.text
    workshop = db.exec(select(Workshop).where(Workshop.title == "What light could do")).one()
    at = f"/s/{workshop.no}"
    assert priya.get(f"{at}/control").status_code == 200
    assert priya.post(f"{at}/companies", {"name": "Fjordlys AS"}).status_code == 303
    assert priya.post(f"{at}/begin", {"minutes": "15"}).status_code == 303
    for person, name, typed in ((ane, "Ane", {"company": "Fjordlys AS"}), (tom, "Tom", {"other": "Loom"})):
        assert "What light could do" in person.get(f"/en/j/{workshop.code.lower()}").text
        assert person.post(f"/j/{workshop.code}", {"name": name, **typed}).status_code == 303
        assert person.get(f"{at}/me/write").status_code == 200
    assert ane.post(f"{at}/notes", {"prompt": "A", "text": "Light without wires"}).status_code == 303
    assert tom.post(f"{at}/notes", {"prompt": "B", "text": "Cloth that <b>glows</b>"}).status_code == 303
    assert "Cloth that &lt;b&gt;glows&lt;/b&gt;" in ane.get(f"{at}/me/walk").text
    linking = ane.get(f"{at}/me/link").text
    two, one = re.findall(r'name="(?:one|two)" value="([0-9a-f-]{36})"', linking)
    assert "No note of another company" in ane.get(f"{at}/me/link?q=steel").text
    assert "glows" in ane.get(f"{at}/me/link?q=GLOWS").text
    assert (
        ane.post(
            f"{at}/ties",
            {"one": one, "two": two, "kind": "offer", "why": "It needs light", "key": "abcdefgh1"},
        ).status_code
        == 303
    )
    assert priya.get(f"{at}/themes").status_code == 200
    assert priya.post(f"{at}/themes", {"title": "Glow", "notes": [one, two]}).status_code == 303
    for _ in range(3):
        assert priya.post(f"{at}/advance", {"minutes": "5"}).status_code == 303
    theme = re.search(r"/themes/([0-9a-f-]{36})/vote", ane.get(f"{at}/me/vote").text).group(1)
    assert ane.post(f"{at}/themes/{theme}/vote").status_code == 303
    assert "2 dots left" in ane.get(f"{at}/me/vote").text
    for page in (
        "wall",
        "themes",
        "results",
        "projector",
        "projector?scene=join",
        "projector?scene=links",
        "edit",
        "control",
    ):
        assert priya.get(f"{at}/{page}").status_code == 200, page
    assert "Light without wires" in priya.get(f"{at}/results").text
    assert "Light without wires" in priya.get(f"{at}/notes.csv").text


def test_a_visitor_sees_the_session_and_nothing_of_its_wall(db, world, browse):
    test_a_day_in_the_room_without_javascript(db, world, browse)
    workshop, visitor = (
        db.exec(select(Workshop).where(Workshop.title == "What light could do")).one(),
        browse(),
    )
    assert "What light could do" in visitor.get("/en/sessions").text
    assert visitor.get(f"/en/sessions/{workshop.no}-x").status_code == 200
    for page in ("results", "projector", "notes.csv"):
        assert visitor.get(f"/s/{workshop.no}/{page}").status_code in {303, 403, 404}


def test_the_link_for_afar_is_told_to_those_with_a_card_alone(planned, browse):
    workshop, ane = planned.workshop, browse()
    workshop.online = "https://meet.example/light"
    planned.db.commit()
    page = f"/en/sessions/{workshop.no}-{workshop.slug}"
    assert "meet.example" not in ane.get(page).text
    assert ane.post(f"/j/{workshop.code}", {"name": "Ane", "other": "Fjordlys AS"}).status_code == 303
    assert "meet.example" in ane.get(page).text


def test_wrong_codes_without_end_are_slowed_and_right_ones_with_them(browse):
    guesser = browse()
    told = [guesser.get(f"/en/j/AAA{n:03}").status_code for n in range(222, 222 + MOST_GUESSES)]
    assert set(told) == {404}
    answer = guesser.get("/en/j/AAAAAA")
    assert (answer.status_code, "Retry-After" in answer.headers) == (429, True)


def test_names_are_hidden_before_the_wall_opens_and_people_expected_have_a_card(browse, world, planned, db):
    db.commit()
    priya, at = browse(world.priya), f"/s/{planned.workshop.no}"
    assert f'action="{at}/hide-names"' in priya.get(f"{at}/control").text
    assert priya.post(f"{at}/hide-names").status_code == 303
    expected = {"company": "Fjordlys AS", "names": "Randi Myhre\nUwe Brandt"}
    assert priya.post(f"{at}/people", expected).headers["location"] == f"{at}/control#people"
    control = priya.get(f"{at}/control").text
    assert "Randi Myhre" in control
    assert f'action="{at}/show-names"' in control


def test_who_takes_part_is_led_nowhere_they_may_not_go(browse, world, db):
    at = f"/s/{db.exec(select(Workshop).where(Workshop.title == 'An amphitheatre and eleven companies')).one().no}"
    page = browse(world.ane).get(f"{at}/cases").text
    links = set(re.findall(rf'<a href="({at}/[a-z]+)"', page))
    assert {browse(world.ane).get(link).status_code for link in links} <= {200, 303}
