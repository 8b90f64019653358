"""The countries of the world in the reader's language."""

import unicodedata
from functools import lru_cache

from babel import Locale

NO_COUNTRY = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})


@lru_cache(8)
def names(locale: str) -> dict[str, str]:
    """Two-letter code and name of every country, in the order of the reader's alphabet, without accents."""
    found = {
        code: name
        for code, name in Locale.parse(locale).territories.items()
        if len(code) == 2 and code.isalpha() and code not in NO_COUNTRY
    }
    return dict(sorted(found.items(), key=lambda pair: _plain(pair[1])))


def is_country(code: str) -> bool:
    """Whether there is a country with this code."""
    return code in names("en_GB")


def _plain(name: str) -> str:
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
