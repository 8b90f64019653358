"""The briefs of the story, each in the language of the house that wrote it."""

from dataclasses import dataclass, field
from typing import Any

from crosslab.challenges.brief import Step
from crosslab.challenges.tables import IpTerms


@dataclass(frozen=True)
class Brief:
    """A brief as its house wrote it. Dates are days from today; those in the past are negative."""

    language: str
    steps: dict[Step, dict[str, Any]]
    zone: str = "Europe/London"
    days: dict[str, int] = field(default_factory=dict)


def _figures(*rows: tuple[str, str]) -> list[dict[str, str]]:
    return [{"name": name, "words": words} for name, words in rows]


def _weights(*rows: tuple[str, int]) -> list[dict[str, Any]]:
    return [{"name": name, "weight": weight} for name, weight in rows]


AMPHITHEATRE = Brief(
    language="en",
    days={"workshop_at": -37, "closes_at": 8, "develop_until": 130, "decides_at": 190},
    steps={
        Step.QUESTION: {
            "question": "How could our amphitheatre earn its keep?",
            "lead": "We built 640 seats into the square beside the library. At lunchtime they are full for an hour. "
            "What could they do for the rest of the week?",
            "sector": "heritage",
            "language": "en",
        },
        Step.SITUATION: {
            "situation": "The amphitheatre opened together with the new library. Anyone can walk in; three hundred "
            "offices look down on it, and two tram stops are four minutes away. It has power and drainage, and a "
            "listed wall to which nothing may be fixed.\n\nIt costs more to run than it brings in. We do not want to "
            "fence it off, and we do not want it covered in advertising.",
            "figures": _figures(
                ("Seats, in six wedges", "640"),
                ("Days used last year", "41"),
                ("Income last year", "£0"),
                ("Running cost last year", "£38,400"),
            ),
        },
        Step.ASKS: {
            "asks": [
                "A use that pays at least its own running cost within three years, and leaves the way through open.",
                "At least two firms from different sectors, one of them new to heritage.",
                "Something we can try on site on two weekends in March.",
            ],
            "size_from": 2,
            "size_to": 6,
        },
        Step.BRINGS: {
            "brings": _figures(
                ("The place", "Two trial weekends, with licences, stewards and insurance arranged."),
                ("Data", "Footfall by the hour since 2014, noise readings, the structural model."),
                ("Collections", "4,200 digitised drawings and photographs, free to use."),
                ("People", "A curator one day a week, and our events manager."),
            ),
            "currency": "GBP",
            "budget_minor": 6_000_000,
        },
        Step.PICTURE: {
            "image_title": "Plan of the amphitheatre",
            "image_alt": "Plan in white line on blue: a sunken amphitheatre with a round stage and six wedges of "
            "seats, the library along its north side, a court with trees to the east.",
            "image_decorative": False,
            "image_credit": "Cyanotype from an ink drawing, 594 × 841 mm. CRL 2013.44.7",
            "image_rights": "CC-BY-4.0",
        },
        Step.TERMS: {
            "ip_terms": IpTerms.KEEP_AND_LICENSE,
            "ip_note": "If we fund the result, we ask for a licence to use it on this site for ten years.",
        },
        Step.CRITERIA: {
            "criteria": _weights(
                ("Pays its own way", 35),
                ("Fits the place and its neighbours", 25),
                ("Crosses sectors", 25),
                ("Can be tried by March", 15),
            )
        },
        Step.DECIDERS: {
            "deciders": "Helen Marsh, curator; Omar Haddad, events; two neighbours chosen by lot; "
            "the city's heritage officer.",
            "contact": "Events office, Canal Row Library",
            "may_procure": True,
        },
    },
)

DRAWINGS = Brief(
    language="en",
    days={"closes_at": 39, "develop_until": 160, "decides_at": 220},
    steps={
        Step.QUESTION: {
            "question": "Who will look at 4,200 drawings?",
            "lead": "Bridges, locks, mills and town halls, drawn by people whose names are mostly lost. All of them "
            "are scanned. Hardly anyone has seen one.",
            "sector": "imaging",
            "language": "en",
        },
        Step.SITUATION: {
            "situation": "The drawings came to us in 1974 from the city surveyor. Each is scanned at 600 dots an inch "
            "and described in one line. Searching them means knowing what to ask for.\n\nWe would like people to meet "
            "them where they stand: on the towpath, at the lock, in front of the house.",
            "figures": _figures(
                ("Drawings, all scanned", "4,200"),
                ("Opened more than once last year", "212"),
                ("With a known place", "3,050"),
            ),
        },
        Step.ASKS: {
            "asks": [
                "A way to come across a drawing without looking for it.",
                "Something a school class can do in an afternoon, outdoors and in the rain.",
                "Descriptions that others can go on using when the project is over.",
            ],
            "size_from": 2,
            "size_to": 5,
        },
        Step.BRINGS: {
            "brings": _figures(
                ("Collections", "All scans with their rights cleared, and an open interface to them."),
                ("People", "The archivist who described them, two days a month."),
                ("Places", "Permission for small signs along 6 km of towpath."),
            ),
            "currency": "GBP",
            "budget_minor": 2_500_000,
        },
        Step.PICTURE: {
            "image_title": "Twenty-four of the surveyor's sheets",
            "image_alt": "Four rows of small ink drawings on yellowed paper: house fronts, bridges with three arches, "
            "domes and canal locks cut through.",
            "image_decorative": False,
            "image_credit": "City surveyor's office, 1831 to 1902. CRL 1974.3",
            "image_rights": "PDM-1.0",
        },
        Step.TERMS: {"ip_terms": IpTerms.OPEN, "ip_note": ""},
        Step.CRITERIA: {
            "criteria": _weights(
                ("People who have never been in the library see a drawing", 40),
                ("Lasts without us", 30),
                ("Works for everyone, with or without a telephone", 30),
            )
        },
        Step.DECIDERS: {
            "deciders": "Helen Marsh, curator, with the readers' council.",
            "contact": "",
            "may_procure": False,
        },
    },
)

WAITING_ROOM = Brief(
    language="no",
    zone="Europe/Oslo",
    days={"closes_at": -5, "develop_until": 75, "decides_at": 120},
    steps={
        Step.QUESTION: {
            "question": "Kan et venterom være rolig?",
            "lead": "På sykehuset venter folk i snitt 48 minutter. Biblioteket ligger to dører unna, men nesten ingen "
            "finner dit. Hva om biblioteket kom til venterommet?",
            "sector": "health",
            "language": "no",
        },
        Step.SITUATION: {
            "situation": "Venterommet har 60 stoler, en skjerm med kønummer og lysrør som aldri slås av. Vi har målt "
            "lyd og lys i et halvt år. Pasientpanelet vårt sier det samme hver gang: for lyst, for høyt, for lite å "
            "hvile øynene på.",
            "figures": _figures(("Stoler", "60"), ("Minutter i snitt", "48"), ("Desibel kl. 11", "67")),
        },
        Step.ASKS: {
            "asks": [
                "Noe som gjør ventetida roligere, også for den som ikke ser eller hører godt.",
                "Ingen kameraer og ingen data om enkeltpersoner.",
            ],
            "size_from": 2,
            "size_to": 4,
        },
        Step.BRINGS: {
            "brings": _figures(
                ("Stedet", "Ett venterom i ni måneder, også om natta."),
                ("Folk", "Pasientpanelet, tolv personer, møtes annenhver uke."),
                ("Data", "Målinger av lyd og lys, hvert minutt."),
            ),
            "currency": "NOK",
            "budget_minor": 45_000_000,
        },
        Step.TERMS: {"ip_terms": IpTerms.KEEP, "ip_note": ""},
        Step.CRITERIA: {
            "criteria": _weights(("Roligere, målt og fortalt", 50), ("Personvern", 30), ("Kan flyttes", 20))
        },
        Step.DECIDERS: {
            "deciders": "Marit Vik og pasientpanelet.",
            "contact": "Vestby helsebibliotek, skranken",
            "may_procure": True,
        },
    },
)

READING_ROOM = Brief(
    language="de",
    zone="Europe/Berlin",
    days={"closes_at": 54, "develop_until": 190, "decides_at": 250},
    steps={
        Step.QUESTION: {
            "question": "Wie wird ein Lesesaal ohne Gas warm?",
            "lead": "Der Lesesaal von 1897 braucht 19 Grad und gleichmäßige Feuchte. Der Gaskessel muss bis 2029 "
            "hinaus. Bohren dürfen wir nirgends.",
            "sector": "energy",
            "language": "de",
        },
        Step.SITUATION: {
            "situation": "Der Saal ist 11 Meter hoch und steht mit allen Regalen unter Denkmalschutz. Unter dem "
            "Boden läuft ein trockener Kanal zum Fluss. Die Akten vertragen keine Schwankungen: höchstens zwei Grad "
            "und fünf Prozent Feuchte am Tag.",
            "figures": _figures(
                ("Raumhöhe", "11 m"), ("Gas im Jahr", "412 MWh"), ("Kosten im letzten Jahr", "53.000 €")
            ),
        },
        Step.ASKS: {
            "asks": [
                "Wärme, die ohne Bohrung und ohne sichtbare Leitung auskommt.",
                "Einen Winter Probebetrieb in einem der vier Seitenräume.",
            ],
            "size_from": 2,
            "size_to": 5,
        },
        Step.BRINGS: {
            "brings": _figures(
                ("Ort", "Ein Seitenraum mit 90 m², ein Winter lang."),
                ("Daten", "Temperatur und Feuchte seit 2009, alle zehn Minuten."),
                ("Menschen", "Unser Restaurator und die Denkmalpflege der Stadt."),
            ),
            "currency": "EUR",
            "budget_minor": 8_000_000,
        },
        Step.TERMS: {
            "ip_terms": IpTerms.SHARED,
            "ip_note": "Anteile nach dem Register im Arbeitsraum.",
        },
        Step.CRITERIA: {
            "criteria": _weights(("Schont die Akten", 45), ("Senkt den Verbrauch", 35), ("Übertragbar", 20))
        },
        Step.DECIDERS: {
            "deciders": "Karl Rehm, Leiter des Archivs; die Denkmalpflege; das Gebäudemanagement der Stadt.",
            "contact": "Stadtarchiv Rheinau, Lesesaal",
            "may_procure": True,
        },
    },
)

COINS = Brief(
    language="en",
    steps={
        Step.QUESTION: {
            "question": "How do you hold a coin nobody may touch?",
            "lead": "",
            "sector": "heritage",
            "language": "en",
        },
        Step.SITUATION: {
            "situation": "Nine thousand coins lie in drawers. Children ask to hold one within a minute of arriving.",
            "figures": _figures(("Coins", "9,000")),
        },
    },
)
