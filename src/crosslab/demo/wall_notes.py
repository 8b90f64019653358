"""What eleven companies wrote on a wall. The notes are invented; their number and kind are a real day's."""

from crosslab.workshops.links import LinkKind

ABOUT = (
    "We write for fifteen minutes, each under the name of our own company. Then we walk the wall and tie threads "
    "where something fits. In the afternoon we look at themes, and give our dots."
)
GUESTS: tuple[tuple[str, str], ...] = (
    *(
        ("ane", "fjordlys"),
        ("tom", "tinker"),
        ("ingrid", "nordlyd"),
        ("beth", "brightwater"),
        ("jonas", "rheinbild"),
    ),
    *(
        ("katrin", "kaiserlicht"),
        ("eli", "haugen"),
        ("sam", "twolocks"),
        ("nina", "sorlandet"),
        ("fiona", "heatloop"),
    ),
)
"""Who came, with an account. The eleventh is a walk-in without one."""
WALK_IN = ("Joan Pike", "Ladder & Loom")

NOTES: dict[str, tuple[tuple[str, str], ...]] = {
    "fjordlys": (
        ("B", "Lighting rigs that stand on their own, no fixings"),
        ("D", "A season of evenings, to try it outdoors"),
        ("E", "Hvem kjenner byer i Storbritannia med åpne scener?"),
    ),
    "tinker": (
        ("B", "Counting people without cameras"),
        ("D", "A stage that answers when the audience moves"),
        ("A", "Somebody to ask before we build the wrong thing"),
    ),
    "nordlyd": (
        ("B", "Lyd som stopper på siste rad"),
        ("C", "Outdoor theatres with neighbours"),
        ("D", "Measure noise together before the first concert"),
    ),
    "brightwater": (
        ("B", "A pricing model before we book a season"),
        ("D", "Run the evenings, if others bring light and sound"),
        ("A", "One partner list instead of forty phone calls"),
    ),
    "rheinbild": (
        ("B", "Scans, die man auch draußen zeigen kann"),
        ("D", "Alte Zeichnungen auf die Stufen werfen"),
        ("E", "Festivals in Deutschland, die Stufen haben"),
    ),
    "kaiserlicht": (
        ("C", "Licht für Orte, an denen man wartet"),
        ("D", "Warm light that follows the evening"),
    ),
    "haugen": (
        ("B", "Benker som er scene om dagen og borte om natta"),
        ("E", "En verkstedpartner i Storbritannia"),
        ("D", "Seats that become a stage"),
    ),
    "twolocks": (
        ("A", "Paid work for young people by the canal"),
        ("D", "We look after the square between the evenings"),
        ("B", "A workshop that stands empty on weekdays"),
    ),
    "sorlandet": (
        ("B", "Målinger uten å se hvem du er"),
        ("D", "Show whether evenings are good for the neighbourhood"),
    ),
    "heatloop": (
        ("C", "Seats that hold the day’s warmth"),
        ("D", "Low-carbon power for one evening at a time"),
    ),
    "walk-in": (("B", "Woven screens against wind and rain"), ("D", "A roof of cloth over the steps")),
}
"""Prompt and text, by company."""

OFFER, NEED, JOINT, ASK = LinkKind.OFFER, LinkKind.NEED, LinkKind.JOINT, LinkKind.QUESTION
TIES: tuple[tuple[tuple[str, int], tuple[str, int], LinkKind, str], ...] = (
    (("fjordlys", 0), ("brightwater", 1), OFFER, "Light that needs no scaffold"),
    (("brightwater", 1), ("fjordlys", 1), NEED, "We need light we can move"),
    (("nordlyd", 0), ("brightwater", 1), OFFER, "Sound the neighbours do not hear"),
    (("brightwater", 0), ("nordlyd", 2), ASK, "What would a measurement cost?"),
    (("tinker", 0), ("brightwater", 0), OFFER, "Numbers for the price"),
    (("tinker", 1), ("nordlyd", 1), JOINT, "Steps that answer with sound"),
    (("nordlyd", 2), ("tinker", 0), NEED, "Your sensors, our model"),
    (("fjordlys", 1), ("nordlyd", 1), JOINT, "One rig for light and sound"),
    (("haugen", 0), ("twolocks", 1), JOINT, "Gone by night, looked after by day"),
    (("twolocks", 2), ("haugen", 1), OFFER, "Our workshop could be yours"),
    (("rheinbild", 1), ("fjordlys", 0), NEED, "We need light that can draw"),
    (("sorlandet", 1), ("nordlyd", 2), OFFER, "A fair before and after"),
    (("heatloop", 0), ("haugen", 2), JOINT, "A warm stage"),
    (("walk-in", 1), ("heatloop", 1), ASK, "Would it hold a panel?"),
    (("walk-in", 0), ("kaiserlicht", 1), JOINT, "Cloth that glows"),
    (("sorlandet", 0), ("tinker", 0), ASK, "How do you count without seeing?"),
)
"""Sixteen threads: from a note, to a note, what they say."""

THEMES: dict[str, tuple[tuple[str, int], ...]] = {
    "Evenings that neighbours like": (
        ("nordlyd", 0),
        ("nordlyd", 1),
        ("nordlyd", 2),
        ("sorlandet", 1),
        ("twolocks", 1),
    ),
    "A season that pays": (
        ("brightwater", 0),
        ("brightwater", 1),
        ("fjordlys", 1),
        ("heatloop", 1),
        ("tinker", 0),
    ),
    "Steps that change": (
        ("haugen", 0),
        ("haugen", 2),
        ("tinker", 1),
        ("heatloop", 0),
        ("walk-in", 1),
        ("rheinbild", 1),
    ),
    "Work by the canal": (("twolocks", 0), ("twolocks", 2), ("haugen", 1)),
}
"""The themes of the afternoon and their notes."""

DOTS: dict[str, tuple[str, ...]] = {
    "ane": ("A season that pays", "A season that pays", "Steps that change"),
    "tom": ("Steps that change", "A season that pays"),
    "ingrid": ("Evenings that neighbours like", "Evenings that neighbours like", "A season that pays"),
    "beth": ("A season that pays", "Evenings that neighbours like"),
    "sam": ("Work by the canal", "Evenings that neighbours like", "Work by the canal"),
    "eli": ("Steps that change", "Work by the canal"),
}
"""Who gave dots to which themes."""

TODAY: tuple[tuple[str, str, str, str], ...] = (
    ("ane", "fjordlys", "C", "Reading rooms that want daylight in winter"),
    ("katrin", "kaiserlicht", "B", "Licht, das alten Papieren nicht schadet"),
    ("jonas", "rheinbild", "D", "Scannen, wo die Sammlung steht, statt sie zu fahren"),
    ("nina", "sorlandet", "A", "Å vite hvem som allerede har målt det samme"),
)
"""What hangs so far in the room that is open."""
