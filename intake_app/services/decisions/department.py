"""What the department decided about itself: changed field by field, within what is allowed."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any, cast

from intake_app.domain.change import Value
from intake_app.domain.decision_errors import BadSetting
from intake_app.domain.ids import RecordId
from intake_app.domain.roles import May
from intake_app.services.decisions.keeping import CHANGE, DEPARTMENT, Made, keep
from intake_app.services.desk import Desk
from intake_app.services.records.writing import write
from intake_app.services.signing.setting_up import AGENCY, THE_AGENCY, frozen, read_agency
from intake_app.settings.agency import Agency
from intake_app.settings.bounds import out_of_bounds


def change_agency(desk: Desk, agency: Agency, seen: Agency | None = None, why: str = "") -> None:
    """Change what the department decided; each decision is a field of its own in the log.

    Args:
        desk: Whose.
        agency: What is to hold.
        seen: What was on the screen: what a colleague changed since stays. None: as it is now.
        why: Why, in words; may be empty.

    Raises:
        NotAllowed: Not in one's roles.
        BadSetting: It is outside of what is allowed.
    """
    desk.require(May.CHANGE_SETTINGS)
    now = read_agency(desk.station)
    was, before = asdict(seen or now), asdict(now)
    changed = {k: v for k, v in asdict(agency).items() if was[k] != v and before[k] != v}
    if changed:
        set_fields(desk, changed, Made(DEPARTMENT, why=why))


def set_fields(
    desk: Desk, changed: Mapping[str, Value], made: Made, what: str = CHANGE
) -> RecordId:
    """Write settings of a department whose author was asked for the role, with the decision.

    Raises:
        BadSetting: One of them is outside of what is allowed.
    """
    station = desk.station
    now = read_agency(station)
    refuse_out_of_bounds(now, changed)
    before = asdict(now)
    fields = {name: (_plain(before[name]), _plain(value)) for name, value in changed.items()}
    change = write(station, desk.person.id, AGENCY, THE_AGENCY, changed)
    return keep(desk, replace(made, fields=fields), [change], what)


def refuse_out_of_bounds(now: Agency, changed: Mapping[str, Value]) -> None:
    """Refuse what may not be; what was wrong before does not stop other changes.

    Raises:
        BadSetting: With the names of the settings.
    """
    known: dict[str, Any] = asdict(now)
    wanted: dict[str, Any] = {name: frozen(value) for name, value in changed.items()}
    found = set(out_of_bounds(Agency(**{**known, **wanted})))
    wrong = (found - set(out_of_bounds(now))) | (found & changed.keys())
    if wrong:
        raise BadSetting(", ".join(sorted(wrong)))


def _plain(value: Value) -> Value:
    return list(cast("tuple[Value, ...]", value)) if isinstance(value, tuple) else value
