"""The codes of a table that may be chosen today; what is retired can only be read."""

from intake_app.domain.errors import UnknownCode
from intake_app.domain.form import Choice
from intake_app.services.desk import Desk


def choices_of(desk: Desk, table: str) -> tuple[Choice, ...]:
    """The codes of a table, in its order, without the retired ones."""
    return tuple(one for one in desk.library.codes(table) if not one.is_retired)


def require_choice(desk: Desk, table: str, code: str) -> Choice:
    """The choice of a code that somebody chooses now.

    Raises:
        UnknownCode: It is not in the table, or retired.
    """
    for one in choices_of(desk, table):
        if one.id == code:
            return one
    raise UnknownCode(table)
