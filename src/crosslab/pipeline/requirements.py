"""What must be so before a consortium leaves a stage. Data, and one question about it. Pure."""

from collections.abc import Callable
from dataclasses import dataclass

from crosslab.rules import N_, Stage

COLUMNS = (
    Stage.INTEREST,
    Stage.CONSORTIUM,
    Stage.DEVELOPMENT,
    Stage.APPLICATION,
    Stage.SUBMITTED,
    Stage.FUNDED,
)
"""The stages in their order; what was stopped stands aside."""


@dataclass(frozen=True, slots=True)
class Gate:
    """What is known of one consortium: how far it is, in figures."""

    members: int = 0
    late: int = 0
    agreed: bool = False
    begun: bool = False
    signed: int = 0
    sent: bool = False
    awarded: bool = False


@dataclass(frozen=True, slots=True)
class Requirement:
    """One condition: a key, what is missing while it is not met, and when it is met."""

    key: str
    words: str
    met: Callable[[Gate], bool]


MEMBERS = Requirement("members", N_("a second member organisation"), lambda gate: gate.members >= 2)
CHARTER = Requirement(
    "charter", N_("a charter that every member has accepted"), lambda gate: gate.agreed and not gate.late
)
BEGUN = Requirement("begun", N_("an application that was started"), lambda gate: gate.begun)
SIGNED = Requirement(
    "signed", N_("the sign-off of every partner"), lambda gate: gate.sent or 0 < gate.members <= gate.signed
)
SENT = Requirement("sent", N_("a record of the submission"), lambda gate: gate.sent)
AWARDED = Requirement("awarded", N_("a record of the award"), lambda gate: gate.awarded)

BEFORE_LEAVING: dict[Stage, tuple[Requirement, ...]] = {
    Stage.INTEREST: (MEMBERS,),
    Stage.CONSORTIUM: (MEMBERS, CHARTER),
    Stage.DEVELOPMENT: (CHARTER, BEGUN),
    Stage.APPLICATION: (SIGNED, SENT),
    Stage.SUBMITTED: (AWARDED,),
}


def missing(stage: Stage, gate: Gate) -> list[Requirement]:
    """What a consortium still lacks to leave its stage."""
    return [each for each in BEFORE_LEAVING.get(stage, ()) if not each.met(gate)]


def after(stage: Stage) -> Stage | None:
    """The stage that follows, if one does."""
    return COLUMNS[COLUMNS.index(stage) + 1] if stage in COLUMNS[:-1] else None


def before(stage: Stage) -> Stage | None:
    """The stage that goes before, if one does."""
    return COLUMNS[COLUMNS.index(stage) - 1] if stage in COLUMNS[1:] else None
