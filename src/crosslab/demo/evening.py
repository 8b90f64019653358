"""What was said on the firm's open evenings, and who would like to hear from it."""

from crosslab.sessions.voices.leads import Intent
from crosslab.sessions.voices.tables import VoiceKind

QUESTION, EXPERIENCE = VoiceKind.QUESTION, VoiceKind.EXPERIENCE
ERROR, IDEA = VoiceKind.ERROR, VoiceKind.IDEA
SAID: tuple[tuple[str, str, VoiceKind, bool, str, str], ...] = (
    ("battery", "Sam Locke", QUESTION, True, "en",
     "Our canal has no sockets. What is the longest evening a battery rig has lasted for you?"),
    ("cold", "Rune Berge", QUESTION, False, "en", "How long does a battery last when it freezes?"),
    ("masts", "Tor", EXPERIENCE, True, "en",
     ("At the quay we lowered the masts from six metres to four. People stayed longer, "
     "and nobody complained of glare any more.")),
    ("slide", "Margit Olsen", ERROR, False, "en", "The picture on slide 9 is 3000 kelvin. The caption says 2200."),
    ("daylight", "Katrin Sommer", IDEA, True, "de",
     "Die Leuchten könnten dem Tageslicht folgen: abends wärmer, damit die Nachbarn schlafen."),
    ("bench", "Eli Haugen", IDEA, True, "en",
     "A bench that carries the lamp needs no foundation. I draw seats, you build light."),
    ("advert", "Rune Berge", EXPERIENCE, False, "en", "Lysverket does the same for half the price. Ask me outside."),
)  # fmt: skip
SUPPORT = {
    "battery": ("Tor", "Katrin Sommer", "Margit Olsen"), "masts": ("Sam Locke", "Eli Haugen"),
    "slide": ("Rune Berge",), "bench": ("Sam Locke", "Tor", "Margit Olsen", "Katrin Sommer"),
    "daylight": ("Eli Haugen",),
}  # fmt: skip
ANSWERS = {
    "battery": "Eleven hours at half brightness, in October. In frost count on seven; we bring a second battery.",
    "slide": "You are right: the picture is, the caption was not. It is put right in the slides below. Thank you.",
}
COMING: tuple[tuple[str, VoiceKind, str], ...] = (
    ("Eli Haugen", QUESTION, "Does the rig go through a door of ninety centimetres?"),
    (
        "Sam Locke",
        EXPERIENCE,
        "Our volunteers carried your small rig over the lock in twelve minutes, four people.",
    ),
    ("Margit Olsen", QUESTION, "Where do the feet of the rig stand, and can a wheelchair pass between them?"),
)
RATED = (
    ("Sam Locke", 5, "That four metres are enough.", "Half an hour more in the workshop."),
    ("Tor", 4, "Numbers I can show my harbour master.", ""),
    ("Margit Olsen", 5, "That my remark was taken up the same evening.", "Say before where the lift is."),
    ("Katrin Sommer", 4, "Wie wenig Licht genügt.", ""),
)
WISHES: tuple[tuple[str, str, Intent, str], ...] = (
    ("Sam Locke", "sam@twolocks.example", Intent.PARTNER,
     "One winter by the lock. We carry and look after it, you build."),
    ("Margit Olsen", "margit@olsen.example", Intent.CUSTOMER, "Two lamps for a courtyard with old trees."),
    ("Rune Berge", "rune@lysverket.example", Intent.JOB,
     "I have built rigs for six years and would like to build better ones."),
    ("Tor", "tor@havnevakt.example", Intent.PRESS, "For the harbour’s newsletter."),
    ("Katrin Sommer", "katrin@kaiserlicht.example", Intent.PARTNER, "Your stands, our circadian control."),
)  # fmt: skip
