"""Hours are typed in plain words, kept as rules of RFC 5545, and shown again as they were typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.domain.errors import HoursUnreadable
from intake_app.domain.provider import Schedule
from intake_app.domain.typed_hours import CODES, read_hours, show_hours

WEEKLY = "FREQ=WEEKLY;BYDAY="
WEEKDAYS = f"{WEEKLY}MO,TU,WE,TH,FR"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Mon-Fri 8:00-17:00", [(WEEKDAYS, "08:00", "17:00")]),
        ("Monday to Friday 8am-5pm", [(WEEKDAYS, "08:00", "17:00")]),
        ("Mon, Wed 9-12", [(f"{WEEKLY}MO,WE", "09:00", "12:00")]),
        ("Mon and Wed 9-11 am", [(f"{WEEKLY}MO,WE", "09:00", "11:00")]),
        ("Sat 9-1pm", [(f"{WEEKLY}SA", "09:00", "13:00")]),
        ("Tue 12-5pm", [(f"{WEEKLY}TU", "12:00", "17:00")]),
        ("Fri-Mon 20:00-6:00", [(f"{WEEKLY}MO,FR,SA,SU", "20:00", "06:00")]),
        ("24/7", [(WEEKLY + ",".join(CODES), "00:00", "00:00")]),
        ("Sun all day", [(f"{WEEKLY}SU", "00:00", "00:00")]),
        ("daily 7:30-24:00", [(WEEKLY + ",".join(CODES), "07:30", "00:00")]),
        ("lun-vie 8:00 a 17:00", [(WEEKDAYS, "08:00", "17:00")]),
        ("mié, sáb 9:00-12:00", [(f"{WEEKLY}WE,SA", "09:00", "12:00")]),
        (
            "Mon 8-12, 13-17",
            [(f"{WEEKLY}MO", "08:00", "12:00"), (f"{WEEKLY}MO", "13:00", "17:00")],
        ),
        (
            "Mon-Fri 8:00-17:00; Sat 9:00-12:00",
            [(WEEKDAYS, "08:00", "17:00"), (f"{WEEKLY}SA", "09:00", "12:00")],
        ),
        ("", []),
    ],
)
def test_what_people_type_is_kept_as_a_rule(typed: str, kept: list[tuple[str, str, str]]) -> None:
    assert [(s.rule, s.opens, s.closes) for s in read_hours(typed)] == kept


@pytest.mark.parametrize(
    "typed",
    ["whenever", "Mon", "Mon 8:00", "Mon 25-26", "Blursday 8-5", "8-99", "Mon 13pm-14pm",
     "Mon 8-5 ask for Sam"],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(HoursUnreadable):
        read_hours(typed)
    assert "Mon-Fri 8:00-17:00" in HoursUnreadable.sentence()


TIMES = st.times().map(lambda at: f"{at:%H:%M}")
DAYS = st.sets(st.sampled_from(range(7)), min_size=1).map(
    lambda days: WEEKLY + ",".join(CODES[d] for d in sorted(days))
)


@given(
    st.lists(st.builds(Schedule, rule=DAYS, opens=TIMES, closes=TIMES), max_size=4),
    st.sampled_from(["en", "es", "xh"]),
)
def test_what_is_shown_can_be_typed_again(schedules: list[Schedule], language: str) -> None:
    plain = [Schedule(s.rule, "", s.opens, s.closes) for s in schedules]
    said = show_hours(plain, language)
    assert said is not None
    assert [(s.rule, s.opens, s.closes) for s in read_hours(said)] == [
        (s.rule, "00:00", "00:00") if s.opens == s.closes else (s.rule, s.opens, s.closes)
        for s in plain
    ]


@given(st.text(max_size=40))
def test_nothing_that_is_typed_breaks_it(typed: str) -> None:
    try:
        read = read_hours(typed)
    except HoursUnreadable:
        assert typed.strip()  # nothing typed is no mistake: no hours are known
    else:
        assert all(isinstance(one, Schedule) for one in read)


def test_hours_are_shown_in_the_language_of_the_window() -> None:
    week = [Schedule(WEEKDAYS, "", "09:00", "12:00"), Schedule(f"{WEEKLY}SA", "", "00:00", "00:00")]
    assert show_hours(week) == "Mon-Fri 09:00-12:00; Sat all day"
    assert show_hours(week, "es") == "lun-vie 09:00-12:00; sáb todo el día"


def test_a_rule_that_no_line_can_say_stays_as_it_is() -> None:
    assert show_hours([Schedule("FREQ=MONTHLY;BYDAY=1TU", "", "09:00", "12:00")]) is None
    assert show_hours([Schedule(WEEKDAYS, "", "09:00", "12:00", valid_to="2026-12-31")]) is None
