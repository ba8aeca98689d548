"""The facts row of a record: the few typed columns that lists, search and measures read.

It is made of the record's own values by a pure function, so that every station makes the same.
An intake says itself which of its answers is the last name: in `FACTS`.
"""

from collections.abc import Collection, Mapping
from typing import Final, NamedTuple, cast

from intake_app.domain.change import DELETED, Value
from intake_app.domain.record import Record

# Reserved fields of a record, beside the answers. The "~" cannot begin a field id of a form.
FORM: Final = "~form"  # {"id", "version", "digest"}
PATHWAY: Final = "~pathway"
NUMBER: Final = "~number"
OPENED: Final = "~opened"  # local time with offset
FACTS: Final = "~facts"  # {column: field id}
DUE: Final = "~due"  # next date owed, YYYY-MM-DD
OWED: Final = "~owed"  # [[deadline id, {language: label}, moment or day], …]
LANGUAGE: Final = "~language"
BY: Final = "~by"
IMPORTED: Final = "~imported"  # {"import", "row", "digest"}: it came from a table of past cases
ENTERED: Final = "~entered"  # when it was keyed in, where it was taken on paper; else not there
EVENT: Final = "~event"  # the event (an overdose) that an intake is of; only where there is one
STATUS: Final = "~status"
REASON: Final = "~reason"  # why an amendment was made
PERSON: Final = "~person"  # whose intake it is; without it, the intake's own id stands for them

_WORDS: Final = (
    "last_name", "first_name", "preferred_name", "aliases", "legal_name", "phone", "born",
)  # fmt: skip
_NOTHING: Final[Mapping[str, Value]] = {}
_NAMELESS_LAST: Final = "\uffff"
_OR: Final = " / "
"""Between two names that two people wrote for one person, until somebody says which one holds."""


class Facts(NamedTuple):
    """One facts row; every column is text, empty where nothing is known."""

    about: str
    number: str
    sort_name: str
    name: str
    born: str
    opened: str
    pathway: str
    program: str
    status: str
    language: str
    due: str
    by: str
    person: str

    def __repr__(self) -> str:
        """Nobody's name: this may end up in a log."""
        return f"Facts({self.pathway or '-'})"


def facts_of(record: Record) -> Facts:
    """The facts row of a record."""
    values = record.values
    named = _object(values.get(FACTS))
    said = {column: _text(values.get(_text(named[column]))) for column in named}
    last = said.get("last_name", "")
    first = said.get("first_name") or said.get("preferred_name", "")
    shown = (last, first)
    if record.rivals:  # two people wrote two names: both are shown

        def both(column: str) -> str:
            return _OR.join(all_said(record, _text(named.get(column))))

        shown = both("last_name"), both("first_name") or both("preferred_name")
    sort_name = f"{last} {first}".strip().casefold() or _NAMELESS_LAST
    name = ", ".join(filter(None, shown))
    program = _text(_object(values.get(FORM)).get("id"))
    return Facts(
        record.about, _text(values.get(NUMBER)), sort_name, name, said.get("born", ""),
        _text(values.get(OPENED)), _text(values.get(PATHWAY)), program,
        _text(values.get(STATUS)), _text(values.get(LANGUAGE)), _text(values.get(DUE)),
        _text(values.get(BY)), person_of(record),
    )  # fmt: skip


def name_of(record: Record) -> str:
    """First and last name as they are shown, where a paper asks for one: "Jordan Whitfield"."""
    named = _object(record.values.get(FACTS))
    last, first, preferred = (
        _text(record.values.get(_text(named.get(column)))) for column in _WORDS[:3]
    )
    return f"{first or preferred} {last}".strip()


def person_of(record: Record) -> str:
    """Whose intake it is: an opaque id, that of their first intake; empty for other records."""
    own = record.id if FACTS in record.values else ""  # an event is nobody's
    return _text(record.values.get(PERSON)) or own


def words_of(record: Record) -> str:
    """What a record is found by: names, birth date, phone and number; empty: not found at all."""
    if FACTS not in record.values:
        return _text(record.values.get(NUMBER))
    named = _object(record.values[FACTS])
    said = {column: all_said(record, _text(named[column])) for column in _WORDS if column in named}
    found = [word for words in said.values() for word in words]
    found += map(_as_dialed, said.get("phone", ()))
    found.append(_text(record.values.get(NUMBER)))
    return " ".join(filter(None, found))


def matter(record: Record, names: Collection[str]) -> bool:
    """Whether new values of some fields may move the facts row, or by what a record is found.

    Args:
        record: Before they are written.
        names: Of the fields.
    """
    if DELETED in record.values:
        return True  # whoever writes unseen brings it back
    asked = {_text(question) for question in _object(record.values.get(FACTS)).values()}
    return any(name.startswith("~") or name in asked for name in names)


def all_said(record: Record, question: str) -> list[str]:
    """Every answer that stands to a question, as text, what is shown first; mostly there is one."""
    if question not in record.rivals:
        return [text] if (text := _text(record.values.get(question))) else []
    rivals = record.rivals[question]
    said = (record.values.get(question), *(rivals[ident] for ident in sorted(rivals)))
    return list(dict.fromkeys(text for one in said if (text := _text(one))))


def _as_dialed(phone: str) -> str:
    """A phone as people say it: "3045550142 304 555 0142"; nothing for other countries."""
    if not (phone.startswith("+1") and len(phone) == len("+13045550142")):
        return ""
    digits = phone.removeprefix("+1")
    return f"{digits} {digits[:3]} {digits[3:6]} {digits[6:]}"


def _object(value: Value) -> Mapping[str, Value]:
    # what another station says may be anything; a list must stand all the same
    if value is None:
        return _NOTHING
    return cast("Mapping[str, Value]", value) if isinstance(value, (dict, Mapping)) else _NOTHING


def _text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return " ".join(map(_text, cast("list[Value]", value)))
    return ""
