"""Earlier cases of one person: a plain question to `cases`, and only a count for an answer."""

from datetime import date
from typing import TYPE_CHECKING, cast
from unicodedata import normalize

from intake_app.domain import facts
from intake_app.domain.record import Record
from intake_app.domain.roles import May
from intake_app.services.desk import Desk
from intake_app.services.intakes.intakes import INTAKE

if TYPE_CHECKING:
    from collections.abc import Mapping

_MOST = 500


def earlier_cases(desk: Desk, last: str, first: str, born: str, since: str = "") -> int:
    """How many cases here have exactly this name (or it as an alias) and this birth date.

    Asked from the check page, or with an open officer intervention; the log says that somebody
    asked, not about whom. Care is never asked.

    Args:
        desk: Whose.
        last: Last name.
        first: First name.
        born: Birth date, YYYY-MM-DD.
        since: Only cases opened since this day; empty: all.

    Returns:
        The count; 0 as well where a name or the birth date is missing.

    Raises:
        NotAllowed: Not in this person's roles.
        NoGrant: This person does not hold the key.
    """
    desk.require(May.CHECK_ELIGIBILITY)
    desk.require(May.FIND_CASES)
    file = desk.cases_file
    file.note(desk.act("look for earlier cases"))
    if not (_plain(last) and _plain(first) and _is_day(born)):
        return 0
    rows = file.find(f"{last} {first} {born}", INTAKE, _MOST)
    wanted = (_plain(last), _plain(first))
    records = (file.record(row.record) for row in rows if row.born == born and row.opened >= since)
    return sum(record is not None and wanted in _names(record) for record in records)


def _names(record: Record) -> set[tuple[str, str]]:
    """(last, first) as they were written, and of each alias both ways round."""
    named = cast("Mapping[str, str]", record.values.get(facts.FACTS) or {})

    def known(column: str) -> str:
        return str(record.values.get(named.get(column, "")) or "")

    found = {(_plain(known("last_name")), _plain(known(column)))
             for column in ("first_name", "preferred_name")}  # fmt: skip
    for alias in known("aliases").replace(";", ",").split(","):
        words = _plain(alias).split()
        for at in range(1, len(words)):
            one, other = " ".join(words[:at]), " ".join(words[at:])
            found |= {(one, other), (other, one)}
    return found


def _plain(name: str) -> str:
    return " ".join(normalize("NFKC", name).casefold().split())


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
