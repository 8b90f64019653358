"""What ties two notes, and why two or three are suggested, in words."""

from typing import Protocol

from crosslab.rules import N_

from .links import LinkKind, Suggestion, Why
from .tables import Company

LINKS = {
    LinkKind.OFFER: N_("We offer what they need"),
    LinkKind.NEED: N_("We need what they offer"),
    LinkKind.JOINT: N_("We could offer this together"),
    LinkKind.QUESTION: N_("We have a question"),
}
"""The kinds of thread in the words of whoever ties them."""
WHY = {
    Why.MUTUAL_FIT: N_("{who} offers what {whom} says it needs."),
    Why.MUTUAL: N_("Each sees something in the other."),
    Why.JOINT: N_("{who} sees something to offer together with {whom}."),
    Why.ONE_WAY: N_("{who} is interested in {whom}."),
    Why.ROUND: N_("Each two of the three are tied."),
}
ONE_SIDED = {
    LinkKind.OFFER: N_("{who} says it offers what {whom} needs."),
    LinkKind.NEED: N_("{who} needs what {whom} offers."),
    LinkKind.QUESTION: N_("{who} has a question for {whom}."),
}
"""Why two are suggested of whom one tied a thread, for those who were there: what its strongest thread says."""
HIDDEN = {
    Why.MUTUAL_FIT: N_("One offers what the other says it needs."),
    Why.JOINT: N_("One sees something they could offer together."),
    Why.ONE_WAY: N_("One is interested in the other."),
}
"""The same while names are hidden: a sentence points at nobody. Threads and the matrix go on saying who is tied."""


class Suggested(Protocol):
    """Two or three who are suggested, in every shape in which that is told."""

    @property
    def found(self) -> Suggestion: ...
    @property
    def companies(self) -> tuple[Company, ...]: ...


def reason(talk: Suggested, *, hidden: bool, words: bool) -> tuple[str, dict[str, str]]:
    """Why they should talk, as a sentence to be translated and the names that fill it.

    Without `words` it is for whoever was not there, and what a single thread says is left out.
    """
    why, named = talk.found.why, {str(each.id): each.name for each in talk.companies}
    if hidden and why in HIDDEN:
        return HIDDEN[why], {}
    text = ONE_SIDED[talk.found.links[0].kind] if words and why is Why.ONE_WAY else WHY[why]
    return text, {"who": named[talk.found.whose], "whom": named[talk.found.whom]}
