"""What ties two notes, and why two or three are suggested, in words."""

from crosslab.rules import N_

from .links import LinkKind, Why

LINKS = {
    LinkKind.OFFER: N_("We offer what they need"),
    LinkKind.NEED: N_("We need what they offer"),
    LinkKind.JOINT: N_("We could offer this together"),
    LinkKind.QUESTION: N_("We have a question"),
}
"""The kinds of thread in the words of whoever ties them."""
WHY = {
    Why.MUTUAL_FIT: N_("One offers what the other says it needs."),
    Why.MUTUAL: N_("Each sees something in the other."),
    Why.JOINT: N_("One sees something they could offer together."),
    Why.ONE_WAY: N_("One is interested in the other."),
    Why.ROUND: N_("Each two of the three are tied."),
}
