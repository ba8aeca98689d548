"""The questions of a provider's entry, filled from it, and read back as its fields.

Lists are typed with commas, opening hours in plain words; what was not touched goes back as it
was, so that an odd rule from a file ("every second Tuesday") outlives an edit of the phone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, cast

from intake_app.domain.change import Value
from intake_app.domain.entry import read_date, show_date
from intake_app.domain.form import NO, YES, Answers, Choice, Field, FieldType
from intake_app.domain.provider import (
    ACTIVE,
    CLOSED_ON_HOLIDAYS,
    FLAGS,
    OPEN_ON_HOLIDAYS,
    Provider,
    Schedule,
    minutes_field,
)
from intake_app.domain.typed_hours import NAMES, read_hours, show_hours
from intake_app.ui.form.questions import Questions
from intake_app.words import mark

FLAG_WORDS: Final[Mapping[str, str]] = {
    "accepts_medicaid": mark("Takes Medicaid"),
    "moud": mark("Medicine for opioid use"),
    "admits_24_7": mark("Admits day and night"),
    "for_women": mark("For women"),
    "for_pregnant": mark("Takes pregnant people"),
    "with_children": mark("Takes children along"),
    "detox_capable": mark("Can do detox"),
    "transport_provided": mark("Picks people up"),
    "part2_program": mark("Keeps records under 42 CFR Part 2"),
}
CHANNEL_WORDS: Final[Mapping[str, str]] = {
    "fax": mark("Fax"), "phone": mark("Phone"), "mail": mark("Letter"), "email": mark("E-mail"),
}  # fmt: skip
STATUS_WORDS: Final[Mapping[str, str]] = {
    "active": mark("Takes people"), "inactive": mark("Takes nobody now"),
    "defunct": mark("Gone for good"), "temporarily closed": mark("Closed for a while"),
}  # fmt: skip
_HOLIDAYS: Final[Mapping[str, str]] = {
    OPEN_ON_HOLIDAYS: mark("Open as on other days"), CLOSED_ON_HOLIDAYS: mark("Closed"),
}  # fmt: skip
PHONE_KINDS: Final[Mapping[str, str]] = {
    "voice": mark("Someone answers"), "fax": mark("Fax"), "text": mark("Text messages"),
    "tty": mark("TTY"),
}  # fmt: skip
"""Kinds of telephone, as HSDS has them."""

_TEXTS: Final = (
    "name", "organization", "address", "city", "email", "url", "eligibility", "application", "fees",
    "wait_time", "interpretation", "accessibility", "alert", "description", "closed_loop_contact",
    "mou_id", "mou_expires", "note",
)  # fmt: skip
_COMMAS: Final = ("documents",)
CHECKED: Final = "checked"
"""The question whether somebody asked the provider today."""


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists to choose from.

    Attributes:
        services: Service types.
        insurances: Kinds of insurance.
        languages: Languages.
        station: Letter of this station: minutes by car are its own.
    """

    services: Sequence[Choice]
    insurances: Sequence[Choice]
    languages: Sequence[Choice]
    station: str


def questions(q: Questions, lists: Lists) -> list[tuple[str, list[Field]]]:
    """The questions, in groups with a heading each."""
    text = q.words.text

    def line(name: str, label: str) -> Field:
        return q.note(label, name=name)

    def some(name: str, label: str, choices: Sequence[Choice]) -> Field:
        return Field(name, FieldType.CHOICES, q.text(label), choices=tuple(choices))

    def one(name: str, label: str, said: Mapping[str, str]) -> Field:
        choices = [Choice(code, q.text(text(words))) for code, words in said.items()]
        return q.choice(name, label, choices, is_required=False)

    named = q.note(text("Name of the service"), is_required=True, name="name")
    phone = (
        Field("number", FieldType.TEXT, q.text(text("Number")), is_required=True),
        one("kind", text("What it is"), PHONE_KINDS),
        line("note", text("Whom to ask for")),
    )
    who = [
        named, line("organization", text("Who gives it")),
        some("types", text("What they do"), lists.services),
        one("status", text("Do they take people now?"), STATUS_WORDS),
        line("description", text("About")), line("alert", text("Please note")),
    ]  # fmt: skip
    where = [
        line("address", text("Address")), line("city", text("City or town")),
        q.number(minutes_field(lists.station), text("Minutes by car from this station")),
        Field("phones", FieldType.ROWS, q.text(text("Phones")), columns=phone),
        line("email", text("E-mail")), line("url", text("Web page")),
        one("channel", text("How they want to be reached"), CHANNEL_WORDS),
        line("closed_loop_contact", text("Who tells us what came of it")),
    ]  # fmt: skip
    when = [
        line("schedules", text("Hours, for example Mon-Fri 8:00-17:00; Sat 9:00-12:00")),
        one("holidays", text("On holidays"), _HOLIDAYS),
        line("closed_days", text("Closed on these days, with a semicolon between them")),
        line("wait_time", text("Waiting time")),
    ]
    takes = [
        some("insurance", text("Insurance they take"), lists.insurances),
        *(Field(flag, FieldType.YES_NO, q.text(text(said))) for flag, said in FLAG_WORDS.items()),
        q.number("min_age", text("From what age")), q.number("max_age", text("Up to what age")),
        some("languages", text("Languages"), lists.languages),
        line("interpretation", text("Interpreters")), line("accessibility", text("Access")),
        line("eligibility", text("Who they take")), line("application", text("How to apply")),
        line("documents", text("What to bring, with commas between")), line("fees", text("Cost")),
    ]  # fmt: skip
    between = [
        line("mou_id", text("Agreement with us (MOU): its number")),
        q.day(text("Agreement ends on"), name="mou_expires"),
        line("note", text("Our note")),
        Field(CHECKED, FieldType.YES_NO, q.text(text("Did you ask them today?"))),
    ]
    return [
        (text("The service"), who), (text("Where, and how to reach it"), where),
        (text("When"), when), (text("Whom it takes"), takes),
        (text("Between them and us"), between),
    ]  # fmt: skip


def filled(one: Provider, lists: Lists, language: str) -> Answers:
    """An entry as the answers that would make it."""
    answers: Answers = {name: one.text(name) or None for name in (*_TEXTS, "channel", "holidays")}
    answers["status"] = one.text("status") or (ACTIVE if one.record else None)
    answers |= {name: ", ".join(one.texts(name)) or None for name in _COMMAS}
    answers |= {n: list(one.texts(n)) or None for n in ("types", "insurance", "languages")}
    answers |= {flag: one.text(flag) or None for flag in FLAGS}
    minutes = minutes_field(lists.station)
    for name in ("min_age", "max_age", minutes):
        number = one.said_minutes(lists.station) if name == minutes else one.number(name)
        answers[name] = None if number is None else {"amount": number, "unit": ""}
    answers["phones"] = [
        {"number": p.number, "kind": p.kind, "note": p.note or None} for p in one.phones
    ] or None
    answers["schedules"] = _hours(one.schedules, language) or None
    days = (show_date(day, language) for day in one.texts("closed_days"))
    answers["closed_days"] = "; ".join(days) or None
    return answers


def fields_of(said: Answers, one: Provider, lists: Lists, today: date) -> dict[str, Value]:
    """What was answered, as fields of the entry.

    Raises:
        HoursUnreadable: The hours cannot be read.
        Unreadable: A closed day cannot be read.
    """
    fields: dict[str, Value] = {
        name: str(said.get(name) or "") for name in (*_TEXTS, "status", "channel", "holidays")
    }
    fields |= {name: _parts(str(said.get(name) or ""), ",") for name in _COMMAS}
    fields |= {n: list(said.get(n) or []) for n in ("types", "insurance", "languages")}
    fields |= {flag: _yes_no(said.get(flag)) for flag in FLAGS}
    for name in ("min_age", "max_age", minutes_field(lists.station)):
        amount = cast("dict[str, float]", said.get(name) or {}).get("amount")
        fields[name] = amount
    fields["phones"] = [_phone(row) for row in said.get("phones") or []]
    fields["schedules"] = _schedules(str(said.get("schedules") or ""), one)
    days = _parts(str(said.get("closed_days") or ""), ";")
    fields["closed_days"] = [read_date(day, today) for day in days]
    return fields


def _hours(schedules: Sequence[Schedule], language: str) -> str:
    typed = show_hours(schedules, language)
    return typed if typed is not None else "; ".join(one.words or one.rule for one in schedules)


def _schedules(typed: str, one: Provider) -> list[dict[str, str]]:
    """The rules; untouched words leave those of the entry as they are."""
    if any(typed == _hours(one.schedules, language) for language in NAMES):
        return cast("list[dict[str, str]]", one.values.get("schedules") or [])
    found = ((s.rule, s.opens, s.closes) for s in read_hours(typed))
    return [{"rule": rule, "opens": opens, "closes": closes} for rule, opens, closes in found]


def _phone(row: Mapping[str, Value]) -> dict[str, str]:
    said = {name: str(row.get(name) or "") for name in ("number", "kind", "note")}
    return {**said, "kind": said["kind"] or "voice"}


def _yes_no(said: Value) -> str:
    return str(said) if said in {YES, NO} else ""


def _parts(typed: str, between: str) -> list[str]:
    return [part.strip() for part in typed.split(between) if part.strip()]
