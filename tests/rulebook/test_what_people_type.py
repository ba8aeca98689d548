"""Dates, times, telephone numbers, money and amounts as people write them."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake_app.domain import entry
from intake_app.domain.entry import Unreadable
from intake_app.domain.errors import BadEntry
from intake_app.domain.text import Text

TODAY = date(2026, 11, 23)
UNIT_WORDS = {"doses": Text({"en": "doses", "es": "dosis"})}
NOW = datetime(2026, 11, 23, 14, 40, 31, tzinfo=timezone(timedelta(hours=-5)))


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("4/17/1991", "1991-04-17"),
        ("4-17-91", "1991-04-17"),
        ("04.17.1991", "1991-04-17"),
        ("4 17 1991", "1991-04-17"),
        ("04171991", "1991-04-17"),
        ("041791", "1991-04-17"),
        ("1991-04-17", "1991-04-17"),
        ("1991/4/17", "1991-04-17"),
        ("April 17 1991", "1991-04-17"),
        ("Apr. 17th, 1991", "1991-04-17"),
        ("17 abr 1991", "1991-04-17"),
        ("17 de abril de 1991", "1991-04-17"),
        ("MIÉRCOLES, 17 de abril de 91", "1991-04-17"),
        ("mar 3 2026", "2026-03-03"),
        ("sept 5 26", "2026-09-05"),
        ("3/4/2026", "2026-03-04"),  # month first, whatever the language
        ("1/2/46", "2046-01-02"),
        ("1/2/47", "1947-01-02"),
        ("today", "2026-11-23"),
        (" Hoy ", "2026-11-23"),
        ("yesterday", "2026-11-22"),
        ("ayer", "2026-11-22"),
        ("mañana", "2026-11-24"),
        ("Tuesday, November 24, 2026", "2026-11-24"),
        ("martes, 24 de noviembre de 2026", "2026-11-24"),
    ],
)
def test_dates_are_read_as_people_write_them(typed: str, read: str) -> None:
    assert entry.read_date(typed, TODAY) == read


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", entry.HOW_DATE), ("soon", entry.HOW_DATE), ("4/17/191", entry.HOW_DATE),
        ("April May 1991", entry.HOW_DATE), ("April 171 1991", entry.HOW_DATE),
        ("ab 17 1991", entry.HOW_DATE), ("1/2-1991", entry.HOW_DATE),
        ("17/4/1991", entry.NO_SUCH_DAY), ("2/30/2026", entry.NO_SUCH_DAY),
        ("2026-13-01", entry.NO_SUCH_DAY), ("30 de febrero de 2026", entry.NO_SUCH_DAY),
        ("4/17", entry.YEAR_MISSING), ("April 17", entry.YEAR_MISSING),
    ],
)  # fmt: skip
def test_what_is_no_date_is_told_how_to_write_one(typed: str, told: object) -> None:
    with pytest.raises(Unreadable) as caught:
        entry.read_date(typed, TODAY)
    assert caught.value.told == told
    assert caught.value.told.said_in("es") != caught.value.told.said_in("en")
    assert typed not in str(caught.value) or not typed  # no answer in an exception's text


@pytest.mark.parametrize(
    ("typed", "read"),
    [("4/17/91", "1991-04-17"), ("1/2/26", "2026-01-02"), ("11/24/26", "1926-11-24"),
     ("11/23/26", "2026-11-23")],
)  # fmt: skip
def test_a_birth_year_of_two_digits_is_in_the_past(typed: str, read: str) -> None:
    assert entry.read_birth_date(typed, TODAY) == read


@pytest.mark.parametrize(
    ("typed", "told"),
    [("11/24/2026", entry.BORN_LATER), ("11/22/1905", entry.BORN_LONG_AGO), ("x", entry.HOW_DATE)],
)
def test_a_birth_date_in_the_future_or_too_long_ago_is_refused(typed: str, told: object) -> None:
    with pytest.raises(Unreadable) as caught:
        entry.read_birth_date(typed, TODAY)
    assert caught.value.told == told


def test_the_oldest_birth_date_that_is_taken() -> None:
    assert entry.read_birth_date("11/24/1905", TODAY) == "1905-11-24"
    assert entry.birth_date_problem("nothing", TODAY) == entry.HOW_DATE
    assert entry.birth_date_problem("1991-04-17", TODAY) is None


def test_who_was_born_on_a_leap_day_is_older_on_the_first_of_march() -> None:
    assert entry.whole_years(date(2008, 2, 29), date(2026, 2, 28)) == 17
    assert entry.whole_years(date(2008, 2, 29), date(2026, 3, 1)) == 18


@settings(deadline=None)
@given(st.dates(date(1000, 1, 1)), st.sampled_from(["en", "es"]))
def test_a_date_that_is_shown_is_read_back(day: date, language: str) -> None:
    assert entry.read_date(entry.show_date(day.isoformat(), language), TODAY) == day.isoformat()


def test_negative_control_a_day_first_reading_would_not_come_back() -> None:
    assert entry.read_date("3/4/2026", TODAY) != date(2026, 4, 3).isoformat()


def is_read_or_refused_with_words(read: Callable[[], object]) -> bool:
    try:
        read()
    except Unreadable as error:
        return bool(error.told.said_in("en"))
    return True


@settings(deadline=None)
@given(st.text(max_size=40))
def test_any_text_is_read_or_refused_with_words(typed: str) -> None:
    for read in (
        lambda: entry.read_date(typed, TODAY), lambda: entry.read_birth_date(typed, TODAY),
        lambda: entry.read_moment(typed, NOW), lambda: entry.read_phone(typed),
        lambda: entry.read_money(typed), lambda: entry.read_number(typed, ("g", "oz")),
    ):  # fmt: skip
        assert is_read_or_refused_with_words(read)
    assert isinstance(entry.show_date(typed, "es"), str)
    assert isinstance(entry.show_moment(typed, "es"), str)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("11/23/2026 2:40 PM", "2026-11-23T14:40:00-05:00"),
        ("today 2:40pm", "2026-11-23T14:40:00-05:00"),
        ("14:40", "2026-11-23T14:40:00-05:00"),
        ("2 pm", "2026-11-23T14:00:00-05:00"),
        ("12 am", "2026-11-23T00:00:00-05:00"),
        ("12:15 p.m.", "2026-11-23T12:15:00-05:00"),
        ("yesterday at 9:05 a.m.", "2026-11-22T09:05:00-05:00"),
        ("ayer a las 3:10 p. m.", "2026-11-22T15:10:00-05:00"),
        ("2026-11-23T14:40", "2026-11-23T14:40:00-05:00"),
        ("now", "2026-11-23T14:40:00-05:00"),
    ],
)
def test_moments_are_read_as_people_write_them(typed: str, read: str) -> None:
    assert entry.read_moment(typed, NOW) == read


@pytest.mark.parametrize("typed", ["", "11/23/2026", "13 pm", "25:00", "2:75", "soon 2:40", "7"])
def test_what_is_no_moment_is_refused(typed: str) -> None:
    with pytest.raises(Unreadable):
        entry.read_moment(typed, NOW)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("304-555-0142", "+13045550142"),
        ("(304) 555-0142", "+13045550142"),
        ("1 304 555 0142", "+13045550142"),
        ("+1 304.555.0142", "+13045550142"),
        ("+52 55 1234 5678", "+525512345678"),
    ],
)
def test_phones_are_read(typed: str, read: str) -> None:
    assert entry.read_phone(typed) == read


@pytest.mark.parametrize("typed", ["", "555-0142", "104-555-0142", "304-555-01422", "304-CALL-NOW"])
def test_what_is_no_phone_is_refused(typed: str) -> None:
    with pytest.raises(Unreadable):
        entry.read_phone(typed)


def test_papers_show_a_number_that_cannot_be_read_as_it_was_written() -> None:
    assert entry.show_phone_or_words("304-555-0142") == "(304) 555-0142"
    assert entry.show_phone_or_words("ask the desk") == "ask the desk"


def test_a_day_that_acts_keep_is_one() -> None:
    assert entry.require_day("2026-11-23") == date(2026, 11, 23)
    for wrong in ("", "11/23/2026", "2026-02-30"):
        with pytest.raises(BadEntry):
            entry.require_day(wrong)


@pytest.mark.parametrize(
    ("typed", "cents"),
    [("$1,250.50", 125050), ("1250", 125000), (".5", 50), ("12.5", 1250), ("0", 0), ("7.", None),
     ("1.250,50", None), ("-3", None), ("", None), ("$", None), ("1,25", None)],
)  # fmt: skip
def test_money_is_read_to_the_cent(typed: str, cents: int | None) -> None:
    if cents is None:
        with pytest.raises(Unreadable):
            entry.read_money(typed)
    else:
        assert entry.read_money(typed) == cents


def test_numbers_are_read_with_their_unit() -> None:
    assert entry.read_number("12.5 g", ("g", "oz")) == {"amount": 12.5, "unit": "g"}
    assert entry.read_number("12,5 g", ("g", "oz")) == {"amount": 12.5, "unit": "g"}
    assert entry.read_number("1,200G", ("g",)) == {"amount": 1200, "unit": "g"}
    assert entry.read_number("3", ("g",)) == {"amount": 3, "unit": "g"}
    assert entry.read_number("3") == {"amount": 3, "unit": ""}
    for typed in ("3 doses", "3 Dosis"):
        said = entry.read_number(typed, ("g", "doses"), UNIT_WORDS)
        assert said == {"amount": 3, "unit": "doses"}


@pytest.mark.parametrize(
    ("typed", "units", "words"),
    [("3", ("g", "oz"), "g, oz"), ("3 lb", ("g", "oz"), "g, oz"), ("many", (), "number"),
     ("3 g", (), "number"), ("", ("g",), "number"), ("3 dosis", ("g", "oz"), "g, oz")],
)  # fmt: skip
def test_a_missing_or_unknown_unit_is_told(typed: str, units: tuple[str, ...], words: str) -> None:
    with pytest.raises(Unreadable) as caught:
        entry.read_number(typed, units, UNIT_WORDS)
    assert words in caught.value.told.said_in("en")


def test_answers_are_shown_as_people_read_them() -> None:
    assert entry.show_date("2026-11-24", "en") == "Tuesday, November 24, 2026"
    assert entry.show_date("2026-11-24", "es") == "martes, 24 de noviembre de 2026"
    at = datetime(2026, 11, 24, 14, 5, tzinfo=UTC).isoformat()
    assert entry.show_moment(at, "en") == "Tuesday, November 24, 2026, 2:05 PM"
    assert entry.show_moment(at, "es") == "martes, 24 de noviembre de 2026, 2:05 p. m."
    assert entry.show_moment("2026-11-24T00:30", "en").endswith("12:30 AM")
    assert entry.show_date("2026-11-24", "fr") == "Tuesday, November 24, 2026"
    assert entry.show_phone("+13045550142") == "(304) 555-0142"
    assert entry.show_phone("+525512345678") == "+525512345678"
    assert entry.show_money(125050) == "$1,250.50"
    assert entry.show_number(12.5, "g") == "12.5 g"
    assert entry.show_number(1200, "") == "1,200"
