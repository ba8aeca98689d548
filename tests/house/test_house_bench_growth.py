"""Growth is told as it is: how each line grows, and a department that is as uneven as real ones."""

import random
import xml.etree.ElementTree as ElementTree
from collections import Counter
from datetime import datetime
from pathlib import Path

from benchmarks.__main__ import EVERY
from benchmarks.curve import LINES, Grown, picture, sizes_in, table
from benchmarks.growing import Computers, day_of, long_tail
from benchmarks.measurement import Room

NOW = datetime(2026, 11, 23, 14, 40)  # noqa: DTZ001 (of no place)
FLAT = Grown("a flat line", "ms", {1_000: 4.0, 100_000: 4.0})
STEEP = Grown("a steep line", "ms", {1_000: 1.0, 10_000: 10.0, 100_000: 100.0})


def test_the_power_says_how_a_line_grows() -> None:
    assert FLAT.power == 0
    assert STEEP.power == 1
    assert Grown("one size", "ms", {1_000: 4.0}).power is None


def test_a_table_names_every_size_and_leaves_out_what_was_not_measured() -> None:
    head, _, flat, steep = table([FLAT, STEEP]).splitlines()
    assert [cell.strip() for cell in head.split("|")][2:5] == ["1,000", "10,000", "100,000"]
    assert [cell.strip() for cell in flat.split("|")][2:5] == ["4.0", "-", "4.0"]
    assert "1.00" in steep


def test_the_picture_draws_and_names_each_line() -> None:
    drawn = ElementTree.fromstring(picture([FLAT, STEEP]))  # noqa: S314 (our own words)
    lines = [one for one in drawn.iter() if one.tag.endswith("polyline")]
    words = {one.text for one in drawn.iter() if one.tag.endswith("text")}
    assert len(lines) == 2
    assert {"a flat line", "a steep line"} <= words


def test_winters_are_fuller_weekends_emptier_and_years_grow() -> None:
    dice = random.Random(1)
    days = [day_of(dice, NOW) for _ in range(3_000)]
    months = Counter(day.month for day in days)
    years = Counter(day.year for day in days)
    weekdays = Counter(day.weekday() > 4 for day in days)
    assert months[1] + months[12] > 1.3 * (months[6] + months[7])
    assert weekdays[True] < 0.2 * len(days)
    assert years[2025] > 1.5 * years[2019] > 0
    assert max(days) < NOW


def test_few_providers_are_asked_for_most() -> None:
    asked = Counter(long_tail(random.Random(1))).most_common()
    most = sum(count for _, count in asked[:20])
    assert most > 0.45 * sum(count for _, count in asked)
    assert len(asked) > 300


def test_no_number_is_given_twice_by_any_computer() -> None:
    computers = Computers()
    given = [computers.number("PH", letter, 2026) for letter in "AABBC" for _ in range(50)]
    assert len(set(given)) == len(given)


def test_sizes_are_read_from_the_folder(tmp_path: Path) -> None:
    for name in ("10000", "1000", "growing"):
        (tmp_path / name).mkdir()
    assert sizes_in(tmp_path) == [1_000, 10_000]
    assert Room(tmp_path, full=1_000).people == 1_000


def test_every_line_of_the_curve_is_measured_by_a_line_of_the_table() -> None:
    measured = {id(one) for one in EVERY}
    assert [what for what, one in LINES.items() if id(one) not in measured] == []
    assert len({id(one) for one in LINES.values()}) == len(LINES), "none twice"
