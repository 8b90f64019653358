"""What the firms of the story seal: titles, texts and files that the platform never sees."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Brought:
    """One contribution of the story: who seals it, who owns it, who may read it, who agrees."""

    key: str
    by: str
    klass: str
    right: str
    title: str
    text: str
    shares: Mapping[str, str]
    days_ago: float
    hour: int = 10
    readers: Sequence[str] = ()
    rests_on: Sequence[tuple[str, str]] = ()
    approved_by: Sequence[str] = ()
    objected_by: Sequence[str] = ()
    follows: str = ""
    files: Sequence[tuple[str, str, bytes]] = field(default=())


LOADS = b"mast height m;wind m/s;ballast kg\n3.0;17;84\n3.5;17;112\n4.0;17;146\n4.0;20;203\n"
FIELD = b"row;level dB(A)\n1;88\n6;84\n11;79\n16;61\n20;47\n"
SEASON = b"evening;seats;price;expected\nFriday trial;320;9.50;198\nSaturday trial;320;12.00;264\n"
REVISED = b"row;level dB(A)\n1;88\n6;83\n11;77\n16;58\n20;44\n24;38\n"
SITE = b"what;from the wall m;wide m\nwest mast;2.4;1.2\neast mast;2.4;1.2\nbar;9.0;4.0\nnorth door, kept free;0;2.4\n"
WIRING = b"stage box 1: 24 V, 6 A\nstage box 2: 24 V, 6 A\nfallback: all lamps to 20 % within 2 s\n"

CONTRIBUTIONS: tuple[Brought, ...] = (
    Brought(
        "rig", "ane", "background", "patent",
        "Self-standing rig, load table",
        "How much ballast each mast needs so that nothing is fixed to the listed wall.",
        {"ane": "1"}, 12, readers=("tom", "ingrid", "beth"),
        files=[("load-table.csv", "text/csv", LOADS)],
    ),
    Brought(
        "sensing", "tom", "background", "copyright",
        "Crowd sensing without cameras",
        "Pressure strips under the first row of each wedge, counted and forgotten every ten seconds.",
        {"tom": "1"}, 11, readers=("ane", "ingrid"),
    ),
    Brought(
        "sound", "ingrid", "background", "trade_secret",
        "Sound field model, revision C",
        "Levels by row for a speech and for a quartet; the neighbours' windows are row 24.",
        {"ingrid": "1"}, 9, readers=("ane",),
        files=[("field-by-row.csv", "text/csv", FIELD)],
    ),
    Brought(
        "site", "beth", "result", "copyright",
        "Site plan for two evenings",
        "Where the masts, the bar and the ways out are. Nothing stands nearer to the listed wall than 2.4 metres.",
        {"beth": "1/2", "ane": "1/2"}, 8, 16, readers=("ane", "tom"),
        rests_on=[("rig", "requires")], approved_by=("ane",),
        files=[("site-plan.csv", "text/csv", SITE)],
    ),
    Brought(
        "season", "beth", "background", "trade_secret",
        "Season pricing, first pass",
        "What two trial evenings cost and what they might bring in.",
        {"beth": "1"}, 6, files=[("season.csv", "text/csv", SEASON)],
    ),
    Brought(
        "stage", "ane", "result", "copyright",
        "Audience-lit stage",
        "Light that follows where people sit, with a fallback that leaves nobody in the dark.",
        {"ane": "11/20", "tom": "9/20"}, 4, 14, readers=("tom", "ingrid", "beth"),
        rests_on=[("rig", "requires"), ("sensing", "incorporates")],
        approved_by=("tom",), files=[("wiring.txt", "text/plain", WIRING)],
    ),
    Brought(
        "revised", "ingrid", "background", "trade_secret",
        "Sound field model, revision D",
        "Measured at the neighbours' windows, row 24, one Tuesday evening with their consent.",
        {"ingrid": "1"}, 3, 13, readers=("ane",), follows="sound",
        files=[("field-by-row.csv", "text/csv", REVISED)],
    ),
    Brought(
        "trial", "ane", "result", "copyright",
        "March trial design",
        "Two evenings in March: who does what, what is measured, when we stop.",
        {"ane": "3/10", "tom": "1/4", "ingrid": "1/4", "beth": "1/5"}, 1, 11,
        readers=("tom", "ingrid", "beth"), rests_on=[("stage", "incorporates")],
        approved_by=("tom",), objected_by=("ingrid",),
    ),
)  # fmt: skip
