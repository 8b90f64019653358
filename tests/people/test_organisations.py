"""Organisations: registered, described, found, numbered, verified."""

import pytest
from sqlmodel import select

from crosslab.core.errors import Forbidden, Refused
from crosslab.core.events import Event
from crosslab.people import actions, queries
from crosslab.people.queries import Sought
from crosslab.people.tables import Organisation, OrganisationKind, Presence, SizeClass
from crosslab.rules import Role, Verb, Verification

NEW = {
    "name": "Lysverket AS",
    "kind": OrganisationKind.SME_BUSINESS,
    "country": "NO",
    "size": SizeClass.MICRO,
}
TYPED = {"name": "Lysverket AS", "kind": "sme_business", "country": "NO", "size": "micro"}


def last(db, verb):
    return db.exec(select(Event).where(Event.verb == verb).order_by(Event.id.desc())).first()


def test_whoever_registers_an_organisation_is_its_first_signatory(db, world):
    made = actions.register(db, world.stig, **NEW)

    assert made.state is Verification.UNVERIFIED
    assert queries.seat_of(db, made, world.stig.person_id).role is Role.SIGNATORY
    assert last(db, Verb.PEOPLE_REGISTER).facts["what"] == "Lysverket AS"


def test_the_same_name_in_the_same_country_is_refused_unless_it_is_another(db, world):
    twin = {**NEW, "name": "FJORDLYS"}
    with pytest.raises(Refused, match="registered in this country already") as told:
        actions.register(db, world.stig, **twin)
    db.rollback()

    assert told.value.field == "name"
    assert actions.register(db, world.stig, **twin, another=True).slug == "fjordlys"
    assert actions.register(db, world.stig, **{**twin, "country": "DE"})


def test_registering_answers_a_mistake_beside_its_field(browse, world):
    answer = browse(world.stig).post("/organisations/new", {**TYPED, "country": "XX"}, htmx=True)

    assert answer.status_code == 422
    assert "Choose a country from the list." in answer.text
    assert "<html" not in answer.text


def test_registering_leads_to_the_profile(browse, world):
    answer = browse(world.stig).post("/organisations/new", TYPED)

    assert answer.headers["location"] == "/organisations/lysverket-as/edit"


def test_colleagues_describe_it_and_strangers_may_not(browse, world):
    typed = {
        **TYPED,
        "name": "Fjordlys AS",
        "offers": "Light without wires.",
        "sectors": ["lighting", "events"],
    }
    way = "/organisations/fjordlys-as/edit"

    assert browse(world.stig).get(way).status_code == 403
    assert browse(world.stig).post(way, typed).status_code == 403
    assert (
        browse(world.lars).post(way, {**typed, "website": "lys.example", "listed": "yes"}).status_code == 303
    )
    assert "Light without wires." in browse().get("/en/organisations/fjordlys-as").text


def test_a_script_in_a_profile_is_shown_as_typed(browse, world):
    typed = {**TYPED, "summary": "<script>alert(1)</script>", "website": "javascript:alert(1)"}
    assert browse(world.lars).post("/organisations/fjordlys-as/edit", typed).status_code == 422

    typed["website"], typed["listed"] = "", "yes"
    browse(world.lars).post("/organisations/fjordlys-as/edit", typed)
    assert "<script>alert" not in browse().get("/en/organisations/fjordlys-as").text


def test_the_list_says_why_something_matches(browse):
    answer = browse().get("/en/organisations?q=light&country=NO")

    assert "Offers: “Self-standing rigs, low-voltage light, night events.”" in answer.text
    assert "Kaiserlicht" not in answer.text


def test_the_list_knows_words_with_letters_of_the_north(db, world):
    found = queries.catalogue(db, world.stig, Sought.of("sørlandet", "", "", None))

    assert [row.name for row in found.rows] == ["Sørlandet Data AS"]


@pytest.mark.parametrize(
    ("sought", "names"),
    [
        (Sought.of("", "sound", "", None), {"Nordlyd AS"}),
        (Sought.of("", "", "DE", SizeClass.MEDIUM), {"Kaiserlicht GmbH"}),
        (Sought.of("50%", "", "", None), set()),
    ],
)
def test_the_list_is_sifted_by_facts(db, world, sought, names):
    assert {row.name for row in queries.catalogue(db, world.stig, sought).rows} == names
    assert queries.counted(db, world.stig, sought) == len(names)


def test_a_long_list_pages_by_key(db, world):
    for n in range(30):
        actions.register(db, world.stig, **{**NEW, "name": f"Aamot {n:02} AS"})
    everyone = Sought.of("Aamot", "", "", None)
    first = queries.catalogue(db, world.stig, everyone)
    second = queries.catalogue(db, world.stig, everyone, first.after)

    assert (len(first.rows), len(second.rows), second.after) == (24, 6, None)


def test_an_organisation_that_is_not_listed_is_for_its_own_people(db, world, browse):
    world.houses["haugen"].listed = False
    db.commit()

    assert browse().get("/en/organisations/haugen-design-as").status_code == 404
    assert browse(world.eli).get("/en/organisations/haugen-design-as").status_code == 200
    assert "Haugen" not in browse().get("/en/organisations").text


def test_a_number_is_added_once_and_removed(browse, world, db):
    eli, way = browse(world.eli), "/organisations/haugen-design-as/identifiers"
    wrong = eli.post(way, {"scheme": "NO-BRC", "value": "310022102"})
    taken = eli.post(way, {"scheme": "XI-ROR", "value": "05asf4e91"})
    again = browse(world.ane).post(
        "/organisations/fjordlys-as/identifiers", {"scheme": "XI-ROR", "value": "05asf4e91"}
    )

    assert (wrong.status_code, taken.status_code, again.status_code) == (422, 303, 422)
    number = queries.identifiers_of(db, world.houses["haugen"])[-1]
    assert eli.post(f"{way}/{number.id}/remove").status_code == 303
    assert last(db, Verb.PEOPLE_DROP_IDENTIFIER).facts["identifier"] == "XI-ROR-05asf4e91"


def test_the_steward_verifies_and_the_profile_says_who_and_when(browse, world, db):
    haugen = world.houses["haugen"]
    way = f"/admin/organisations/{haugen.id}/verify"

    assert browse(world.eli).post(way, {"note": "It is us."}).status_code == 403
    assert browse(world.solveig).post(way, {"note": ""}).status_code == 422
    assert browse(world.solveig).post(way, {"note": "Seen in the register."}).status_code == 303
    assert "Verified by Solveig Aas on" in browse().get("/en/organisations/haugen-design-as").text
    assert last(db, Verb.PEOPLE_VERIFY).facts["note"] == "Seen in the register."


def test_a_refusal_has_a_reason_that_its_people_read_and_can_ask_again(browse, world, db):
    way = f"/admin/organisations/{world.houses['haugen'].id}/refuse"
    browse(world.solveig).post(way, {"note": "The number belongs to another firm."})

    page = "/en/organisations/haugen-design-as"
    assert "The number belongs to another firm." in browse(world.eli).get(page).text
    assert "The number belongs to another firm." not in browse().get(page).text
    assert browse(world.eli).post("/organisations/haugen-design-as/verification").status_code == 303
    assert browse(world.eli).post("/organisations/haugen-design-as/verification").status_code == 409


def test_there_must_be_something_to_verify(db, world):
    with pytest.raises(Refused, match="Add a register number or a website first"):
        actions.ask_verification(db, world.sam, world.houses["twolocks"])
    with pytest.raises(Forbidden):
        actions.ask_verification(db, world.stig, world.houses["twolocks"])


def test_not_verified_is_said(browse):
    assert "Nobody has checked yet" in browse().get("/en/organisations/two-locks-cic").text


def test_the_queue_is_for_the_steward_alone(browse, world):
    for path in ("/admin/organisations", "/admin/programmes", "/admin/appointments"):
        assert browse(world.priya).get(path).status_code == 404
        assert browse(world.solveig).get(path).status_code == 200
    assert "Haugen Design AS" in browse(world.solveig).get("/admin/organisations").text


def test_the_steward_founds_a_programme_and_appoints_its_manager(browse, world, db):
    solveig = browse(world.solveig)
    typed = {"name": "Nordic Stages", "code": "NS", "currency": "NOK"}

    assert solveig.post("/admin/programmes", {**typed, "code": "HIP"}).status_code == 422
    assert solveig.post("/admin/programmes", typed).status_code == 303
    made = next(p for p in queries.programmes(db, world.solveig) if p.code == "NS")
    typed = {"email": world.mikkel.email, "at": str(made.id)}
    assert solveig.post("/admin/appointments", typed).status_code == 303
    assert solveig.post("/admin/appointments", typed).status_code == 422
    assert queries.managers(db)[made.id] == ["Mikkel Lund"]


def test_nothing_of_the_cast_is_left_unverified_but_two(db, world):
    states = {o.name: o.state for o in db.exec(select(Organisation)).all()}

    assert states.pop("Haugen Design AS") is Verification.ASKED
    assert states.pop("Two Locks CIC") is Verification.UNVERIFIED
    assert set(states.values()) == {Verification.VERIFIED}
    assert db.exec(select(Presence)).first()
