"""Pieces of SQL with the values bound to them, as SQLite and DuckDB both understand it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

Value: TypeAlias = str | int


@dataclass(frozen=True, slots=True)
class Dialect:
    """The words in which two databases differ.

    Attributes:
        days: From one day to another: takes {later} and {earlier}, gives a whole number or NULL.
    """

    days: str


SQLITE: Final = Dialect("CAST(julianday({later})-julianday({earlier}) AS INTEGER)")
DUCKDB: Final = Dialect("date_diff('day',TRY_CAST({earlier} AS DATE),TRY_CAST({later} AS DATE))")


@dataclass(frozen=True, slots=True)
class Sql:
    """A piece of SQL with its bound values, in their order."""

    text: str
    values: tuple[Value, ...] = ()

    def __add__(self, other: "Sql | str") -> "Sql":
        """Both, one after the other."""
        if isinstance(other, str):
            return Sql(self.text + other, self.values)
        return Sql(self.text + other.text, self.values + other.values)


def within(codes: Sequence[str]) -> Sql:
    """One of these."""
    return Sql(f" IN ({','.join('?' * len(codes))})", tuple(codes))


def joined(parts: Iterable[Sql], between: str) -> Sql:
    """Several pieces as one."""
    found = list(parts)
    values = tuple(value for one in found for value in one.values)
    return Sql(between.join(one.text for one in found), values)
