"""What people type: dates, times, telephone numbers, money and amounts, read and shown again.

Readers give the value that a form keeps (see `form.FieldType`) and raise `Unreadable` with a
sentence that names what to do. Numbers in a date are always read month first, as on all papers of
the United States; the day may come first only where the month is a word.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from typing import Final, TypeVar

from intake_app.domain.errors import BadEntry
from intake_app.domain.text import NOTHING, Text

_T = TypeVar("_T")

OLDEST: Final = 120
"""Years; nobody is older."""


class Unreadable(BadEntry):
    """This could not be read. Check how it is written."""

    def __init__(self, told: Text) -> None:
        super().__init__()
        self.told = told


HOW_DATE: Final = Text({
    "en": "Enter the date as month/day/year, for example 4/17/1991.",
    "es": "Escriba la fecha como mes/día/año, por ejemplo 4/17/1991.",
})  # fmt: skip
NO_SUCH_DAY: Final = Text({
    "en": "There is no such day. Check the month, the day and the year: 4/17/1991 is April 17.",
    "es": "Ese día no existe. Revise el mes, el día y el año: 4/17/1991 es el 17 de abril.",
})  # fmt: skip
YEAR_MISSING: Final = Text({
    "en": "Add the year, for example 4/17/1991.",
    "es": "Añada el año, por ejemplo 4/17/1991.",
})  # fmt: skip
BORN_LATER: Final = Text({
    "en": "This birth date is in the future. Check the year.",
    "es": "Esta fecha de nacimiento está en el futuro. Revise el año.",
})  # fmt: skip
BORN_LONG_AGO: Final = Text({
    "en": "This birth date is more than 120 years ago. Check the year.",
    "es": "Esta fecha de nacimiento es de hace más de 120 años. Revise el año.",
})  # fmt: skip
HOW_TIME: Final = Text({
    "en": "Enter the date and the time, for example 11/23/2026 2:40 PM.",
    "es": "Escriba la fecha y la hora, por ejemplo 11/23/2026 2:40 PM.",
})  # fmt: skip
HOW_PHONE: Final = Text({
    "en": "Enter ten digits with the area code, for example (304) 555-0142.",
    "es": "Escriba diez dígitos con el código de área, por ejemplo (304) 555-0142.",
})  # fmt: skip
HOW_MONEY: Final = Text({
    "en": "Enter dollars and cents, for example 1,250.50.",
    "es": "Escriba dólares y centavos, por ejemplo 1,250.50.",
})  # fmt: skip
HOW_NUMBER: Final = Text({
    "en": "Enter a number, for example 12.5.",
    "es": "Escriba un número, por ejemplo 12.5.",
})  # fmt: skip

MONTHS: Final = {
    "en": ("January", "February", "March", "April", "May", "June", "July", "August",
           "September", "October", "November", "December"),
    "es": ("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto",
           "septiembre", "octubre", "noviembre", "diciembre"),
}  # fmt: skip
WEEKDAYS: Final = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "es": ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
}
_DATE_PATTERN: Final = {"en": "{weekday}, {month} {day}, {year}",
                        "es": "{weekday}, {day} de {month} de {year}"}  # fmt: skip
_TIME_PATTERN: Final = {"en": ("{hour}:{minute:02} AM", "{hour}:{minute:02} PM"),
                        "es": ("{hour}:{minute:02} a. m.", "{hour}:{minute:02} p. m.")}  # fmt: skip
_NEAR: Final = {"today": 0, "hoy": 0, "yesterday": -1, "ayer": -1, "tomorrow": 1, "manana": 1}
_NOW: Final = frozenset({"now", "ahora"})
_FILLERS: Final = frozenset({"de", "del", "of", "the", "el", "at", "a", "las", "la"})
_NUMERIC = re.compile(r"(\d{1,2})([/.\- ])(\d{1,2})\2(\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})([/\-])(\d{1,2})\2(\d{1,2})")
_DIGITS = re.compile(r"(\d\d)(\d\d)(\d{4}|\d\d)")
_TIME = re.compile(r"(?:^|[\sT,])(\d{1,2})(?::(\d\d))?(?::\d\d)?\s*([ap]\.?\s?m\.?)?$", re.I)
_MONEY = re.compile(r"\$?\s*(\d{1,3}(?:,\d{3})+|\d{1,12})?(?:\.(\d{1,2}))?\s*\$?")
_AMOUNT = re.compile(r"(\d{1,3}(?:,\d{3})+|\d{1,15})?(\.\d{1,9}|,\d{1,2}(?!\d))?\s*(\D.*)?")
"""A comma before one or two digits is a decimal comma: nobody writes thousands that way."""


# --- dates --------------------------------------------------------------------------------


def read_date(typed: str, today: date) -> str:
    """A date as people write it, as YYYY-MM-DD; a year of two digits is near `today`.

    Raises:
        Unreadable: It is no date.
    """
    return _find_date(typed, today, is_birth=False).isoformat()


def require_day(iso: str) -> date:
    """A day that is kept as YYYY-MM-DD.

    Raises:
        BadEntry: It is none.
    """
    try:
        return date.fromisoformat(iso)
    except ValueError:
        raise BadEntry("day") from None


def read_birth_date(typed: str, today: date) -> str:
    """A birth date, as YYYY-MM-DD; a year of two digits is in the past.

    Raises:
        Unreadable: It is no date, in the future, or more than 120 years ago.
    """
    born = _find_date(typed, today, is_birth=True)
    wrong = birth_date_problem(born.isoformat(), today)
    if wrong is not None:
        raise Unreadable(wrong)
    return born.isoformat()


def birth_date_problem(born: str, today: date) -> Text | None:
    """What is wrong with a birth date (YYYY-MM-DD), if anything is."""
    try:
        day = date.fromisoformat(born)
    except ValueError:
        return HOW_DATE
    if day > today:
        return BORN_LATER
    return BORN_LONG_AGO if whole_years(day, today) > OLDEST else None


def whole_years(born: date, on: date) -> int:
    """Somebody's age on a day; who was born on February 29 is a year older on March 1."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _find_date(typed: str, today: date, *, is_birth: bool) -> date:
    plain = _fold(typed)
    if plain in _NEAR:
        return _day_from(today, _NEAR[plain])
    if found := _ISO.fullmatch(plain):
        return _day(int(found[1]), int(found[3]), int(found[4]))
    if found := _NUMERIC.fullmatch(plain):
        month, day, year = found[1], found[3], found[4]
    elif found := _DIGITS.fullmatch(plain):
        month, day, year = found[1], found[2], found[3]
    else:
        month, day, year = _words_of_date(plain)
    return _day(_full_year(year, int(month), int(day), today, is_birth), int(month), int(day))


def _words_of_date(plain: str) -> tuple[str, str, str]:
    tokens = [t for t in re.findall(r"[a-z]+|\d+", plain) if t not in _FILLERS]
    tokens = [t for t in tokens if t not in {"st", "nd", "rd", "th"} and not _is_weekday(t)]
    months = [m for t in tokens if (m := _month(t))]
    numbers = [t for t in tokens if t.isdigit()]
    strange = [t for t in tokens if not t.isdigit() and not _month(t)]
    if strange or len(months) != 1 or len(numbers) not in {1, 2}:
        raise Unreadable(YEAR_MISSING if re.fullmatch(r"\d{1,2}[/-]\d{1,2}", plain) else HOW_DATE)
    if len(numbers) == 1:
        raise Unreadable(YEAR_MISSING)
    day, year = numbers
    if len(day) not in {1, 2} or len(year) not in {2, 4}:
        raise Unreadable(HOW_DATE)
    return str(months[0]), day, year


def _month(token: str) -> int:
    """The number of a month by its name or its first three letters or more; 0 if it is none."""
    if len(token) < 3:
        return 0
    names = ((n, _fold(name)) for table in MONTHS.values() for n, name in enumerate(table, 1))
    return next((n for n, name in names if name.startswith(token)), 0)


def _is_weekday(token: str) -> bool:
    names = (_fold(name) for table in WEEKDAYS.values() for name in table)
    return len(token) > 2 and not _month(token) and any(n.startswith(token) for n in names)


def _full_year(year: str, month: int, day: int, today: date, is_birth: bool) -> int:
    if len(year) == 4:
        return int(year)
    full = today.year // 100 * 100 + int(year)
    if is_birth:
        return full - 100 if (full, month, day) > (today.year, today.month, today.day) else full
    return full - 100 if full > today.year + 20 else full


def _day_from(today: date, days: int) -> date:
    return today + timedelta(days=days)


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise Unreadable(NO_SUCH_DAY) from error


def _fold(typed: str) -> str:
    """Small letters without accents, commas and final dots, one space between words."""
    apart = unicodedata.normalize("NFKD", typed.casefold())
    bare = "".join(c for c in apart if not unicodedata.combining(c))
    return " ".join(bare.replace(",", " ").split()).strip(". ")


# --- date and time ------------------------------------------------------------------------


def read_moment(typed: str, now: datetime) -> str:
    """A date with a time, or a time today, as ISO text with the offset of `now`.

    Raises:
        Unreadable: It is no date with a time.
    """
    plain = typed.strip()
    if _fold(plain) in _NOW:
        return now.replace(second=0, microsecond=0).isoformat()
    found = _TIME.search(plain)
    if found is None or not (found[2] or found[3]):
        raise Unreadable(HOW_TIME)
    before = plain[: found.start()].strip(" ,T")
    words = [w for w in before.split() if _fold(w) not in {"at", "las", "a"}]
    day = _find_date(" ".join(words), now.date(), is_birth=False) if words else now.date()
    at = _time(int(found[1]), int(found[2] or 0), _fold(found[3] or ""))
    return datetime.combine(day, at, now.tzinfo).isoformat()


def _time(hour: int, minute: int, half: str) -> time:
    if half and not 1 <= hour <= 12:
        raise Unreadable(HOW_TIME)
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    try:
        return time(hour, minute)
    except ValueError as error:
        raise Unreadable(HOW_TIME) from error


# --- telephone, money, amounts ------------------------------------------------------------


def read_phone(typed: str) -> str:
    """A telephone number as +1 and ten digits; with "+" in front, of any country.

    Raises:
        Unreadable: It has too few or too many digits, or letters.
    """
    plain = typed.strip()
    digits = re.sub(r"[\s().\-/\u2010-\u2014]", "", plain)
    if re.fullmatch(r"\+(?!1)[1-9][0-9]{7,14}", digits):
        return digits
    if found := re.fullmatch(r"(?:\+?1)?([2-9][0-9]{2}[2-9][0-9]{6})", digits):
        return f"+1{found[1]}"
    raise Unreadable(HOW_PHONE)


def read_money(typed: str) -> int:
    """An amount of dollars, in whole cents.

    Raises:
        Unreadable: It is no amount.
    """
    found = _MONEY.fullmatch(typed.strip())
    if found is None or not (found[1] or found[2]):
        raise Unreadable(HOW_MONEY)
    return int((found[1] or "0").replace(",", "")) * 100 + int((found[2] or "").ljust(2, "0"))


def read_number(
    typed: str, units: Sequence[str] = (), unit_words: Mapping[str, Text] = MappingProxyType({})
) -> dict[str, object]:
    """A number with its unit, as {"amount": 12.5, "unit": "g"}; the only unit may be left out.

    Args:
        typed: What somebody wrote.
        units: The units to choose from.
        unit_words: What they are called, in any language; see `Field`.

    Raises:
        Unreadable: It is no number, or the unit is missing or none of `units`.
    """
    found = _AMOUNT.fullmatch(typed.strip())
    if found is None or not (found[1] or found[2]):
        raise Unreadable(HOW_NUMBER)
    typed_unit = (found[3] or "").strip()
    by_name = {unit.casefold(): unit for unit in units} | {
        said.casefold(): unit
        for unit in units
        for said in unit_words.get(unit, NOTHING).by_language.values()
    }
    unit = by_name.get(typed_unit.casefold())
    if unit is None and not typed_unit and len(units) < 2:
        unit = units[0] if units else ""
    if unit is None:
        raise Unreadable(how_unit(units, unit_words))
    amount = float((found[1] or "0").replace(",", "") + (found[2] or "").replace(",", "."))
    return {"amount": int(amount) if amount.is_integer() else amount, "unit": unit}


def how_unit(units: Sequence[str], unit_words: Mapping[str, Text] = MappingProxyType({})) -> Text:
    """What to do about a unit that is missing or unknown."""
    if not units:
        return HOW_NUMBER

    def named(language: str) -> str:
        return ", ".join(unit_words.get(one, NOTHING).said_in(language) or one for one in units)

    return Text({
        "en": f"Add the unit after the number: {named('en')}.",
        "es": f"Añada la unidad después del número: {named('es')}.",
    })  # fmt: skip


# --- shown again --------------------------------------------------------------------------


def show_date(iso: str, language: str) -> str:
    """A date with its weekday: "Tuesday, November 24, 2026". What is no date stays as it is."""
    try:
        return _shown_day(date.fromisoformat(iso), language)
    except ValueError:
        return iso


def show_moment(iso: str, language: str) -> str:
    """A date with its weekday and the time: "Tuesday, November 24, 2026, 2:40 PM"."""
    try:
        at = datetime.fromisoformat(iso)
    except ValueError:
        return iso
    pattern = _of(_TIME_PATTERN, language)[at.hour >= 12]
    clock = pattern.format(hour=(at.hour + 11) % 12 + 1, minute=at.minute)
    return f"{_shown_day(at.date(), language)}, {clock}"


def _shown_day(day: date, language: str) -> str:
    return _of(_DATE_PATTERN, language).format(
        weekday=_of(WEEKDAYS, language)[day.weekday()],
        month=_of(MONTHS, language)[day.month - 1],
        day=day.day,
        year=day.year,
    )


def _of(table: dict[str, _T], language: str) -> _T:
    return table.get(language, table["en"])


def show_phone(phone: str) -> str:
    """A number of the United States as "(304) 555-0142"; any other stays as it is."""
    found = re.fullmatch(r"\+1([0-9]{3})([0-9]{3})([0-9]{4})", phone)
    return f"({found[1]}) {found[2]}-{found[3]}" if found else phone


def show_phone_or_words(written: str) -> str:
    """A number as papers show it; one that cannot be read stays as it was written."""
    try:
        return show_phone(read_phone(written))
    except Unreadable:
        return written


def show_money(cents: int) -> str:
    """Whole cents as "$1,250.50"."""
    return f"${cents // 100:,}.{cents % 100:02}"


def show_number(amount: float, unit: str) -> str:
    """A number with its unit: "12.5 g"."""
    return f"{amount:,.10g} {unit}".strip()
