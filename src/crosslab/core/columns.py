"""Column types with our habits in them."""

from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, Enum, Integer
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeEngine


def word(kind: type[StrEnum]) -> Enum:
    """A StrEnum stored as its word. A new state is then never a migration."""
    return Enum(
        kind,
        native_enum=False,
        create_constraint=False,
        length=40,
        values_callable=lambda members: [member.value for member in members],
    )


def json_of() -> TypeEngine[Any]:
    """JSON that PostgreSQL can search. Assign a new value; changes inside are not noticed."""
    return JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def money() -> TypeEngine[int]:
    """An amount in minor units (pence, cents, øre); the currency stands beside it."""
    return BigInteger().with_variant(Integer(), "sqlite")


def serial() -> TypeEngine[int]:
    """A number that counts up, in a column that both databases can count."""
    return BigInteger().with_variant(Integer(), "sqlite")
