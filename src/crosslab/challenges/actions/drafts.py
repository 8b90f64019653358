"""Writing a challenge: by several colleagues, over several days, before anyone else can see it."""

from datetime import datetime
from itertools import pairwise
from typing import Any
from uuid import uuid4

from sqlmodel import Session

from crosslab.challenges import brief, queries
from crosslab.challenges.brief import Step
from crosslab.challenges.documents import Paper
from crosslab.challenges.pictures import Picture
from crosslab.challenges.tables import Challenge, Document
from crosslab.core.act import act
from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.errors import Overtaken, Refused
from crosslab.core.files import Files
from crosslab.people.tables import Organisation, Programme
from crosslab.rules import N_, Verb

COLUMNS: dict[Step, tuple[str, ...]] = {
    Step.QUESTION: ("question", "lead", "sector", "language"),
    Step.SITUATION: ("situation", "figures"),
    Step.ASKS: ("asks", "size_from", "size_to"),
    Step.BRINGS: ("brings", "budget_minor", "currency"),
    Step.PICTURE: ("image_title", "image_alt", "image_decorative", "image_credit", "image_rights"),
    Step.TERMS: ("ip_terms", "ip_note"),
    Step.DATES: ("zone", "closes_at", "workshop_at", "develop_until", "decides_at"),
    Step.CRITERIA: ("criteria",),
    Step.DECIDERS: ("deciders", "contact", "may_procure"),
}
"""What each step of the wizard may change, and nothing else."""

MOST_DOCUMENTS = 12


def draft(
    db: Session, actor: Actor, organisation: Organisation, *, programme: Programme, language: str = "en"
) -> Challenge:
    """Begin a challenge for an organisation. Only its own people see it until it is sent for review."""
    made = Challenge(
        no=f"d-{uuid4().hex[:10]}",
        organisation_id=organisation.id,
        programme_id=programme.id,
        currency=programme.currency,
        language=language,
    )
    with act(db, actor, Verb.CHALLENGES_DRAFT, made, at=organisation):
        pass
    return made


def edit(
    db: Session, actor: Actor, challenge: Challenge, *,
    step: Step, opened: datetime, told: dict[str, Any], finished: bool = True,
) -> None:  # fmt: skip
    """Save one step. Nothing is required yet; what is `finished` must add up.

    Whoever opened the step before a colleague saved it is told, and nothing of the colleague's is lost.
    """
    with act(db, actor, Verb.CHALLENGES_EDIT, challenge) as event:
        _not_overtaken(actor, challenge, step, opened)
        _write(actor, challenge, step, told)
        event.facts["step"] = step.value
        if finished:
            _must_add_up(challenge, step)


def _not_overtaken(actor: Actor, challenge: Challenge, step: Step, opened: datetime) -> None:
    last = challenge.edits.get(step.value)
    if last and last["person"] != str(actor.person_id) and datetime.fromisoformat(last["at"]) > opened:
        raise Overtaken(
            N_("{who} saved this step after you opened it. What you typed is still here. Save again to keep yours."),
            who=last["by"],
        )  # fmt: skip


def _write(actor: Actor, challenge: Challenge, step: Step, told: dict[str, Any]) -> None:
    for column in COLUMNS[step]:
        setattr(challenge, column, told[column])
    saved = {"by": actor.name, "person": str(actor.person_id), "at": now().isoformat()}
    challenge.edits = {**challenge.edits, step.value: saved}


def _must_add_up(challenge: Challenge, step: Step) -> None:
    total = brief.weights(challenge)
    if step is Step.CRITERIA and challenge.criteria and total != 100:
        text = N_("The weights add up to {total} %. They must make 100 %.")
        raise Refused(text, field="criterion_1", total=total)
    if step is Step.DATES:
        _must_follow(challenge)


def _must_follow(challenge: Challenge) -> None:
    """Workshop, deadline, development, decision: each after the one before."""
    order = ("workshop_at", "closes_at", "develop_until", "decides_at")
    given = [(name, at) for name in order if (at := getattr(challenge, name))]
    for (_, before), (name, at) in pairwise(given):
        if at <= before:
            text = N_("This date must be later than the one before it.")
            raise Refused(text, field=name.removesuffix("_at").removesuffix("_until"))


def picture(
    db: Session, actor: Actor, challenge: Challenge, *,
    files: Files, made: Picture | None, opened: datetime, told: dict[str, Any],
) -> None:  # fmt: skip
    """Set the picture, its label and its rights. Without a new file only the words change."""
    with act(db, actor, Verb.CHALLENGES_PICTURE, challenge):
        _not_overtaken(actor, challenge, Step.PICTURE, opened)
        _write(actor, challenge, Step.PICTURE, told)
        if made:
            challenge.image, challenge.image_colour = made.key, made.colour
            challenge.image_width, challenge.image_height = made.width, made.height
    if made:
        _keep_all(files, made.files)


def _keep_all(files: Files, made: dict[str, bytes]) -> None:
    """All sizes or none: what was stored before one of them failed is removed again."""
    kept: list[str] = []
    try:
        for key, content in made.items():
            files.put(key, content)
            kept.append(key)
    finally:
        if len(kept) < len(made):
            for key in kept:
                files.delete(key)


def attach(
    db: Session, actor: Actor, challenge: Challenge, *,
    files: Files, paper: Paper, title: str, language: str,
) -> Document:  # fmt: skip
    """Put a document beside the brief, for everyone who may see the brief."""
    made = Document(
        challenge_id=challenge.id,
        title=title,
        key=paper.key,
        media_type=paper.media_type,
        size=len(paper.content),
        language=language,
    )
    with act(db, actor, Verb.CHALLENGES_ATTACH, challenge) as event:
        if len(queries.documents(db, challenge)) >= MOST_DOCUMENTS:
            raise Refused(N_("There are {most} documents already. Remove one first."), most=MOST_DOCUMENTS)
        db.add(made)
        event.facts["title"] = title
    _keep_all(files, {paper.key: paper.content})
    return made


def detach(db: Session, actor: Actor, challenge: Challenge, *, document: Document, files: Files) -> None:
    """Take a document away from a draft."""
    with act(db, actor, Verb.CHALLENGES_DETACH, challenge) as event:
        event.facts["title"] = document.title
        db.delete(document)
    files.delete(document.key)


def submit(db: Session, actor: Actor, challenge: Challenge) -> None:
    """Send the complete brief to the programme manager; from now on it cannot be changed until sent back."""
    with act(db, actor, Verb.CHALLENGES_SUBMIT, challenge):
        missing = brief.gaps(challenge)
        if missing:
            text = N_("Something is still missing: {n}. The page “Check your answers” lists it.")
            raise Refused(text, n=len(missing))
        challenge.reason = ""
