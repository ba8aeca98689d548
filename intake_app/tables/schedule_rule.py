"""Opening hours as HSDS writes them, made into a rule of RFC 5545 that can be trusted.

Only what is checked here goes into the rule, so that no file can make one that never ends. HSDS
times may carry an offset; it is left off, since people write the hours of the wall clock. Week
numbers and days of the year are rare and kept as words.
"""

import re
from datetime import date
from typing import Final

from intake_app.domain.change import Value
from intake_app.domain.provider_file import Reason
from intake_app.tables.rows import Findings, Row

DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

_TIME: Final = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?")
_DAY: Final = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)[A-Z]{0,7}")
_EARLIEST: Final = date(1970, 1, 1)
_FREQUENCIES: Final = ("DAILY", "WEEKLY", "MONTHLY")
_MIDNIGHT: Final = 24 * 60


class _NotUnderstood(ValueError):
    """The rule is not one that this program follows."""


def schedule_of(row: Row, findings: Findings) -> dict[str, Value]:
    """A row of the HSDS table "schedule" as it is kept; empty where it says nothing.

    Args:
        row: The row.
        findings: Where hours that are not understood are named; their words are kept.
    """
    said = {name: findings.text(row, name) or "" for name in ("description", "notes")}
    words = " ".join(text for text in said.values() if text)
    kept: dict[str, Value] = {"words": words} if words else {}
    try:
        kept.update(_rule(row, findings))
    except _NotUnderstood:
        findings.leave_out(row.where, Reason.BAD_SCHEDULE)
    return {name: value for name, value in kept.items() if value}


def _rule(row: Row, findings: Findings) -> dict[str, Value]:
    cells = {n: (findings.text(row, n) or "").strip() for n in _CELLS}
    if not any(cells[n] for n in ("freq", "byday", "bymonthday", "opens_at", "closes_at")):
        return {}
    if cells["byweekno"] or cells["byyearday"]:
        raise _NotUnderstood
    starts = _day(cells["dtstart"])
    parts = _frequency(cells, starts) + _repeats(cells, starts)
    opens, closes = clock_time(cells["opens_at"]), clock_time(cells["closes_at"])
    if bool(opens) != bool(closes):
        raise _NotUnderstood
    ends = [day.isoformat() for n in ("valid_to", "until") if (day := _day(cells[n]))]
    return {
        "rule": ";".join(parts),
        "starts": starts.isoformat() if starts else "",
        "opens": opens,
        "closes": closes,
        "valid_from": day.isoformat() if (day := _day(cells["valid_from"])) else "",
        "valid_to": min(ends, default=""),
    }


_CELLS: Final = (
    "freq", "byday", "bymonthday", "byweekno", "byyearday", "interval", "count", "dtstart",
    "until", "valid_from", "valid_to", "wkst", "opens_at", "closes_at",
)  # fmt: skip


def _frequency(cells: dict[str, str], starts: date | None) -> list[str]:
    often = cells["freq"].upper() or ("WEEKLY" if cells["byday"] else "")
    if often not in _FREQUENCIES:
        raise _NotUnderstood
    by_day = [_weekday(part, often) for part in _parts(cells["byday"].upper())]
    by_month = [_integer(part, -31, 31) for part in _parts(cells["bymonthday"])]
    if len({len(part) > 2 for part in by_day}) > 1:  # "MO,-1FR": dateutil takes it for "and"
        raise _NotUnderstood
    if by_month and (often != "MONTHLY" or 0 in by_month or by_day):
        raise _NotUnderstood
    if not by_day and not by_month and often != "DAILY":
        if starts is None:
            raise _NotUnderstood
        if often == "WEEKLY":
            by_day = [DAYS[starts.weekday()]]
        else:
            by_month = [starts.day]
    parts = [f"FREQ={often}"]
    parts += [f"BYDAY={','.join(by_day)}"] if by_day else []
    parts += [f"BYMONTHDAY={','.join(map(str, by_month))}"] if by_month else []
    return parts


def _repeats(cells: dict[str, str], starts: date | None) -> list[str]:
    parts: list[str] = []
    if cells["interval"] and (interval := _integer(cells["interval"], 1, 52)) > 1:
        parts.append(f"INTERVAL={interval}")
        parts += [f"WKST={cells['wkst'].upper()[:2]}"] if cells["wkst"] else []
    if cells["count"]:
        parts.append(f"COUNT={_integer(cells['count'], 1, 10_000)}")
    if parts and (starts is None or ("WKST" in parts[-1] and parts[-1][5:] not in DAYS)):
        raise _NotUnderstood
    return parts


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(",") if part.strip()]


def _weekday(part: str, often: str) -> str:
    found = _DAY.fullmatch(part)
    if found is None or (found[1] and (often != "MONTHLY" or int(found[1]) not in _NTH)):
        raise _NotUnderstood
    return f"{int(found[1]) if found[1] else ''}{found[2]}"


_NTH: Final = (-5, -4, -3, -2, -1, 1, 2, 3, 4, 5)


def _integer(cell: str, low: int, high: int) -> int:
    if not re.fullmatch(r"[+-]?\d{1,5}(\.0)?", cell) or not low <= (n := int(float(cell))) <= high:
        raise _NotUnderstood
    return n


def _day(cell: str) -> date | None:
    if not cell:
        return None
    try:
        day = date.fromisoformat(cell[:10])
    except ValueError as error:
        raise _NotUnderstood from error
    if day < _EARLIEST:
        raise _NotUnderstood
    return day


def clock_time(cell: str) -> str:
    """A time of day in one form: "8:00", "08:00:00" and "08:00-05:00" become "08:00".

    Args:
        cell: As the file has it; the end of the day (24:00) becomes "00:00".
    """
    if not cell:
        return ""
    found = _TIME.fullmatch(cell)
    minutes = int(found[1]) * 60 + int(found[2]) if found else _MIDNIGHT + 1
    if found is None or minutes > _MIDNIGHT or int(found[2]) > 59:
        raise _NotUnderstood
    if minutes >= _MIDNIGHT - 1:  # 23:59 is how many say midnight
        return "00:00"
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
