"""The benchmark's harness: both sides in turn, honest about what is missing."""

import json
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest
from benchmarks import eligibility
from benchmarks.__main__ import EVERY, chosen
from benchmarks.harness import TIMES, measure, run, table_line
from benchmarks.measurement import (
    CannotMeasure,
    Goal,
    Measurement,
    Prepare,
    Room,
    Side,
    Sides,
    timed,
)


def constant(*figures: float) -> Side:
    """A side that first warms up and then returns these figures, again and again."""
    calls = iter([0.0, *figures * 10])
    return lambda: next(calls)


def fixed(ours: Side, reference: Side | None = None) -> Prepare:
    @contextmanager
    def prepare(_room: Room) -> Generator[Sides]:
        yield Sides(ours, reference)

    return prepare


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path)


def test_the_median_decides_and_not_the_odd_one_out(room: Room) -> None:
    ours = constant(3, 3, 3, 3, 900, 3, 3)
    line = measure(Measurement("x", "ms", Goal(times=2), fixed(ours, constant(2))), room, TIMES)
    assert (line.ours, line.reference, line.ratio, line.met) == (3, 2, 1.5, True)


@pytest.mark.parametrize(
    ("goal", "met"),
    [
        (Goal(times=1.5), True),
        (Goal(times=1.4), False),
        (Goal(units=3), True),
        (Goal(units=2.9), False),
        (Goal(times=1.5, units=2.9), False),
    ],
)
def test_goals(goal: Goal, met: bool, room: Room) -> None:
    line = measure(Measurement("x", "ms", goal, fixed(constant(3), constant(2))), room, 3)
    assert line.met is met


def test_a_missing_reference_does_not_meet_a_goal_that_needs_one(room: Room) -> None:
    line = measure(Measurement("x", "ms", Goal(times=9), fixed(constant(1))), room, 3)
    assert (line.ours, line.ratio, line.met) == (1, None, False)
    assert line.problem


def test_an_absolute_goal_needs_no_reference(room: Room) -> None:
    line = measure(Measurement("x", "MB", Goal(units=160), fixed(constant(90))), room, 3)
    assert (line.reference, line.met, line.goal) == (None, True, "160 MB")


def test_a_side_that_fails_does_not_meet_its_goal_and_the_next_one_is_still_measured(
    room: Room,
) -> None:
    def fails() -> float:
        raise CannotMeasure("it died")

    broken = Measurement("broken", "ms", Goal(units=5), fixed(fails))
    sound = Measurement("sound", "ms", Goal(units=5), fixed(constant(1)))
    first, second = run([broken, sound], room)
    assert (first.ours, first.met, first.problem) == (None, False, "it died")
    assert second.met


def test_both_sides_take_turns_at_least_seven_times(room: Room) -> None:
    calls: list[str] = []

    def side(name: str) -> Side:
        return lambda: calls.append(name) or 1.0

    [_] = run([Measurement("x", "ms", Goal(times=1), fixed(side("o"), side("r")))], room)
    measured = calls[2:]  # the first of each warms up
    assert len(measured) >= 14
    assert all(set(measured[i : i + 2]) == {"o", "r"} for i in range(0, len(measured), 2))


def test_a_line_is_one_json_object_with_the_agreed_keys(room: Room) -> None:
    line = measure(Measurement("x", "ms", Goal(times=2), fixed(constant(3), constant(2))), room, 3)
    assert list(json.loads(line.line())) == [
        "what", "ours", "reference", "unit", "ratio", "goal", "met",
    ]  # fmt: skip
    assert "met" in table_line(line)


def test_what_several_measurements_share_is_made_once(room: Room) -> None:
    made: list[Path] = []
    first = room.once("full", lambda folder: made.append(folder) or "profile")
    assert room.once("full", lambda folder: made.append(folder) or "another") == first == "profile"
    assert len(made) == 1


def test_timed_measures_milliseconds() -> None:
    assert 0 <= timed(lambda: None)() < 1000


def test_words_choose_measurements() -> None:
    assert chosen(EVERY, "LOCK SCREEN")
    assert not chosen(EVERY, "no such thing")


HELD_CHARGE = [("eligibility", "1 ms"), ("citation", "40 ms"), ("packet", "800 ms")]


@pytest.mark.parametrize(("word", "goal"), HELD_CHARGE)
def test_the_lines_of_a_held_charge_are_found_and_measured(
    word: str, goal: str, room: Room
) -> None:
    """Whether the goal is met is for a quiet machine; that there is a figure, for each."""
    room.is_quick = True
    (measurement,) = chosen(EVERY, word)
    line = json.loads(measure(measurement, room, 1).line())
    assert list(line) == ["what", "ours", "reference", "unit", "ratio", "goal", "met"]
    assert line["goal"] == goal
    assert line["what"].endswith("a quick look")
    assert line["ours"] > 0


def test_forty_rules_judge_an_intake_of_which_nearly_all_is_asked() -> None:
    guide = eligibility.guide_of_rules()
    answers = eligibility.full_answers(guide)
    assert len(guide.form.rules) == eligibility.RULES == 40
    asked = [field for field in guide.form.fields() if field.id in guide.visible(answers)]
    assert len(asked) > 0.9 * len(list(guide.form.fields()))
    assert all(one.holds is not None for one in guide.findings(answers, "2026-11-23"))


def test_negative_control_an_empty_intake_leaves_rules_open() -> None:
    guide = eligibility.guide_of_rules()
    assert any(one.holds is None for one in guide.findings({}, "2026-11-23"))
