"""Who owns what comes out of a consortium: the model agreements as data, each with its effect in plain words."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from crosslab.rules import N_

PRESETS = Path(__file__).parent / "reference" / "ip_regime_presets.yaml"


@dataclass(frozen=True, slots=True)
class Regime:
    """One preset: its key in the reference data, its name, its effect, and the data itself."""

    key: str
    name: str
    effect: str
    terms: dict[str, Any]


PLAINLY: dict[str, tuple[str, str]] = {
    "lambert_a": (
        N_("Each owns its own, all may use everything"),
        N_("You own what you make. Every partner may use every result for any purpose, without paying."),
    ),
    "lambert_b": (
        N_("One partner brings it to market"),
        N_("Results go to one partner, who must use them and pays the others a share. If it does not, they come back."),
    ),
    "lambert_c": (
        N_("Each takes what fits its business"),
        N_("Each result goes to the partner whose trade it is, and that partner must use it."),
    ),
    "lambert_d": (
        N_("Each owns its own, use by agreement"),
        N_("You own what you make. Others may use it inside the project; beyond that you agree terms with them."),
    ),
    "desca_he": (
        N_("The usual European consortium agreement (DESCA)"),
        N_(
            "You own what you make. Joint results are shared: each may use them, with 45 days’ notice and fair"
            " pay to the others. Only what you list as brought in can be asked for."
        ),
    ),
    "he_mga": (
        N_("The European grant agreement alone"),
        N_(
            "You own what you make. Partners may use what they need for the project free of charge,"
            " and on fair terms afterwards."
        ),
    ),
    "unanimous": (
        N_("Nothing agreed yet: all must consent"),
        N_("Until you agree otherwise, nobody may use or license joint results without the consent of all."),
    ),
}  # fmt: skip


@cache
def regimes() -> dict[str, Regime]:
    """The presets in the order in which we offer them."""
    data = {preset["id"]: preset for preset in yaml.safe_load(PRESETS.read_text())["presets"]}
    return {key: Regime(key, name, effect, data[key]) for key, (name, effect) in PLAINLY.items()}
