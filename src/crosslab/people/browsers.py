"""What a browser calls itself, in plain words, so that people recognise their own sessions."""

MACHINE = "crosslab-vault "
"""How the command line's sessions begin; the rest is what the machine calls itself."""

BROWSERS = (
    (MACHINE, "crosslab vault"),
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Vivaldi", "Vivaldi"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chromium", "Chromium"),
    ("Chrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def browser_of(agent: str) -> str:
    """`Firefox`, or the empty text for one we do not know."""
    return next((name for sign, name in BROWSERS if sign in agent), "")


def system_of(agent: str) -> str:
    """`Linux`, or the empty text for one we do not know."""
    if agent.startswith(MACHINE):
        return agent.removeprefix(MACHINE)
    return next((name for sign, name in SYSTEMS if sign in agent), "")
