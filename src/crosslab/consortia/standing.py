"""Where a consortium stands: its thread, what is left to do, and who must act next. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from crosslab.rules import N_, ConsortiumState, MembershipState, Verb

from .queries import Partner
from .tables import Charter, Consortium

Step = tuple[str, datetime | None, str]


@dataclass(frozen=True)
class Standing:
    """What the overview knows. `ours` are the partners the reader signs for; `happened` the latest of each verb."""

    consortium: Consortium
    partners: Sequence[Partner]
    charter: Charter | None
    happened: Mapping[Verb, datetime]
    ours: Sequence[Partner] = ()
    leads: bool = False

    @property
    def members(self) -> list[Partner]:
        return [each for each in self.partners if each.state is MembershipState.ACTIVE]

    @property
    def asking(self) -> list[Partner]:
        return [each for each in self.partners if each.state is MembershipState.ASKED]

    @property
    def accepted(self) -> list[Partner]:
        """Members that accepted the charter that counts now."""
        return [
            each for each in self.members if self.charter and each.membership.charter == self.charter.number
        ]

    @property
    def missing(self) -> list[Partner]:
        """Members that have not accepted it yet."""
        return [each for each in self.members if each not in self.accepted]

    @property
    def agreed(self) -> bool:
        return self.consortium.state is ConsortiumState.AGREED and not self.missing

    @property
    def lead(self) -> str:
        return next((each.name for each in self.members if self.is_lead(each)), "")

    def is_lead(self, partner: Partner) -> bool:
        return partner.membership.organisation_id == self.consortium.lead_id


@dataclass(frozen=True)
class Next:
    """The one thing to do next, who must do it, and where. Without `url` it is somebody else's turn."""

    title: str
    words: str
    facts: dict[str, Any] = field(default_factory=dict)
    url: str = ""
    button: str = ""


def thread(now: Standing) -> list[Step]:
    """Formed, agree, develop, apply, decision: what is behind, what is at hand, what is to come."""
    done = [
        (N_("Formed"), now.consortium.started_at if len(now.members) > 1 else None),
        (N_("Agree"), now.happened.get(Verb.CONSORTIA_ACCEPT_CHARTER) if now.agreed else None),
        (N_("Develop"), now.happened.get(Verb.FUNDING_START)),
        (N_("Apply"), now.happened.get(Verb.FUNDING_SUBMIT)),
        (N_("Decision"), now.happened.get(Verb.FUNDING_AWARD) or now.happened.get(Verb.FUNDING_REJECT)),
    ]
    first_open = next((n for n, (_, at) in enumerate(done) if at is None), len(done))
    return [
        (
            label,
            at if n < first_open else None,
            "done" if n < first_open else "now" if n == first_open else "next",
        )
        for n, (label, at) in enumerate(done)
    ]


def next_step(now: Standing) -> Next | None:
    """The one next panel: it says who must act. None for a consortium that has ended."""
    if now.consortium.state is ConsortiumState.DISSOLVED:
        return None
    here = f"/w/{now.consortium.slug}"
    return _waiting_people(now, here) or _charter(now, here) or _work(now, here)


def _waiting_people(now: Standing, here: str) -> Next | None:
    offered = [p for p in now.ours if p.membership.organisation_id == now.consortium.lead_offered_to]
    if offered:
        return Next(
            N_("Take the lead"),
            N_("The lead is offered to {name}. Take it, or leave it where it is."),
            {"name": offered[0].name},
            f"{here}/members",
            N_("Look at the offer"),
        )
    if now.asking and now.leads:
        return Next(
            N_("Answer a request"),
            N_("{name} asks to join. Admit the organisation or turn it down."),
            {"name": now.asking[0].name},
            f"{here}/members",
            N_("Read the request"),
        )
    if len(now.members) < 2:
        words = N_("A consortium has at least two organisations. {lead} invites the next one.")
        button = (f"{here}/members#invite", N_("Invite an organisation")) if now.leads else ("", "")
        return Next(N_("Find a partner"), words, {"lead": now.lead}, *button)
    return None


def _charter(now: Standing, here: str) -> Next | None:
    if now.charter is None:
        words = N_("It says what you are together for, how you decide, and who owns what. {lead} writes it.")
        button = (f"{here}/charter", N_("Write the charter")) if now.leads else ("", "")
        return Next(N_("Write the charter"), words, {"lead": now.lead}, *button)
    if not now.missing:
        return None
    names = {"missing": ", ".join(each.name for each in now.missing), "number": now.charter.number}
    if any(each in now.missing for each in now.ours):
        words = N_("Charter {number} waits for {missing}. It counts when every member has accepted it.")
        return Next(N_("Accept the charter"), words, names, f"{here}/charter", N_("Read and accept"))
    return Next(N_("The charter is with the partners"), N_("Charter {number} waits for {missing}."), names)


def _work(now: Standing, here: str) -> Next:
    if Verb.FUNDING_START in now.happened:
        words = N_("The charter stands. What is left for the money is on the application’s own list.")
        return Next(
            N_("Finish the application"), words, {}, f"{here}/applications", N_("Go to the applications")
        )
    if now.consortium.vault_id is None:
        words = N_(
            "The charter stands. What you put into the workspace is sealed: only your members can read it."
        )
        return Next(
            N_("Open the sealed workspace"),
            words,
            {},
            f"/vault/#/w/{now.consortium.slug}",
            N_("Open the workspace"),
        )
    words = N_("The charter stands and the workspace is open. Choose a call and begin the application.")
    return Next(N_("Start an application"), words, {}, f"{here}/applications", N_("Choose a call"))
