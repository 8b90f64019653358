"""The pages around voices and leads as plain forms: come in, say, support, answer, hide, leave, take back, rate."""

import re

import pytest
from sqlmodel import col, select

from crosslab.core.mail import Letter
from crosslab.sessions import actions
from crosslab.worker import Worker

SAID = {"kind": "question", "text": "How <b>heavy</b> is it?", "agrees": "yes"}


@pytest.fixture
def running(field):
    """A session that is running: whoever has its code can come in."""
    actions.begin(field.db, field.host, field.session)
    field.db.commit()
    return field


@pytest.fixture
def phone(running, browse):
    """`phone("Ola")`: somebody's telephone that came in with the code."""

    def come(name):
        visitor = browse()
        assert "No account" not in visitor.get(f"/i/{running.session.code.lower()}").text
        assert visitor.post(f"/i/{running.session.code}", {"name": name}).status_code == 303
        return visitor

    return come


def at(field, tail=""):
    return f"/o/{field.session.no}{tail}"


def voice_on(page):
    return re.search(r'id="v([0-9a-f-]{36})"', page.text).group(1)


def letter_to(field, door, address):
    """What the mailbox holds for an address, the newest first."""
    Worker(door).drain()
    found = field.db.exec(select(Letter).where(Letter.to == address).order_by(col(Letter.id).desc())).all()
    return [each.text for each in found]


def test_a_wrong_code_opens_nothing(running, browse):
    assert browse().get("/i/AAAAAA").status_code == 404


def test_a_guest_reads_the_terms_says_something_and_another_supports_it(running, phone):
    ola, tom = phone("Ola"), phone("Tom")
    assert "uses it only after you have agreed in writing" in ola.get(at(running)).text
    refused = ola.post(at(running, "/voices"), {**SAID, "agrees": ""})
    assert refused.status_code == 422
    assert "who may use" in refused.text
    assert "How &lt;b&gt;heavy&lt;/b&gt; is it?" in refused.text
    assert ola.post(at(running, "/voices"), SAID).status_code == 303
    page = tom.get(at(running))
    voice = voice_on(page)
    assert "How &lt;b&gt;heavy&lt;/b&gt; is it?" in page.text
    assert tom.post(at(running, f"/voices/{voice}/support")).status_code == 303
    assert 'aria-pressed="true"' in tom.get(at(running)).text
    assert 'id="voices"' in tom.post(at(running, f"/voices/{voice}/unsupport"), htmx=True).text


def test_an_idea_brings_the_warning_before_it_is_sent(running, phone):
    ola = phone("Ola")
    idea = {**SAID, "kind": "idea", "text": "A lamp that floats"}
    refused = ola.post(at(running, "/voices"), idea)
    assert refused.status_code == 422
    assert "hardly be patented" in refused.text
    assert ola.post(at(running, "/voices"), {**idea, "warned": "yes"}).status_code == 303


def test_whoever_floods_is_slowed_and_keeps_the_words_and_others_are_not(running, phone):
    ola, tom = phone("Ola"), phone("Tom")
    answers = [ola.post(at(running, "/voices"), {**SAID, "text": f"Thing {n}"}) for n in range(7)]
    assert [each.status_code for each in answers] == [303] * 6 + [422]
    assert "Thing 6" in answers[-1].text
    assert tom.post(at(running, "/voices"), SAID).status_code == 303


def test_ones_own_words_are_changed_and_taken_back(running, phone):
    ola = phone("Ola")
    ola.post(at(running, "/voices"), SAID)
    voice = voice_on(ola.get(at(running)))
    assert ola.post(at(running, f"/voices/{voice}"), {"text": ""}).status_code == 422
    assert ola.post(at(running, f"/voices/{voice}"), {"text": "How long is it?"}).status_code == 303
    assert "How long is it?" in ola.get(at(running)).text
    assert ola.post(at(running, f"/voices/{voice}/unsay")).status_code == 303
    assert "How long is it?" not in ola.get(at(running)).text


def test_a_stranger_reads_and_says_nothing(running, phone, browse):
    phone("Ola").post(at(running, "/voices"), SAID)
    stranger = browse()
    voice = voice_on(stranger.get(at(running)))
    assert stranger.post(at(running, "/voices"), SAID).status_code == 403
    assert stranger.post(at(running, f"/voices/{voice}/support")).status_code == 403
    assert stranger.get(at(running, "/contact")).status_code == 403
    assert stranger.get(at(running, "/desk")).status_code == 303


def test_the_host_answers_groups_pins_hands_on_and_hides(running, phone, browse, world):
    ola, host = phone("Ola"), browse(world.ane)
    for text in ("How heavy?", "What does it weigh?"):
        ola.post(at(running, "/voices"), {**SAID, "text": text})
    one, two = re.findall(r'<li class="voice[^>]* id="v([0-9a-f-]{36})"', host.get(at(running, "/desk")).text)
    assert host.post(at(running, f"/voices/{two}/group"), {"into": one}).status_code == 303
    assert host.post(at(running, f"/voices/{one}/pin")).status_code == 303
    assert "1 more said the same" in host.get(at(running, "/screen")).text
    assert host.post(at(running, f"/voices/{one}/answer"), {"text": "Four **kilos**."}).status_code == 303
    assert "<strong>kilos</strong>" in ola.get(at(running)).text
    assert host.post(at(running, f"/voices/{two}/ungroup")).status_code == 303
    assert host.post(at(running, f"/voices/{two}/hide"), {"reason": "x"}).status_code == 422
    assert host.post(at(running, f"/voices/{two}/hide"), {"reason": "Asked above."}).status_code == 303
    assert "Asked above." in ola.get(at(running)).text
    assert "Asked above." in host.get(at(running, "/desk?show=hidden")).text
    assert host.post(at(running, f"/voices/{two}/unhide")).status_code == 303
    assert host.post(at(running, f"/voices/{two}/answered")).status_code == 303


@pytest.mark.parametrize("who", ["tom", "mikkel", "stig"])
def test_nobody_else_comes_to_the_desk(running, browse, world, who):
    for page in ("/desk", "/terms", "/screen", "/summary"):
        assert browse(getattr(world, who)).get(at(running, page)).status_code == 403


def test_showing_something_new_needs_the_warning(running, browse, world):
    host = browse(world.ane)
    told = {"terms": "shared", "shows_new": "yes"}
    refused = host.post(at(running, "/terms"), told)
    assert refused.status_code == 422
    assert "Article 54" in refused.text
    assert host.post(at(running, "/terms"), {**told, "warned": "yes"}).status_code == 303
    assert "Shared with the host" in host.get(at(running, "/desk")).text


def test_a_lead_is_left_with_consent_worked_with_and_taken_back(running, phone, browse, world, door):
    ola, ane = phone("Ola"), browse(world.ane)
    form = ola.get(at(running, "/contact"))
    assert "the organiser of the session sees numbers alone" in form.text
    told = {
        "intent": "job",
        "name": "Ola",
        "email": "ola@away.example",
        "words": "=1+1",
    }
    assert ola.post(at(running, "/contact"), told).status_code == 422
    assert (
        ola.post(at(running, "/contact"), {**told, "organisations": str(running.house.id)}).status_code == 303
    )
    inbox = "/organisations/fjordlys-as/leads"
    lead = re.search(rf'{inbox}/([0-9a-f-]{{36}})">Ola<', ane.get(inbox).text).group(1)
    for tail, typed in (
        ("plan", {"assignee": str(world.lars.person_id), "next_step": "Ring",
                  "next_on_day": "1", "next_on_month": "12", "next_on_year": "2026"}),
        ("notes", {"text": "Speaks three languages."}), ("write", {"text": "Come and see us in Bergen."}),
        ("talk", {}), ("became", {"became": "hire", "of": "Fitter"}), ("close", {}),
    ):  # fmt: skip
        assert ane.post(f"{inbox}/{lead}/{tail}", typed).status_code == 303, tail
    assert "Speaks three languages." in ane.get(f"{inbox}/{lead}").text
    assert "'=1+1" in ane.get(f"{inbox}.csv").text
    letter = letter_to(running, door, "ola@away.example")[0]
    assert "Come and see us in Bergen." in letter
    link = re.search(r"/leads/back/[\w-]+", letter).group(0)
    stranger = browse()
    assert "ola@away.example" in stranger.get(link).text
    assert stranger.post(link).status_code == 303
    after = ane.get(f"{inbox}/{lead}").text + ane.get(inbox).text + ane.get(f"{inbox}.csv").text
    assert "took it back" in after
    for gone in ("ola@away.example", "Speaks three languages.", "1+1"):
        assert gone not in after


@pytest.mark.parametrize("who", ["tom", "priya", "helen", "solveig", "stig"])
def test_an_inbox_is_nothing_to_others(running, browse, world, who):
    for page in ("", ".csv"):
        assert browse(getattr(world, who)).get(f"/organisations/fjordlys-as/leads{page}").status_code == 404


def test_the_summary_is_prepared_and_sent_and_its_link_leads_to_three_questions(
    running, browse, world, door, later
):
    running.comes("Liv")
    host = browse(world.ane)
    with later(days=10, hours=3):
        actions.finish(running.db, running.host, running.session)
    running.db.commit()
    told = {"words": "Thank you all.", "slides": "https://fjordlys.example/lamp.pdf", "licence": "cc0"}
    assert host.post(at(running, "/summary"), {**told, "slides": "fjordlys"}).status_code == 422
    assert host.post(at(running, "/summary"), told).status_code == 303
    assert host.post(at(running, "/summary/send")).status_code == 303
    letter = letter_to(running, door, "liv@example.org")[0]
    assert "Thank you all." in letter
    assert "CC0" in letter
    link = re.search(rf"/sessions/{running.session.no}/feedback/[\w-]+", letter).group(0)
    guest = browse()
    assert guest.get(link).status_code == 200
    assert guest.post(link, {"worth": "9"}).status_code == 422
    assert guest.post(link, {"worth": "5", "took": "Light"}).status_code == 303
    assert guest.get(link[:-4] + "xxxx").status_code == 403
    assert "From 3 answers on" in host.get(at(running, "/summary")).text


def test_a_session_that_is_not_listed_keeps_its_voices_from_strangers(running, phone, browse):
    phone("Ola").post(at(running, "/voices"), SAID)
    running.session.listed = False
    running.db.commit()
    assert browse().get(at(running)).status_code == 404
