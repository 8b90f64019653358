"""Who is in the story. Every organisation and person is invented."""

from dataclasses import dataclass

from crosslab.core.settings import Settings
from crosslab.people.tables import OrganisationKind as Kind
from crosslab.people.tables import SizeClass as Size
from crosslab.rules import Role

from .keys import passphrase_of


@dataclass(frozen=True)
class House:
    """An organisation of the story."""

    key: str
    name: str
    kind: Kind
    country: str
    town: str
    size: Size
    sectors: tuple[str, ...]
    summary: str
    offers: str = ""
    needs: str = ""
    identifiers: tuple[tuple[str, str], ...] = ()
    website: str = ""


@dataclass(frozen=True)
class Player:
    """A person of the story. `seats` are (house key, role), `look` what is best seen with their eyes and where."""

    key: str
    name: str
    email: str
    language: str
    what: str
    seats: tuple[tuple[str, Role], ...] = ()
    look: tuple[str, str] = ("", "/desk")


HOUSES: tuple[House, ...] = (
    House("library", "Canal Row Library", Kind.HERITAGE_PUBLIC, "GB", "Birmingham", Size.NOT_APPLICABLE, ("heritage",), "A public library with an amphitheatre beside it and 4,200 drawings in its stacks.", "Space, data, a curator for one day a week.", "Ideas that pay their own way and keep the square open.", (("ISIL", "GB-UkBiCRL"),), "https://canalrow.example"),
    House("museum", "Mint and Moor Museum", Kind.HERITAGE_PRIVATE, "GB", "Halifax", Size.NOT_APPLICABLE, ("heritage",), "Coins, looms and the people who used them.", "A collection of 9,000 coins, a studio, school visits.", "Ways for visitors to hold what cannot be touched.", (("GB-CHC", "9900417"),), "https://mintandmoor.example"),
    House("archive", "Stadtarchiv Rheinau", Kind.HERITAGE_PUBLIC, "DE", "Rheinau", Size.NOT_APPLICABLE, ("heritage",), "Das Gedächtnis einer Stadt am Fluss.", "Ein denkmalgeschützter Lesesaal zum Erproben.", "Wärme ohne Gas, die der Bau verträgt.", (("ISIL", "DE-Rhn9"),), "https://stadtarchiv.example"),
    House("ward", "Vestby helsebibliotek", Kind.HERITAGE_PUBLIC, "NO", "Vestby", Size.NOT_APPLICABLE, ("health", "heritage"), "Biblioteket på sykehuset: bøker, bilder og ro.", "Venterom, pasientpanel, kveldsåpent.", "Rolige rom for dem som venter.", (("ISIL", "NO-VBYH"), ("NO-BRC", "310042005")), "https://vestby.example"),
    House("fjordlys", "Fjordlys AS", Kind.SME_BUSINESS, "NO", "Bergen", Size.MICRO, ("lighting",), "Four people who build light that stands on its own.", "Self-standing rigs, low-voltage light, night events.", "A place outdoors to try a season.", (("NO-BRC", "310000701"), ("EU-PIC", "900000071")), "https://fjordlys.example"),
    House("tinker", "Tinker & Tap Ltd", Kind.SME_BUSINESS, "GB", "Birmingham", Size.SMALL, ("software", "sensors"), "Sensors and software for places where people gather.", "Crowd sensing without cameras, ticketing, dashboards.", "A stage that answers when the audience moves.", (("GB-COH", "99004172"),), "https://tinkertap.example"),
    House("nordlyd", "Nordlyd AS", Kind.SME_BUSINESS, "NO", "Trondheim", Size.MICRO, ("sound",), "Sound that stops at the last row.", "Directional loudspeakers, noise modelling.", "Neighbours worth keeping as friends.", (("NO-BRC", "310011800"),), "https://nordlyd.example"),
    House("brightwater", "Brightwater Events Ltd", Kind.SME_BUSINESS, "GB", "Leeds", Size.SMALL, ("events",), "Small festivals, properly run.", "Licences, stewarding, season planning.", "A pricing model before we book a season.", (("GB-COH", "99005518"),), "https://brightwater.example"),
    House("rheinbild", "Rheinbild GmbH", Kind.SME_BUSINESS, "DE", "Köln", Size.SMALL, ("imaging", "tourism"), "Digitalisiert Sammlungen und zeigt sie gut.", "Scans in Museumsqualität, Besucherzahlen deutscher Städte.", "Bestände, die noch niemand gesehen hat.", (("DE-CR", "RA000999-HRB99107"),), "https://rheinbild.example"),
    House("kaiserlicht", "Kaiserlicht GmbH", Kind.SME_BUSINESS, "DE", "Aachen", Size.MEDIUM, ("lighting", "health"), "Licht, das dem Tag folgt.", "Zirkadianes Licht, Zulassung für Kliniken.", "Inhalte, die zum Licht passen.", (("DE-CR", "RA000998-HRB99254"), ("EU-PIC", "900000168")), "https://kaiserlicht.example"),
    House("haugen", "Haugen Design AS", Kind.SOLE_TRADER, "NO", "Oslo", Size.MICRO, ("design",), "Furniture for squares.", "Seating, wayfinding, prototypes in steel.", "A maker in Britain.", (("NO-BRC", "310022101"),), "https://haugen.example"),
    House("twolocks", "Two Locks CIC", Kind.SOCIAL_ENTERPRISE, "GB", "Birmingham", Size.MICRO, ("community",), "Neighbours who look after a canal.", "Volunteers, local trust, a workshop by the water.", "Paid work for young people.", (), ""),
    House("sorlandet", "Sørlandet Data AS", Kind.SME_BUSINESS, "NO", "Kristiansand", Size.SMALL, ("software", "health"), "Data som hjelper, uten å se hvem du er.", "Personvern, målinger, kliniske studier.", "Steder å prøve ut på.", (("NO-BRC", "310033308"),), "https://sorlandet.example"),
    House("heatloop", "Heatloop Ltd", Kind.SME_BUSINESS, "GB", "Glasgow", Size.SMALL, ("energy",), "Low-carbon heat for buildings nobody may drill into.", "Heat pumps, sensors, listed-building consent.", "Reading rooms that are cold.", (("GB-COH", "SC990016"),), "https://heatloop.example"),
)  # fmt: skip

SIGNATORY, CONTRIBUTOR, FINANCE = Role.SIGNATORY, Role.CONTRIBUTOR, Role.FINANCE

PLAYERS: tuple[Player, ...] = (
    Player("solveig", "Solveig Aas", "solveig@crosslab.example", "en", "steward of the platform"),
    Player("priya", "Priya Nair", "priya@programme.example", "en", "programme manager"),
    Player("helen", "Helen Marsh", "helen@canalrow.example", "en", "curator, Canal Row Library", (("library", SIGNATORY),), ("In the vault: three releases to her library. One she opened, one she declined, one ran out.", "/vault/#/released")),
    Player("omar", "Omar Haddad", "omar@canalrow.example", "en", "events, Canal Row Library", (("library", CONTRIBUTOR),)),
    Player("grace", "Grace Holt", "grace@mintandmoor.example", "en", "director, Mint and Moor Museum", (("museum", SIGNATORY),)),
    Player("karl", "Karl Rehm", "karl@stadtarchiv.example", "de", "Leiter, Stadtarchiv Rheinau", (("archive", SIGNATORY),)),
    Player("marit", "Marit Vik", "marit@vestby.example", "no", "bibliotekar, Vestby helsebibliotek", (("ward", SIGNATORY),)),
    Player("ane", "Ane Nilsen", "ane@fjordlys.example", "en", "owner, Fjordlys AS", (("fjordlys", SIGNATORY),), ("In the vault: the register, with a share in dispute and a second version of the sound field.", "/vault/#/w/amphi-nights/assets")),
    Player("lars", "Lars Nilsen", "lars@fjordlys.example", "no", "engineer, Fjordlys AS", (("fjordlys", CONTRIBUTOR),)),
    Player("tom", "Tom Okafor", "tom@tinkertap.example", "en", "owner, Tinker & Tap Ltd", (("tinker", SIGNATORY),), ("In the vault: what his crowd sensing was shown to whom, until when, and to whom no more.", "/vault/#/w/amphi-nights")),
    Player("mei", "Mei Chen", "mei@tinkertap.example", "en", "finance, Tinker & Tap Ltd", (("tinker", FINANCE),)),
    Player("ingrid", "Ingrid Berg", "ingrid@nordlyd.example", "no", "daglig leder, Nordlyd AS", (("nordlyd", SIGNATORY),)),
    Player("beth", "Beth Wright", "beth@brightwater.example", "en", "director, Brightwater Events Ltd", (("brightwater", SIGNATORY),), ("In the vault: half of her prices was refused and a quarter taken; a key made anew when Dan left; a release that waits for her.", "/vault/#/w/amphi-nights")),
    Player("dan", "Dan Whitlock", "dan@brightwater.example", "en", "stewarding, Brightwater Events Ltd, until last week"),
    Player("jonas", "Jonas Weber", "jonas@rheinbild.example", "de", "Geschäftsführer, Rheinbild GmbH", (("rheinbild", SIGNATORY),)),
    Player("katrin", "Katrin Sommer", "katrin@kaiserlicht.example", "de", "Entwicklung, Kaiserlicht GmbH", (("kaiserlicht", SIGNATORY),)),
    Player("eli", "Eli Haugen", "eli@haugen.example", "no", "designer, Haugen Design AS", (("haugen", SIGNATORY),)),
    Player("sam", "Sam Locke", "sam@twolocks.example", "en", "organiser, Two Locks CIC", (("twolocks", SIGNATORY),)),
    Player("nina", "Nina Dahl", "nina@sorlandet.example", "no", "daglig leder, Sørlandet Data AS", (("sorlandet", SIGNATORY),)),
    Player("fiona", "Fiona Reid", "fiona@heatloop.example", "en", "owner, Heatloop Ltd", (("heatloop", SIGNATORY),)),
    Player("ruth", "Ruth Adeyemi", "ruth@assessors.example", "en", "assessor", (), ("In the vault: a plan that was released to her alone, and not opened yet.", "/vault/#/released")),
    Player("mikkel", "Mikkel Lund", "mikkel@facilitators.example", "no", "facilitator"),
    Player("stig", "Stig Ukjent", "stig@elsewhere.example", "en", "a stranger, who may see nothing"),
)  # fmt: skip


def introductions(given: Settings) -> list[tuple[str, ...]]:
    """Name, part, one-click link, passphrase and what to look at of everyone, for the terminal."""
    return [
        (p.name, p.what, f"{given.origin}/demo/{p.key}", passphrase_of(p.key), p.look[0]) for p in PLAYERS
    ]
