"""Opening hours: rules of RFC 5545 on the wall clock, said in plain words."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake_app.domain.provider import Schedule
from intake_app.services.providers.opening_hours import Opening, hours_words, opening, opening_words

WEEKDAYS = Schedule("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", opens="08:00", closes="17:00")
NIGHTS = Schedule("FREQ=DAILY", opens="19:00", closes="07:00")
MONDAY = datetime(2026, 11, 23)  # noqa: DTZ001 (the wall clock has no zone)


def at(days: int = 0, hour: int = 0, minute: int = 0) -> datetime:
    return MONDAY + timedelta(days=days, hours=hour, minutes=minute)


def said(moment: datetime, *schedules: Schedule, language: str = "en", is_now: bool = True) -> str:
    found = opening(schedules, moment)
    return opening_words(found, moment, is_now=is_now).said_in(language)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (at(0, 7, 59), "opens today 8:00 AM"),
        (at(0, 8), "open now, until 5:00 PM"),
        (at(0, 16, 59), "open now, until 5:00 PM"),
        (at(0, 17), "opens Tue 8:00 AM"),
        (at(4, 18), "opens Mon 8:00 AM"),
        (at(6, 23), "opens Mon 8:00 AM"),
    ],
)
def test_office_hours_from_minute_to_minute(moment: datetime, words: str) -> None:
    assert said(moment, WEEKDAYS) == words


def test_the_same_in_spanish() -> None:
    assert said(at(0, 7), WEEKDAYS, language="es") == "abre hoy 8:00 a. m."
    assert said(at(4, 18), WEEKDAYS, language="es") == "abre lun 8:00 a. m."
    assert said(at(0, 9), WEEKDAYS, language="es") == "abierto ahora, hasta las 5:00 p. m."
    assert said(at(0, 9), language="es") == "horario no conocido: llame antes"


def test_a_night_service_is_open_after_midnight() -> None:
    assert said(at(0, 3), NIGHTS) == "open now, until 7:00 AM"
    assert said(at(0, 12), NIGHTS) == "opens today 7:00 PM"
    assert said(at(0, 23), NIGHTS, is_now=False) == "open then, until 7:00 AM"


def test_day_and_night_every_day_never_closes() -> None:
    always = Schedule("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU", opens="00:00", closes="00:00")
    assert said(at(0, 3), always) == "open day and night"
    assert said(at(0, 3), Schedule("FREQ=DAILY")) == "open day and night"


def test_hours_that_touch_are_one_stretch() -> None:
    later = Schedule("FREQ=WEEKLY;BYDAY=MO", opens="17:00", closes="20:00")
    assert said(at(0, 9), WEEKDAYS, later) == "open now, until 8:00 PM"


def test_every_second_thursday_counts_from_its_first_day() -> None:
    clinic = Schedule("FREQ=WEEKLY;BYDAY=TH;INTERVAL=2", "2026-01-08", "13:00", "18:00")
    assert said(at(3, 14), clinic) == "open now, until 6:00 PM"
    assert said(at(3, 19), clinic) == "opens Thu 12/10 1:00 PM"
    assert said(at(3, 19), clinic, language="es") == "abre jue 10 dic 1:00 p. m."


def test_the_first_tuesday_of_the_month() -> None:
    testing = Schedule("FREQ=MONTHLY;BYDAY=1TU", opens="13:00", closes="17:00")
    assert said(at(), testing) == "opens Tue 12/1 1:00 PM"


def test_hours_do_not_hold_before_or_after_their_dates() -> None:
    winter = Schedule("FREQ=DAILY", "", "08:00", "09:00", "2026-12-01", "2026-12-02")
    assert said(at(), winter) == "opens Tue 12/1 8:00 AM"
    assert said(datetime(2026, 12, 2, 10), winter) == "closed"  # noqa: DTZ001
    starting = Schedule("FREQ=DAILY", "2026-11-25", "08:00", "09:00")
    assert said(at(), starting) == "opens Wed 8:00 AM"
    assert said(at(), Schedule("FREQ=DAILY;COUNT=2", "2026-01-01"), language="es") == "cerrado"


def test_the_zone_of_the_moment_is_left_off() -> None:
    moment = at(0, 9).replace(tzinfo=UTC)
    assert said(moment, WEEKDAYS) == "open now, until 5:00 PM"
    assert said(at(0, 7).replace(tzinfo=UTC), WEEKDAYS) == "opens today 8:00 AM"


@pytest.mark.parametrize(
    "odd",
    [
        Schedule(words="By appointment"),
        Schedule("FREQ=NEVER"),
        Schedule("FREQ=DAILY", opens="noon", closes="13:00"),
        Schedule("FREQ=DAILY", valid_from="soon"),
    ],
)
def test_hours_that_cannot_be_followed_are_unknown_and_not_closed(odd: Schedule) -> None:
    assert opening([odd], at()) == Opening(None)


@pytest.mark.parametrize(
    ("schedule", "english", "spanish"),
    [
        (WEEKDAYS, "Mon to Fri 8:00 AM to 5:00 PM", "lun a vie 8:00 a. m. a 5:00 p. m."),
        (Schedule("FREQ=DAILY"), "Mon to Sun all day", "lun a dom todo el día"),
        (
            Schedule("FREQ=WEEKLY;BYDAY=TU,TH", opens="12:00", closes="00:00"),
            "Tue, Thu 12:00 PM to 12:00 AM",
            "mar, jue 12:00 p. m. a 12:00 a. m.",
        ),
        (
            Schedule("FREQ=MONTHLY;BYDAY=1TU", opens="13:00", closes="17:00", words="First Tue"),
            "First Tue",
            "First Tue",
        ),
        (Schedule(), "", ""),
    ],
)
def test_the_week_in_plain_words(schedule: Schedule, english: str, spanish: str) -> None:
    words = hours_words([schedule])
    assert (words.said_in("en"), words.by_language["es"]) == (english, spanish)


CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def is_open_by_hand(days: set[int], opens: int, closes: int, moment: datetime) -> bool:
    """What a person would work out with a calendar: minutes of the day, today's or yesterday's."""
    now = moment.hour * 60 + moment.minute
    today, yesterday = moment.weekday() in days, (moment.weekday() - 1) % 7 in days
    if closes > opens:
        return today and opens <= now < closes
    return (today and now >= opens) or (yesterday and now < closes)


def blind_to_yesterday(days: set[int], opens: int, closes: int, moment: datetime) -> bool:
    """The usual mistake; the same check must notice it."""
    now = moment.hour * 60 + moment.minute
    return moment.weekday() in days and opens <= now < (closes if closes > opens else 24 * 60)


minutes = st.integers(0, 24 * 60 - 1)
weeks = st.sets(st.integers(0, 6), min_size=1)


def schedule_of(days: set[int], opens: int, closes: int) -> Schedule:
    names = ",".join(CODES[day] for day in sorted(days))
    return Schedule(
        f"FREQ=WEEKLY;BYDAY={names}",
        opens=f"{opens // 60:02d}:{opens % 60:02d}",
        closes=f"{closes // 60:02d}:{closes % 60:02d}",
    )


@settings(deadline=None)
@given(weeks, minutes, minutes, st.integers(0, 14 * 24 * 60))
def test_open_is_what_a_person_works_out(days: set[int], opens: int, closes: int, m: int) -> None:
    moment = MONDAY + timedelta(minutes=m)
    found = opening([schedule_of(days, opens, closes)], moment)
    assert found.is_open == is_open_by_hand(days, opens, closes, moment)


def test_the_check_by_hand_notices_a_wrong_answer_after_midnight() -> None:
    moment = at(1, 3)
    found = opening([schedule_of({0}, 20 * 60, 6 * 60)], moment)
    assert found.is_open
    assert not blind_to_yesterday({0}, 20 * 60, 6 * 60, moment)
