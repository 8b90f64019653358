"""Asks a house that was just started for its first page and all that the page needs: smoke.py http://127.0.0.1:8000."""

import re
import sys
import time
from urllib.error import URLError
from urllib.parse import urljoin
from urllib.request import urlopen


def fetch(address: str) -> str:
    """The text at an address. Raises on anything but 200."""
    with urlopen(address, timeout=10) as answer:
        return str(answer.read().decode("utf-8", "replace"))


def first_page(home: str, patience: float = 30) -> str:
    """The first page, as soon as the house answers."""
    until = time.monotonic() + patience
    while True:
        try:
            return fetch(f"{home}/en")
        except (URLError, ConnectionError):
            if time.monotonic() > until:
                raise
            time.sleep(0.3)


if __name__ == "__main__":
    home = sys.argv[1]
    page = first_page(home)
    needed = set(re.findall(r'(?:href|src)="(/static/[^"#]+)', page))
    if "<h1" not in page or not needed:
        sys.exit("The first page has no heading or no assets.")
    for asset in sorted(needed):
        fetch(urljoin(home, asset))
    print(f"· The wheel runs without Node: {home}/en and the {len(needed)} assets it names")
