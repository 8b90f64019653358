"""The rule book as a page people can read: docs/rules.md."""

from .book import RULES
from .lifecycles import LIFECYCLES
from .roles import IN_CONSORTIUM, Role


def markdown() -> str:
    """The whole rule book in Markdown: the verbs, the seats in a consortium, the lifecycles as Mermaid."""
    head = "| verb | who may | the button says | the log says | who is told | then |"
    rows = [
        f"| `{rule.verb}` | {_names(rule.who)} | {rule.button} | {rule.log} | {_names(rule.tell)}"
        f"{' (by mail)' if rule.mail else ''} | {', '.join(rule.then)} |"
        for rule in RULES.values()
    ]
    seats = [f"| {seat} | {_names(roles)} |" for seat, roles in IN_CONSORTIUM.items()]
    charts = [f"## {name}\n\n```mermaid\n{cycle.mermaid()}\n```\n" for name, cycle in LIFECYCLES.items()]
    return "\n".join(
        [
            "# The rule book",
            "",
            "Written by `make rules` from `src/crosslab/rules/`.",
            "",
            head,
            "|---" * 6 + "|",
            *rows,
            "",
            "## Seats in a consortium",
            "",
            "| seat in a member organisation | roles in the consortium |",
            "|---|---|",
            *seats,
            "",
            "The lead partner's signatory is also `lead`.",
            "",
            *charts,
        ]
    )


def _names(roles: frozenset[Role] | frozenset[object]) -> str:
    return ", ".join(sorted(str(role) for role in roles))
