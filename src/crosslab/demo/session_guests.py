"""Who comes to the open evenings, and what is said of them."""

from dataclasses import dataclass

OVER = "What a lamp does to a square"
FULL = "Hanging light without a pole"
LATER = "Light that lets the bats fly"
SOUND = "Lyd som stopper på siste rad"

SERIES = {
    "title": "Our own trainings, open",
    "lead": "Once in a while we teach ourselves something. Now others may sit in, ask, and tell us where we are wrong.",
    "about": "We began because we talked among ourselves for too long. People from outside saw two mistakes on the "
    "first evening. Bring a lamp if you like.",
}
LIGHT = {
    OVER: "How brightness, colour and height change how long people stay. With two squares in Bergen as examples.",
    FULL: "Rigs that stand on their own weight: how they are built, what the wind does, what the fire officer asks.",
    LATER: "Amber light, timers and darkness between: what we measured along the harbour in one season.",
    SOUND: "Hvordan høyttalere i rekke holder lyden inne på plassen. Ta med egne ører.",
}
ABOUT = """**17:00** Coffee, and who is who

**17:15** What we do and what we do not know

**18:00** Your questions, your experiences, the errors you spotted

**18:45** Round the workshop, hands on"""


@dataclass(frozen=True)
class Guest:
    """One of those who register: of the cast, or somebody without an account."""

    name: str
    email: str = ""
    company: str = ""
    access: str = ""
    listed: bool = False
    language: str = "en"
    player: str = ""
    opens: bool = True


GUESTS = (
    Guest("Eli Haugen", player="eli", company="Haugen Design AS", listed=True, language="no"),
    Guest("Sam Locke", player="sam", company="Two Locks CIC", listed=True),
    Guest("Tor", "tor@havnevakt.example", "Bergen havn", language="no"),
    Guest(
        "Margit Olsen",
        "margit@olsen.example",
        "",
        "I use a wheelchair and need a place at the end of a row.",
        language="no",
    ),
    Guest("Katrin Sommer", player="katrin", company="Kaiserlicht GmbH", listed=True, language="de"),
    Guest("Rune Berge", "rune@lysverket.example", "Lysverket", listed=True, language="no"),
    Guest(
        "Yusuf Aydin", "yusuf@fledermaus.example", "Arbeitskreis Fledermaus", "A hearing loop.", language="de"
    ),
    Guest("Nina Dahl", player="nina", company="Sørlandet Data AS", listed=True, language="no"),
    Guest("Petra Lang", "petra@lang.example", "City of Aachen, public works", language="de"),
    Guest("Ola Nes", "ola@student.example", "Student", language="no"),
    Guest("Somebody", "typo@nowhere.example", opens=False),
)
