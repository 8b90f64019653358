"""Third chapter: firms find each other. One team has agreed, one seeks a partner, one has begun, one was given up."""

from uuid import UUID

from sqlmodel import Session, select

from crosslab.challenges.tables import Challenge
from crosslab.consortia import actions, queries
from crosslab.consortia.tables import Consortium, Membership

from . import skeletons
from .cast import PLAYERS
from .story import Story

AMPHI_CHARTER = {
    "purpose": "A season of evening events in the amphitheatre of Canal Row: light that stands on its own, sound "
    "that stops at the last row, sensors that count without cameras. We try it on two weekends in March, and keep "
    "the way to the library open throughout.",
    "voting": "Each organisation has one vote. Three of four decide. Money, and what a partner brings in, take all.",
    "leaving": "Eight weeks’ notice. Who leaves takes along what it brought in; what we made together stays with us.",
    "ip_regime": "desca_he",
}
CALM_CHARTER = {
    "purpose": "Licht, das dem Tag folgt, in zwei Wartezimmern der Bibliothek im Krankenhaus, und eine Messung, ob "
    "Wartende ruhiger sind. Niemand wird erkannt.",
    "voting": "Beide Partner entscheiden gemeinsam. Bei Fragen des Datenschutzes hat Sørlandet Data das letzte Wort.",
    "leaving": "Drei Monate Frist. Geräte bleiben bis zum Ende der Messung in den Räumen.",
    "ip_regime": "lambert_a",
}
WORD_TO_HEATLOOP = "We met at the library. Would a seat that holds the day’s warmth be something for you?"
PITCHES = {
    "calm rooms": "Rooms that wait with you: light that follows the day, and a fair measurement of whether it helps.",
    "amphi nights": "Evenings in the amphitheatre that pay for its days: light, sound, and a season neighbours like.",
    "echo steps": "Steps that answer with sound, tuned by data from the square.",
    "open square": "Seats that can be a stage by day and are gone by night, looked after by the people next door.",
    "paper trail": "A walk through the town in which each corner shows the drawing that was made there.",
    "drawn out": "4,200 Zeichnungen, einmal gut gescannt, dann überall zu sehen: als Karte, als Spiel, als Postkarte.",
}


def tell(story: Story) -> None:
    """Fifty days ago the first two firms found each other; three days ago the last one began."""
    _calm_rooms(story)
    _amphi_nights(story)
    _echo_steps(story)
    _open_square(story)
    _just_begun(story)


def consortium(story: Story, db: Session, key: str) -> Consortium:
    """One of the consortia of the story, by its key."""
    return db.exec(select(Consortium).where(Consortium.id == story.keys[key])).one()


def _calm_rooms(story: Story) -> None:
    _started(story, 50, "calm rooms", "katrin", "kaiserlicht", "waiting room", "Calm Rooms")
    _joined(story, 47, "calm rooms", "katrin", "nina", "sorlandet", "Measures, and guards who is measured")
    _agreed(story, 40, "calm rooms", "katrin", CALM_CHARTER, ("katrin", "nina"))


def _amphi_nights(story: Story) -> None:
    _started(story, 33, "amphi nights", "ane", "fjordlys", "amphitheatre", "Amphi Nights")
    _joined(
        story,
        31,
        "amphi nights",
        "ane",
        "tom",
        "tinker",
        "Counts the crowd without cameras, sells the tickets",
    )
    _joined(story, 30, "amphi nights", "ane", "ingrid", "nordlyd", "Sound that stops at the last row")
    _joined(story, 28, "amphi nights", "ane", "beth", "brightwater", "Licences, stewards, the season’s plan")
    _agreed(story, 24, "amphi nights", "ane", AMPHI_CHARTER, ("ane", "tom", "ingrid", "beth"))


def _echo_steps(story: Story) -> None:
    """Nordlyd takes part in two teams on one challenge, and says so; the second one is given up later."""
    _started(story, 29, "echo steps", "nina", "sorlandet", "amphitheatre", "Echo Steps")
    _joined(
        story, 27, "echo steps", "nina", "ingrid", "nordlyd", "Loudspeakers under the seats", declares=True
    )


def _open_square(story: Story) -> None:
    _started(story, 25, "open square", "eli", "haugen", "amphitheatre", "Open Square")
    _joined(story, 24, "open square", "eli", "sam", "twolocks", "Volunteers, and the trust of the neighbours")
    with story.days_ago(22), story.chapter() as db:
        eli, team = story.actor(db, "eli"), consortium(story, db, "open square")
        actions.describe(db, eli, team, name=team.name, pitch=team.pitch, open_to_requests=True)
        actions.seek(
            db,
            eli,
            team,
            title="A maker in Britain",
            text="Small runs in steel and oak, within a day’s drive.",
        )
        actions.seek(db, eli, team, title="Somebody who licenses events outdoors")
    with story.days_ago(2), story.chapter() as db:
        eli, team = story.actor(db, "eli"), consortium(story, db, "open square")
        words = {"task": "Warm seats for cold evenings", "note": WORD_TO_HEATLOOP}
        actions.invite(db, eli, team, organisation=story.house(db, "heatloop"), **words)


def _just_begun(story: Story) -> None:
    _started(story, 9, "paper trail", "tom", "tinker", "drawings", "Paper Trail")
    _joined(story, 8, "paper trail", "tom", "eli", "haugen", "Posts and plates in the street")
    _started(story, 3, "drawn out", "jonas", "rheinbild", "drawings", "Drawn Out")


def _started(story: Story, days: float, key: str, by: str, house: str, challenge: str, name: str) -> None:
    with story.days_ago(days), story.chapter() as db:
        asked = db.exec(select(Challenge).where(Challenge.id == story.keys[challenge])).one()
        actor, lead = skeletons.seated(story, db, by), story.house(db, house)
        case = skeletons.case_behind(story, db, key)
        made = actions.start(db, actor, lead, challenge=asked, name=name, pitch=PITCHES[key], case=case)
        story.keys[key] = made.id


def _joined(
    story: Story, days: float, key: str, by: str, who: str, house: str, task: str, *, declares: bool = False
) -> None:
    with story.days_ago(days), story.chapter() as db:
        organisation = story.house(db, house)
        made = actions.invite(
            db, story.actor(db, by), consortium(story, db, key), organisation=organisation, task=task
        )
        invited = made.id
    with story.days_ago(days - 0.5, hour=15), story.chapter() as db:
        actions.accept(db, story.actor(db, who), _membership(db, invited), declares_conflict=declares)


def _agreed(
    story: Story, days: float, key: str, lead: str, words: dict[str, str], signatories: tuple[str, ...]
) -> None:
    with story.days_ago(days), story.chapter() as db:
        actions.write_charter(db, story.actor(db, lead), consortium(story, db, key), **words)
    for later, who in enumerate(signatories):
        with story.days_ago(days - 1 - later / 2, hour=11 + later), story.chapter() as db:
            team = consortium(story, db, key)
            house = next(house for p in PLAYERS if p.key == who for house, _ in p.seats)
            membership = queries.membership_in(db, team.id, story.house(db, house).id)
            if membership is None:
                raise LookupError(f"{house} is not in {team.name}")
            actions.accept_charter(db, story.actor(db, who), team, membership=membership, number=1)


def _membership(db: Session, one: UUID) -> Membership:
    return db.exec(select(Membership).where(Membership.id == one)).one()
