"""Statements: who says what, signed. Closed schemas, one text form, one signature form."""

from crosslab.ip_vault.statements.statement import (
    Place,
    Statement,
    attachments,
    blobs,
    compose,
    parse,
    read_text,
    sign,
)
from crosslab.ip_vault.statements.types import HIDDEN, TYPES, Chain, Cosigner, For, Kind

__all__ = [
    "HIDDEN",
    "TYPES",
    "Chain",
    "Cosigner",
    "For",
    "Kind",
    "Place",
    "Statement",
    "attachments",
    "blobs",
    "compose",
    "parse",
    "read_text",
    "sign",
]
