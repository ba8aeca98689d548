"""Messages in two languages; dates and times as people say them."""

import subprocess
import sys

import pytest

from intake_app.rulebook.business_days import holidays_of
from intake_app.words import Words, mark
from intake_app.words.dates import (
    day_in_words,
    moment_in_words,
    month_in_words,
    short_day,
    time_in_words,
)
from intake_app.words.holidays import HOLIDAYS, holiday_in_words

AT = "2026-11-23T14:41:00.25-05:00"


def test_a_message_is_said_in_the_language_with_its_values() -> None:
    said = Words("es").text("Saved on this computer, {time}", time="2:41 PM")
    assert said == "Guardado en esta computadora, 2:41 PM"
    assert Words("en").text("Unlock") == "Unlock"


def test_a_message_without_translation_is_said_in_english() -> None:
    assert Words("es").text("Nobody has translated this") == "Nobody has translated this"
    assert Words("vi").text("Unlock") == "Unlock"


def test_an_empty_message_stays_empty() -> None:
    assert Words("es").text("") == ""


def test_braces_in_a_value_stay_as_they_are() -> None:
    said = Words("en").text("Remove {name}", name="{R} Lowe")
    assert said == "Remove {R} Lowe"


@pytest.mark.parametrize(
    ("n", "said"), [(1, "1 admisión"), (0, "0 admisiones"), (2, "2 admisiones")]
)
def test_numbers_choose_the_form(n: int, said: str) -> None:
    assert Words("es").plural("{n} intake", "{n} intakes", n) == said


def test_marking_changes_nothing() -> None:
    assert mark("Front desk") == "Front desk"


def test_days_have_their_weekday() -> None:
    assert day_in_words("2026-11-23", "en") == "Monday, November 23, 2026"
    assert day_in_words(AT, "es") == "lunes, 23 de noviembre de 2026"
    assert short_day("2026-11-23", "en") == "Mon, Nov 23"
    assert month_in_words(AT, "en") == "November 2026"


def test_times_are_those_of_the_wall_with_plain_spaces() -> None:
    assert time_in_words(AT, "en") == "2:41 PM"
    assert moment_in_words(AT, "en") == "Mon, Nov 23, 2:41 PM"
    assert moment_in_words(AT, "en", 2026) == "Mon, Nov 23, 2:41 PM"
    assert moment_in_words(AT, "en", 2027) == "Mon, Nov 23, 2026, 2:41 PM"
    assert moment_in_words(AT, "es", 2027).startswith("lun 23 nov 2026, ")
    assert time_in_words(AT, "es") == "2:41 p. m."


def test_each_holiday_of_the_country_has_its_words() -> None:
    named = {
        part.removesuffix(" (observed)")
        for year in range(2026, 2034)
        for name in holidays_of("", year).values()
        for part in name.split("; ")
    }
    assert len(named) > 9
    assert named <= set(HOLIDAYS)
    both = "Independence Day (observed); Frog Day"
    assert holiday_in_words(both, Words("en")) == both, "one that nobody knows keeps its name"


def test_saying_a_message_does_not_load_babel() -> None:
    """The lock screen speaks before Babel is there: it costs more than the window itself."""
    script = "import sys, intake_app.words; sys.exit('babel' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
