"""The papers of an application: its PDF, its JSON, and both in one package with their digests."""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from crosslab.core import press
from crosslab.rules import N_, ApplicationState
from crosslab.web import formats
from crosslab.web.languages import BY_CODE, ENGLISH, words

from . import package
from .forms import CATEGORY_NAMES
from .package import decimal_text
from .sums import Ask, Total
from .tables import BudgetLine, CostCategory
from .tongue import Tongue
from .views import Partner, Sheet, SignOff, Whole

TEMPLATE = Path(__file__).with_name("application.typ")
STATUS = {
    ApplicationState.SUBMITTED: "submitted",
    ApplicationState.AWARDED: "accepted",
    ApplicationState.REJECTED: "rejected",
    ApplicationState.WITHDRAWN: "custom",
}
LONG_AGO = (1980, 1, 1, 0, 0, 0)


def pack(whole: Whole, funder: str) -> bytes:
    """A zip whose bytes follow from the application alone: PDF, JSON, the signed text, and a list of digests."""
    files = {
        "application.json": _written(common_grants(whole)),
        "application.pdf": pdf(whole, funder),
        "signed.json": package.canonical(whole.content),
    }
    files["manifest.json"] = _written(_manifest(whole, files))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, LONG_AGO)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            box.writestr(entry, files[name])
    return out.getvalue()


def _written(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def _manifest(whole: Whole, files: Mapping[str, bytes]) -> dict[str, Any]:
    return {
        "application": whole.application.no,
        "signed_digest": whole.digest,
        "signed_file": "signed.json",
        "files": {
            name: {"sha256": hashlib.sha256(held).hexdigest(), "bytes": len(held)}
            for name, held in sorted(files.items())
        },
        "signatures": [_signed_entry(one) for one in whole.sign_offs],
    }


def _signed_entry(one: SignOff) -> dict[str, Any]:
    entry = {"organisation": str(one.partner.id), "name": one.partner.name, "valid": one.valid}
    if one.signature is None:
        return entry
    when = one.signature.signed_at.isoformat()
    return entry | {"signed_by": one.signature.signed_by, "signed_at": when, "digest": one.signature.digest}


def common_grants(whole: Whole) -> dict[str, Any]:
    """The application in the shape of CommonGrants 0.4; what it has no place for stands in `customFields`."""
    one, state = whole.application, whole.application.state
    status = {"value": STATUS.get(state, "inProgress")} | (
        {"customValue": str(state)} if state is ApplicationState.WITHDRAWN else {}
    )
    began = one.started_at.isoformat()
    touched = max(_touched(whole), default=one.started_at).isoformat()
    competition = str(uuid5(NAMESPACE_URL, f"urn:crosslab:funding:{one.scheme}"))
    return {
        "id": str(one.id), "title": one.title, "competitionId": competition, "opportunityId": competition,
        "status": status, "submittedAt": one.submitted_at.isoformat() if one.submitted_at else None,
        "createdAt": began, "lastModifiedAt": touched,
        "formResponses": {"application": _response(whole, competition, began, touched)},
        "customFields": {name: _custom(name, value) for name, value in _extras(whole).items()},
    }  # fmt: skip


def _touched(whole: Whole) -> list[Any]:
    times = [section.written_at for section in whole.sections]
    times += [sheet.budget.changed_at for sheet in whole.sheets]
    one = whole.application
    return [time for time in (*times, one.submitted_at, one.decided_at) if time]


def _response(whole: Whole, form: str, began: str, touched: str) -> dict[str, Any]:
    done = not whole.missing
    return {
        "applicationId": str(whole.application.id), "id": str(whole.application.id), "formId": form,
        "response": {one["key"]: one["text"] for one in whole.content["sections"]},
        "status": {"value": "complete" if done else "inProgress"}, "createdAt": began, "lastModifiedAt": touched,
    }  # fmt: skip


def _custom(name: str, value: Any) -> dict[str, Any]:
    kind = "object" if isinstance(value, dict) else "array" if isinstance(value, list) else "string"
    return {"name": name, "fieldType": kind, "value": value}


def _extras(whole: Whole) -> dict[str, Any]:
    one, sums = whole.application, whole.total

    def money(minor: int) -> dict[str, str]:
        return {"amount": decimal_text(minor, one.currency), "currency": one.currency}

    awarded = {} if one.awarded_minor is None else {"amountAwarded": money(one.awarded_minor)}
    return {
        "number": one.no, "programme": one.scheme, "programmeName": one.scheme_name,
        "details": whole.content["application"], "organizations": whole.content["partners"],
        "budgets": whole.content["budgets"], "amountRequested": money(sums.requested),
        "totalCost": money(sums.cost), "coFinance": money(sums.co_finance),
        "funderReference": one.funder_reference, "signedDigest": whole.digest, **awarded,
    }  # fmt: skip


def pdf(whole: Whole, funder: str) -> bytes:
    """The application on paper: PDF/UA-1, tagged, in the application's own language."""
    return press.pdf(TEMPLATE, _paper(whole, funder))


def _paper(whole: Whole, funder: str) -> dict[str, Any]:
    one = whole.application
    language = BY_CODE.get(one.language, ENGLISH)
    tongue = Tongue(words(language.code))
    return {
        "lang": language.tag.split("-")[0], "title": one.title, "no": one.no, "scheme": one.scheme_name,
        "funder": funder, "consortium": whole.consortium, "digest": whole.digest,
        "words": _headings(tongue), "facts": _facts(whole, tongue),
        "partners": [{"name": each.name} for each in whole.partners],
        "partner_rows": [_partner_row(each, tongue) for each in whole.partners],
        "sections": [{"title": tongue.say(each.title), "text": package.plain(each.text)} for each in whole.sections],
        "budget_rows": _budget_rows(whole, tongue),
        "budgets": [_sheet(each, one.currency, tongue) for each in whole.sheets],
        "signature_rows": [_signature(each, tongue) for each in whole.sign_offs],
    }  # fmt: skip


HEADINGS = {
    "facts": N_("At a glance"),
    "partners": N_("Partners"),
    "budget": N_("Budget"),
    "signatures": N_("Sign-offs"),
    "digest_says": N_("Each signature names this SHA-256 digest of the signed text:"),
}
COLUMNS = {
    "partner_columns": (N_("Organisation"), N_("Country"), N_("Role"), N_("Task")),
    "budget_columns": (N_("Partner"), N_("Cost"), N_("Share"), N_("Asked for"), N_("Own money")),
    "line_columns": (N_("What for"), N_("Category"), N_("Year"), N_("Cost")),
    "signature_columns": (N_("Partner"), N_("Signed by"), N_("When")),
}


def _headings(tongue: Tongue) -> dict[str, Any]:
    columns = {name: [tongue.say(one) for one in each] for name, each in COLUMNS.items()}
    return {name: tongue.say(one) for name, one in HEADINGS.items()} | columns


def _partner_row(one: Partner, tongue: Tongue) -> list[str]:
    role = tongue.say(N_("Lead partner") if one.leads else N_("Partner"))
    return [one.name, tongue.country(one.country), role, one.task or "–"]


def _facts(whole: Whole, tongue: Tongue) -> list[Sequence[str]]:
    one = whole.application
    begins = formats.day(one.starts_on, tongue.locale) if one.starts_on else "–"
    return [
        (tongue.say(N_("Number")), one.no),
        (tongue.say(N_("First day")), begins),
        (tongue.say(N_("Length")), tongue.say(N_("{n} months"), n=one.months)),
        (tongue.say(N_("Total cost")), _money(whole.total.cost, one.currency, tongue)),
        (tongue.say(N_("Asked for")), _money(whole.total.requested, one.currency, tongue)),
    ]


def _money(minor: int, currency: str, tongue: Tongue) -> str:
    return tongue.exact(minor, currency)


def _budget_rows(whole: Whole, tongue: Tongue) -> list[list[str]]:
    def row(name: str, rate: str, sums: Ask | Total) -> list[str]:
        cost, asked, own = (
            _money(minor, whole.application.currency, tongue)
            for minor in (sums.cost, sums.requested, sums.co_finance)
        )
        return [name, cost, rate, asked, own]

    rows = [row(each.partner.name, tongue.rate(each.budget.rate), each.ask) for each in whole.sheets]
    return [*rows, row(tongue.say(N_("Together")), "", whole.total)]


def _sheet(sheet: Sheet, currency: str, tongue: Tongue) -> dict[str, Any]:
    lines = [_line(line, currency, tongue) for line in sheet.lines]
    nothing = "" if lines else tongue.say(N_("Takes part without costs of its own."))
    return {"name": sheet.partner.name, "rows": lines, "says": sheet.budget.note or nothing}


def _line(line: BudgetLine, currency: str, tongue: Tongue) -> list[str]:
    category = tongue.say(CATEGORY_NAMES[CostCategory(line.category)])
    return [line.what, category, str(line.year), _money(line.cost_minor, currency, tongue)]


def _signature(one: SignOff, tongue: Tongue) -> list[str]:
    if one.signature is None or not one.valid:
        return [one.partner.name, tongue.say(N_("not signed")), "–"]
    return [
        one.partner.name,
        one.signature.signed_by,
        formats.short_moment(one.signature.signed_at, tongue.locale),
    ]
