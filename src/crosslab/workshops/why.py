"""Why two or three are suggested, in words."""

from crosslab.rules import N_

from .links import Why

WHY = {
    Why.MUTUAL_FIT: N_("One offers what the other says it needs."),
    Why.MUTUAL: N_("Each sees something in the other."),
    Why.JOINT: N_("One sees something they could offer together."),
    Why.ONE_WAY: N_("One is interested in the other."),
    Why.ROUND: N_("Each two of the three are tied."),
}
