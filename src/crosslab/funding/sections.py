"""The parts of an application, by the kind of money it asks for. Pure data."""

from dataclasses import dataclass

from crosslab.rules import N_


@dataclass(frozen=True, slots=True)
class Outline:
    """One part of an application before anybody has written it."""

    key: str
    title: str
    ask: str
    most_words: int


SUMMARY = Outline(
    "summary",
    N_("Summary"),
    N_("What will you do, with whom, and what will be different afterwards? Many read nothing else."),
    200,
)  # fmt: skip
PROBLEM = Outline(
    "problem",
    N_("The problem and its heritage value"),
    N_("What is at stake, for which collection or place, and who cares about it? Give figures where you have them."),
    400,
)  # fmt: skip
APPROACH = Outline(
    "approach",
    N_("Approach"),
    N_("How will you solve it, what is new about that, and what have you tried already?"),
    600,
)
PARTNERS = Outline(
    "partners",
    N_("Partners and their roles"),
    N_("What does each partner do that no other could, and how do you decide together?"),
    400,
)
RIGHTS = Outline(
    "rights",
    N_("Ownership and access rights"),
    N_("Who brings what, who will own the results, and who may use them on what terms? Give no secrets away."),
    300,
)  # fmt: skip
EXPLOITATION = Outline(
    "exploitation",
    N_("Use of the results"),
    N_("Who will pay for, use or copy the results, and how does the heritage site benefit after the grant ends?"),
    400,
)  # fmt: skip
PLAN = Outline(
    "plan",
    N_("Work plan"),
    N_("What happens when, who leads each step, and how will you know that it is done?"),
    500,
)
RISKS = Outline(
    "risks",
    N_("Risks"),
    N_("What could go wrong, how likely is it, and what will you do about it?"),
    300,
)
MONEY = Outline(
    "money",
    N_("Value for money"),
    N_("Why are these costs needed, and what would happen without the grant?"),
    250,
)
NETWORK = Outline(
    "network",
    N_("The network and its management"),
    N_("Who may join, who manages the network, and how does it carry on after the funding?"),
    400,
)
PURCHASE = Outline(
    "need",
    N_("The need of the buyer"),
    N_("What must the solution do, in what setting, and how will the buyer test it?"),
    400,
)
PROOF = Outline(
    "proof",
    N_("Proof that it works"),
    N_("What will the judges see, measure or try, and by when?"),
    300,
)

BY_INSTRUMENT: dict[str, tuple[Outline, ...]] = {
    "grant": (SUMMARY, PROBLEM, APPROACH, PARTNERS, RIGHTS, EXPLOITATION, PLAN, RISKS, MONEY),
    "grant_network": (SUMMARY, PROBLEM, NETWORK, PARTNERS, RIGHTS, EXPLOITATION, PLAN, RISKS),
    "procurement": (SUMMARY, PURCHASE, APPROACH, PARTNERS, RIGHTS, PLAN, RISKS, MONEY),
    "prize": (SUMMARY, PROBLEM, APPROACH, PROOF, RIGHTS, EXPLOITATION),
}


def outline(instrument: str) -> tuple[Outline, ...]:
    """The parts for a kind of money. Loans, equity and the like ask for what a grant asks for."""
    return BY_INSTRUMENT.get(instrument, BY_INSTRUMENT["grant"])


def words_in(text: str) -> int:
    """How many words a text has: runs of anything but white space, as funders' forms count them."""
    return len(text.split())
