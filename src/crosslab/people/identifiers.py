"""Numbers by which organisations are known elsewhere: their schemes, their form, and their check digits.

The codes of national registers are those of org-id.guide, so that `<scheme>-<value>` is an org-id. Museums and
libraries have ISILs, participants of EU programmes have PICs; org-id has neither, so these schemes are our own.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from crosslab.rules import N_

NO_FORM = N_("This does not look like a number of this register. An example: {example}.")
NO_SUM = N_("The check digit does not fit. Compare it with the register, digit by digit.")
NO_SCHEME = N_("Choose one of the registers.")
CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"


class Unlike(ValueError):
    """It cannot be a number of this scheme; the sentence says why."""

    def __init__(self, text: str, **facts: str) -> None:
        super().__init__(text)
        self.facts = facts


@dataclass(frozen=True, slots=True)
class Scheme:
    """One register: its code, its name, an example, the form of its numbers and what they add up to."""

    code: str
    name: str
    example: str
    form: str
    holds: Callable[[str], bool] = lambda _value: True
    page: str = ""


def weighted(value: str, weights: tuple[int, ...]) -> int:
    """The sum of the digits times their weights."""
    return sum(int(digit) * weight for digit, weight in zip(value, weights, strict=False))


def _no_brc(value: str) -> bool:
    return (11 - weighted(value, (3, 2, 7, 6, 5, 4, 3, 2)) % 11) % 11 == int(value[-1])


def _dk_cvr(value: str) -> bool:
    return weighted(value, (2, 7, 6, 5, 4, 3, 2, 1)) % 11 == 0


def _fi_pro(value: str) -> bool:
    return (11 - weighted(value, (7, 9, 10, 5, 8, 4, 2)) % 11) % 11 == int(value[-1])


def _twice(value: str, first: tuple[int, ...], second: tuple[int, ...]) -> bool:
    """The Estonian and Lithuanian way: modulo 11, with other weights when ten remains."""
    rest = weighted(value[:-1], first) % 11
    return (rest if rest < 10 else weighted(value[:-1], second) % 11 % 10) == int(value[-1])


def _ee_rik(value: str) -> bool:
    return _twice(value, (1, 2, 3, 4, 5, 6, 7), (3, 4, 5, 6, 7, 8, 9))


def _lt_rc(value: str) -> bool:
    return _twice(value, (1, 2, 3, 4, 5, 6, 7, 8), (3, 4, 5, 6, 7, 8, 9, 1))


def _luhn(value: str) -> bool:
    digits = [int(digit) for digit in value if digit.isdigit()]
    doubled = [digit * 2 if n % 2 else digit for n, digit in enumerate(reversed(digits))]
    return sum(digit - 9 if digit > 9 else digit for digit in doubled) % 10 == 0


def _be_kbo(value: str) -> bool:
    return 97 - int(value[:8]) % 97 == int(value[8:])


def _ch_uid(value: str) -> bool:
    return (11 - weighted(value[3:], (5, 4, 3, 2, 7, 6, 5, 4)) % 11) % 11 == int(value[-1])


def _lei(value: str) -> bool:
    """ISO 7064, modulo 97-10: letters count 10 to 35, the whole leaves 1."""
    return int("".join(str(int(letter, 36)) for letter in value)) % 97 == 1


def _ror(value: str) -> bool:
    """Crockford's base 32, then two digits modulo 97."""
    number = 0
    for letter in value[:7]:
        number = number * 32 + CROCKFORD.index(letter)
    return 98 - number * 100 % 97 == int(value[7:])


_ALL = (
    Scheme("ISIL", N_("ISIL (museums, libraries, archives)"), "DE-12", r"[A-Z]{1,4}-[A-Za-z0-9:/-]{1,11}"),
    Scheme("EU-PIC", N_("PIC (participant in EU programmes)"), "999991234", r"\d{9}"),
    Scheme("EU-VAT", N_("VAT number"), "DE123456789", r"[A-Z]{2}[0-9A-Z+*]{2,12}"),
    Scheme("XI-LEI", "LEI (Legal Entity Identifier)", "549300ITS31QK8VRBQ14", r"[0-9A-Z]{18}\d{2}", _lei, "https://search.gleif.org/#/record/{}"),
    Scheme("XI-ROR", "ROR (Research Organization Registry)", "05asf4e91", r"0[a-hj-km-np-tv-z0-9]{6}\d{2}", _ror, "https://ror.org/{}"),
    Scheme("BE-BCE_KBO", "Crossroads Bank for Enterprises, Belgium", "0521749439", r"[01]\d{9}", _be_kbo),
    Scheme("CH-FDJP", "Zefix, Switzerland", "CHE250363279", r"CHE\d{9}", _ch_uid),
    Scheme("DE-CR", "Handelsregister, Germany", "RA000351-HRB758147", r"RA\d{6}-[GHPV][A-Z]{1,2}\d{1,6}[A-Z]{0,2}"),
    Scheme("DK-CVR", "Det Centrale Virksomhedsregister, Denmark", "36729929", r"\d{8}", _dk_cvr),
    Scheme("EE-RIK", "Registrite ja Infosüsteemide Keskus, Estonia", "11975756", r"\d{8}", _ee_rik),
    Scheme("FI-PRO", "Patentti- ja rekisterihallitus, Finland", "1680140-0", r"\d{7}-\d", _fi_pro),
    Scheme("GB-COH", "Companies House, United Kingdom", "09506232", r"\d{8}|[A-Z]{2}\d{6}", page="https://find-and-update.company-information.service.gov.uk/company/{}"),
    Scheme("GB-CHC", "Charity Commission, England and Wales", "1090095", r"\d{6,7}"),
    Scheme("GB-SC", "Scottish Charity Register", "SC042386", r"SC\d{6}"),
    Scheme("GB-NIC", "Charity Commission for Northern Ireland", "100019", r"1\d{5}"),
    Scheme("GB-GOR", "Government Organisation Register, United Kingdom", "OT1211", r"[A-Z]{1,2}\d{1,4}"),
    Scheme("GB-LAE", "Local Authorities for England", "BAS", r"[A-Z]{3}"),
    Scheme("GB-LAS", "Scottish Local Authorities", "ORK", r"[A-Z]{3}"),
    Scheme("GB-PLA", "Principal Local Authorities, Wales", "AGY", r"[A-Z]{3}"),
    Scheme("IE-CRO", "Companies Registration Office, Ireland", "549061", r"\d{5,6}"),
    Scheme("LT-RC", "Registrų centras, Lithuania", "111484678", r"\d{9}", _lt_rc),
    Scheme("LV-RE", "Uzņēmumu reģistrs, Latvia", "40008124830", r"\d{11}"),
    Scheme("NL-KVK", "Kamer van Koophandel, Netherlands", "41202535", r"\d{8}"),
    Scheme("NO-BRC", "Brønnøysundregistrene, Norway", "986399445", r"\d{9}", _no_brc, "https://virksomhet.brreg.no/oppslag/enheter/{}"),
    Scheme("PL-KRS", "Krajowy Rejestr Sądowy, Poland", "0000359730", r"\d{10}"),
    Scheme("SE-ON", "Bolagsverket, Sweden", "556091-2148", r"\d{6}-\d{4}", _luhn),
)  # fmt: skip

SCHEMES: dict[str, Scheme] = {scheme.code: scheme for scheme in _ALL}


def canonical(scheme: str, typed: str) -> str:
    """The number as its register writes it. Raises `Unlike` when it cannot be one of that register."""
    known = SCHEMES.get(scheme)
    if known is None:
        raise Unlike(NO_SCHEME)
    value = _tidy(known.code, typed)
    if not re.fullmatch(known.form, value, re.ASCII):
        raise Unlike(NO_FORM, example=known.example)
    if not known.holds(value):
        raise Unlike(NO_SUM)
    return value


def _tidy(scheme: str, typed: str) -> str:
    """Without what people copy along: spaces, dots, the code before it, the address round it."""
    value = re.sub(r"[\s.\u00a0\u202f]", "", re.sub(r"^https?://(www\.)?[^/]+/", "", typed.strip()))
    if scheme == "ISIL":
        return value
    value = value.upper().removeprefix(f"{scheme}-")
    return _WAYS[scheme](value) if scheme in _WAYS else value


_WAYS: dict[str, Callable[[str], str]] = {
    "XI-ROR": str.lower,
    "GB-COH": lambda value: value.zfill(8) if value.isdigit() else value,
    "CH-FDJP": lambda value: value.replace("-", ""),
    "SE-ON": lambda value: f"{value[:6]}-{value[6:]}" if value.isdigit() and len(value) == 10 else value,
    "FI-PRO": lambda value: f"{value[:7]}-{value[7:]}" if value.isdigit() and len(value) == 8 else value,
}


def page_of(scheme: str, value: str) -> str:
    """The register's own page about a number, or the empty text where it has none."""
    known = SCHEMES.get(scheme)
    return known.page.format(value) if known else ""
