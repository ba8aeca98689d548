"""All of three days, one a day for two weeks, one a week; never the last good one."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.domain.backup import (
    FileLine,
    Manifest,
    Seen,
    is_moment,
    moment_at,
    moment_name,
    read_manifest,
    to_remove,
)
from intake_app.domain.errors import Damaged

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
GOOD = {"station": "then", "care": "then"}
COPIED = {"station": "then", "care": ""}


def seen(ago: timedelta, tested: dict[str, str] = GOOD) -> Seen:
    return Seen(moment_name(NOW - ago), "", 1, tested)


def days_of(kept: list[Seen]) -> list[int]:
    return sorted((NOW - one.at).days for one in kept)


def kept(backups: list[Seen], days: int = 90) -> list[Seen]:
    gone = to_remove(backups, NOW, days)
    return [one for one in backups if one not in gone]


def test_a_year_of_daily_backups_is_thinned() -> None:
    stay = days_of(kept([seen(timedelta(days=n)) for n in range(365)]))
    assert stay[:15] == list(range(15))
    assert stay[-1] <= 90
    assert 10 <= len(stay[15:]) <= 12, "one a week"


def test_all_of_three_days_stay() -> None:
    hourly = [seen(timedelta(hours=n)) for n in range(24 * 5)]
    assert len([one for one in kept(hourly) if NOW - one.at <= timedelta(days=3)]) == 73


def test_the_last_good_one_stays_however_old_it_is() -> None:
    old, newer = seen(timedelta(days=400)), seen(timedelta(days=1), COPIED)
    assert kept([newer, old]) == [newer, old], "nobody has tested care since"
    assert kept([seen(timedelta(days=1)), old]) == [seen(timedelta(days=1))]
    assert kept([old]) == [old]


def test_a_clock_that_stands_before_the_newest_removes_nothing() -> None:
    backups = [seen(timedelta(days=n)) for n in range(-300, 200, 3)]
    assert to_remove(backups, NOW, 90) == []


@given(
    st.lists(st.integers(0, 4000), max_size=60, unique=True),
    st.lists(st.booleans(), min_size=60, max_size=60), st.integers(1, 400),
)  # fmt: skip
def test_whatever_lies_there_the_newest_and_the_last_tested_stay(
    hours: list[int], good: list[bool], days: int
) -> None:
    backups = [
        seen(timedelta(hours=h), GOOD if is_good else COPIED)
        for h, is_good in zip(hours, good, strict=False)
    ]
    stay = kept(backups, days)
    if backups:
        assert max(backups, key=lambda one: one.moment) in stay
    tested = [one for one in backups if one.is_tested]
    if tested:
        assert max(tested, key=lambda one: one.moment) in stay
    assert kept(stay, days) == stay, "done twice, nothing more goes"


def test_a_moment_is_a_name_and_nothing_else_is() -> None:
    assert moment_at(moment_name(NOW)) == NOW
    for name in ("ledger", "20261123T093000Z.part", "2026-11-23", "99999999T999999Z", ""):
        assert not is_moment(name)


def good_manifest() -> Manifest:
    files = (FileLine("vault.json", 1, "aa"), FileLine("station.db", 2, "bb"))
    return Manifest("p", moment_name(NOW), "then", "s1", {"letter": "A"}, files)


def test_a_manifest_is_read_as_it_was_written() -> None:
    assert read_manifest(good_manifest().told()) == good_manifest()


@pytest.mark.parametrize(
    "name", ["../station.db", "a/b", "..\\x", "C:x", ".hidden", "", "/etc/passwd"]
)
def test_a_name_that_leads_elsewhere_is_refused(name: str) -> None:
    told = good_manifest().told()
    told["files"] = [{**told["files"][0], "name": name}]
    with pytest.raises(Damaged):
        read_manifest(told)


@pytest.mark.parametrize("part", ["profile", "moment", "files", "identity", "v", "act"])
def test_a_manifest_that_lacks_something_is_refused(part: str) -> None:
    told = good_manifest().told()
    del told[part]
    with pytest.raises(Damaged):
        read_manifest(told)
