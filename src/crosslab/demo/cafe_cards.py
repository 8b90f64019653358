"""What the tables of two world cafés brought out. Everything is invented."""

ABOUT = (
    "Seven tables, seven questions, three rounds. A host stays at each table and tells the next guests what was said; "
    "everybody else moves on and meets new people each time. Each table keeps one card a round."
)
CROWD: dict[str, tuple[str, ...]] = {
    "fjordlys": ("Kari Moen", "Odd Berg"),
    "tinker": ("Maya Shah", "Greg Pool"),
    "nordlyd": ("Svein Dahl", "Tuva Lie"),
    "brightwater": ("Ruth Cole", "Dev Anand"),
    "rheinbild": ("Petra Lang", "Uwe Storm"),
    "kaiserlicht": ("Heike Roth", "Timo Beck"),
    "haugen": ("Liv Aas", "Per Holm"),
    "twolocks": ("Nell Frost", "Kit Ward"),
    "sorlandet": ("Jon Vik", "Siri Ness"),
    "heatloop": ("Amy Reid", "Carl Boyd"),
}
"""Who came without a phone, by company."""
QUESTIONS = (
    "Who should be able to sit here on a Tuesday evening?",
    "What does the place sound like when nobody performs?",
    "What could be shown that only this museum has?",
    "What has to be gone again the next morning?",
    "Who pays for an evening without tickets?",
    "What happens here in January?",
    "How does somebody in a wheelchair get to the front row?",
)
CARDS: dict[tuple[int, int], tuple[str, str, str, tuple[str, ...]]] = {
    (1, 1): (
        "Reading hour on the steps, with lamps one borrows like books",
        "People after work",
        "Forty lamps, one shelf",
        ("fjordlys", "brightwater"),
    ),
    (1, 2): (
        "En vegg av lyd som stopper trafikken, ikke samtalen",
        "Naboene",
        "Målinger i mai",
        ("nordlyd",),
    ),
    (1, 3): (
        "Die Zeichnungen des Architekten nachts auf die Stufen werfen",
        "Alle, die vorbeigehen",
        "Scans und zwei Projektoren",
        ("rheinbild", "kaiserlicht"),
    ),
    (1, 4): (
        "Benches that fold into the ground before the market comes",
        "The market and the stage",
        "A prototype of one bench",
        ("haugen", "twolocks"),
    ),
    (1, 5): (
        "The firms round the square pay for light, and get their name on nothing",
        "The city",
        "Five firms that agree",
        ("brightwater", "heatloop"),
    ),
    (1, 6): (
        "Warme Sitze aus der Abwärme der Bibliothek",
        "Ältere Menschen",
        "Ein Rohr von dreißig Metern",
        ("heatloop", "kaiserlicht"),
    ),
    (1, 7): (
        "A ramp that is the stage's own edge, not a way round the back",
        "Everybody on wheels",
        "A drawing to scale",
        ("twolocks", "haugen"),
    ),
    (2, 1): (
        "Lamps that grow brighter when somebody sits down",
        "People who wait",
        "Sensors without cameras",
        ("tinker", "fjordlys"),
    ),
    (2, 2): (
        "Lyttebenker: arkivets stemmer i ryggen på benken",
        "Dem som kommer alene",
        "Rettigheter til opptakene",
        ("nordlyd", "haugen"),
    ),
    (2, 3): (
        "One drawing a week, as large as the wall, told by whoever lives opposite",
        "The neighbourhood",
        "Fifty-two scans",
        ("rheinbild",),
    ),
    (2, 4): (
        "Licht, das auf Rollen kommt und vor acht wieder weg ist",
        "Der Bauhof",
        "Akkus für eine Nacht",
        ("kaiserlicht", "fjordlys"),
    ),
    (2, 5): (
        "A season card that lets a stranger in for free",
        "Those who never come",
        "A way to give it on",
        ("brightwater", "tinker"),
    ),
    (2, 6): ("Dampfende Suppe und ein Feuer, das keins ist", "Familien", "Wärme von unten", ("heatloop",)),
    (2, 7): (
        "Front row left empty of chairs: one brings one's own, on wheels or not",
        "Everybody",
        "Nothing but a line on the floor",
        ("twolocks",),
    ),
    (3, 1): (
        "Lys som følger deg hjem til bussen",
        "De som går alene",
        "Ti stolper med strøm",
        ("fjordlys", "tinker"),
    ),
    (3, 2): (
        "Measure how loud it may be together with the neighbours, once a month",
        "Neighbours",
        "Three microphones and a table",
        ("nordlyd", "tinker"),
    ),
    (3, 3): (
        "Kinder zeichnen weiter, was der Architekt nie baute",
        "Schulen",
        "Zwei Lehrerinnen",
        ("rheinbild", "twolocks"),
    ),
    (3, 4): (
        "A shed for everything, that is itself the back wall of the stage",
        "Whoever clears up",
        "A permit for three years",
        ("haugen", "brightwater"),
    ),
    (3, 5): (
        "Nights paid by the heat that is sold on",
        "The city's treasurer",
        "A meter and a contract",
        ("heatloop", "brightwater"),
    ),
    (3, 6): (
        "January is for listening: one warm bench, one voice from the archive",
        "Twelve people at a time",
        "A roof of two metres",
        ("nordlyd", "heatloop"),
    ),
    (3, 7): (
        "Induksjonssløyfe under trinnene, så alle hører",
        "De som hører dårlig",
        "Åtti meter kabel",
        ("sorlandet", "nordlyd"),
    ),
}
"""Round and table: the idea, who it is for, what it needs, who could do it."""
THEMES: dict[str, tuple[tuple[int, int], ...]] = {
    "Light that answers people": ((1, 1), (2, 1), (3, 1), (2, 4)),
    "Warm in January": ((1, 6), (2, 6), (3, 6), (3, 5)),
    "Listening": ((1, 2), (2, 2), (3, 2), (3, 7)),
    "The museum's drawings outdoors": ((1, 3), (2, 3), (3, 3)),
    "Gone by eight in the morning": ((1, 4), (3, 4)),
    "Everybody in the front row": ((1, 7), (2, 7)),
}
