"""A week is about ten lines: who looked, never at what; one signature; late is amber."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from audit_world import file_of, station_acts, working
from profiles import Profile
from walk_ins import seen, taken

from intake_app.domain.audit_errors import LinesMissing, SignedAlready, WeekNotOver
from intake_app.domain.audit_trail import week_of
from intake_app.domain.errors import NoGrant, NotAllowed
from intake_app.domain.ids import RecordId
from intake_app.domain.notable import Notable
from intake_app.domain.roles import Compartment, May, Role
from intake_app.domain.trust import Light
from intake_app.services.audit.batches import BATCH, batches, gaps, open_batches, seal_now
from intake_app.services.audit.checks import check_audit, check_clock
from intake_app.services.audit.parts import parts_of, signed_fact
from intake_app.services.audit.review import (
    REVIEW,
    Waiting,
    lines_of_week,
    review_week,
    sign_off,
    unreviewed,
    waiting,
    weeks,
)
from intake_app.services.audit.sayings import say_line, say_seen
from intake_app.services.desk import Desk
from intake_app.services.intakes.people import find_people
from intake_app.settings.agency import Agency
from intake_app.words import Words

WEEK = date(2026, 11, 23)


@pytest.fixture(scope="module")
def looked_at(template: Profile, tmp_path_factory: pytest.TempPathFactory) -> Profile:
    """M. Hale takes people in and looks at them; one is called Hale. Made once."""
    made = template.copy_to(tmp_path_factory.mktemp("looked at") / "profile")
    with working(made, Role.FRONT_DESK) as desk:
        for last, first in (("Hale", "Mary"), ("Hale-Boggs", "Tom"), ("Whitfield", "Jordan")):
            record = taken(desk, last_name=last, first_name=first).record
            seen(desk, record)
        with pytest.raises(NotAllowed):
            desk.require(May.APPROVE_PURGE)
    with working(made, Role.COORDINATOR) as desk:
        found = find_people(desk, "Hale Mary")[0].record
        made.clock.at += timedelta(hours=14)  # 11:30 at night
        seen(desk, found)
        desk.station.note(desk.act("print directory"))
        made.clock.at -= timedelta(hours=13)  # and the clock is put back
    return made


@pytest.fixture
def week(looked_at: Profile, tmp_path: Path) -> Profile:
    """A copy for each test."""
    return looked_at.copy_to(tmp_path / "week")


def found(desk: Desk) -> Mapping[Notable, int]:
    counted: dict[Notable, int] = {}
    for one in review_week(desk, WEEK).seen:
        counted[one.why] = counted.get(one.why, 0) + one.count
    return counted


def test_who_looked_at_their_own_kind_is_pointed_out(week: Profile) -> None:
    with working(week, Role.PRIVACY_OFFICER) as north:
        told = found(north)
    assert told[Notable.OWN_RECORD] == 2  # taken, and read
    assert told[Notable.RELATIVE_RECORD] == 2
    assert told[Notable.COLLEAGUE_RECORD] == 1  # J. Lowe, at somebody called M. Hale
    assert told[Notable.NIGHT] == 1
    assert told[Notable.REFUSED] == 1
    assert told[Notable.CLOCK] >= 1
    assert Notable.MANY_READS not in told


def test_an_alert_waits_at_once_and_says_no_more_than_that_it_is_one(week: Profile) -> None:
    with working(week, Role.PRIVACY_OFFICER) as north:
        assert waiting(north) == Waiting(weeks=0, late=0, alerts=5)
        week.clock.at += timedelta(days=7)
        assert waiting(north) == Waiting(weeks=1, late=0, alerts=5)
        sign_off(north, WEEK)
        assert waiting(north) == Waiting(weeks=0, late=0, alerts=0)


def test_nobody_is_named_to_the_privacy_officer_but_who_works_here(week: Profile) -> None:
    with working(week, Role.PRIVACY_OFFICER) as north:
        assert north.care is None
        review = review_week(north, WEEK)
        names = {one.id: one.shown_name for one in north.colleagues}
        words = Words()
        said = [say_seen(one, names, words) for one in review.seen]
        said += [say_line(x, names, {}, words) for x in lines_of_week(north, WEEK)]
    text = "\n".join(said)
    assert "M. Hale opened a record of somebody with their own name: 2 times" in text
    for secret in ("Mary", "Boggs", "Whitfield", "Jordan", "detox"):
        assert secret not in text


def test_batches_hold_no_word_in_the_clear(week: Profile) -> None:
    with working(week, Role.PRIVACY_OFFICER) as north:
        for batch in batches(north):
            sealed = north.station.blob(batch.sealed) or b""
            assert b"read intake" not in sealed
            assert len(sealed) > 4096
        lines = open_batches(north, batches(north)).lines
        assert "read intake" in {line.line.act.what for line in lines}
        assert not gaps(north, batches(north), batches(north))


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.ADMINISTRATOR, Role.SUPERVISOR])
def test_nobody_else_opens_them(week: Profile, role: Role) -> None:
    with working(week, role) as desk:
        with pytest.raises(NoGrant):
            open_batches(desk, batches(desk))
        with pytest.raises(NotAllowed):
            review_week(desk, WEEK)
        with pytest.raises(NotAllowed):
            sign_off(desk, WEEK)


def test_the_review_itself_stands_in_the_trail(week: Profile) -> None:
    with working(week, Role.PRIVACY_OFFICER) as north:
        review_week(north, WEEK)
        lines_of_week(north, WEEK)
        told = station_acts(north)
    assert ("read audit trail", "done") in told
    assert ("read audit lines", "done") in told


def test_a_week_is_signed_once_and_when_it_is_over(week: Profile) -> None:
    with working(week, Role.PRIVACY_OFFICER) as north:
        with pytest.raises(WeekNotOver):
            sign_off(north, WEEK)
        week.clock.at += timedelta(days=7)
        assert unreviewed(north) == (1, 0)
        signed = sign_off(north, WEEK, "Asked M. Hale about her sister.")
        assert (signed.week, signed.by) == (WEEK, north.person.id)
        assert unreviewed(north) == (0, 0)
        with pytest.raises(SignedAlready):
            sign_off(north, WEEK)
        assert weeks(north)[-1].signed == signed
        assert ("sign off audit week", "done") in station_acts(north)


def test_late_is_amber(week: Profile) -> None:
    words = Words()
    with working(week, Role.COORDINATOR) as desk:  # for everybody
        week.clock.at += timedelta(days=13)
        assert check_audit(desk, words)[1].light is Light.GREEN
        week.clock.at += timedelta(days=2)
        late = check_audit(desk, words)[1]
        assert late.light is Light.AMBER
        assert late.found == "1 week waits for its review, and is late."
    with working(week, Role.PRIVACY_OFFICER) as north:
        for one in weeks(north):
            if one.is_over:
                sign_off(north, one.week)
        assert check_audit(north, words)[1].light is Light.GREEN


def test_who_may_not_review_cannot_sign_by_writing_the_fact(week: Profile) -> None:
    """Everybody holds the key of `station`: what counts is whose signature it carries."""
    said = {"week": WEEK.isoformat(), "lines": 1, "exceptions": 0, "note": "", "seen": []}
    with working(week, Role.FRONT_DESK) as desk:
        change = signed_fact(desk, REVIEW, said, {"week": WEEK.isoformat()})
        desk.station.apply([change], desk.act("sign off audit week"))
    week.clock.at += timedelta(days=7)
    with working(week, Role.PRIVACY_OFFICER) as north:
        assert unreviewed(north)[0] == 1
        sign_off(north, WEEK)
        assert unreviewed(north)[0] == 0


def test_who_holds_no_key_cannot_speak_of_its_file(week: Profile) -> None:
    """A batch of `care` that reception made up counts nowhere."""
    with working(week, Role.PRIVACY_OFFICER) as north:
        seal_now(north)
        genuine = next(one for one in batches(north) if one.file is Compartment.CARE)
    with working(week, Role.RECEPTION) as desk:
        record = desk.station.record(genuine.id)
        assert record is not None
        said: dict[str, Any] = {
            "station": genuine.station, "epoch": genuine.epoch, "file": "care",
            "begin": genuine.begin.text, "end": "9 " + "0" * 64, "first_day": genuine.first_day,
            "until": genuine.until, "sealed": genuine.sealed, "standing": "whole",
        }  # fmt: skip
        plain = {"station": genuine.station, "file": "care", "sealed": genuine.sealed}
        change = signed_fact(desk, BATCH, said, plain)
        desk.station.apply([change], desk.act("seal audit lines"))
        assert change.record not in {one.id for one in batches(desk)}
    with working(week, Role.FRONT_DESK) as desk:  # negative control: a holder's counts
        change = signed_fact(desk, BATCH, said, plain)
        desk.station.apply([change], desk.act("seal audit lines"))
        assert change.record in {one.id for one in batches(desk)}


def test_a_batch_that_was_swapped_is_not_signed_off_unseen(week: Profile) -> None:
    with working(week, Role.PRIVACY_OFFICER) as north:
        seal_now(north)
        one, other, *_ = batches(north)
        file = file_of(north, Compartment.STATION)
        body = file.database.conn.execute(
            "SELECT body FROM blob WHERE sha256=?", (one.sealed,)
        ).fetchone()
        file.database.conn.execute("UPDATE blob SET body=? WHERE sha256=?", (body[0], other.sealed))
        week.clock.at += timedelta(days=7)
        assert review_week(north, WEEK).unreadable == 1
        with pytest.raises(LinesMissing):
            sign_off(north, WEEK)


def test_a_batch_that_was_taken_out_leaves_a_gap(week: Profile) -> None:
    with working(week, Role.RECEPTION) as desk:
        seal_now(desk)
    with working(week, Role.PRIVACY_OFFICER) as north:
        seal_now(north)
        of_station = [x for x in batches(north) if x.file is Compartment.STATION]
        assert len(of_station) > 2
        file = file_of(north, Compartment.STATION)
        file.database.conn.execute("DELETE FROM record WHERE id=?", (of_station[1].id,))
        assert review_week(north, WEEK).gaps == 1


def test_lines_that_come_after_the_signature_are_shown_in_a_later_week(week: Profile) -> None:
    with working(week, Role.FRONT_DESK, chores=False) as desk:
        seen(desk, find_people(desk, "Whitfield")[0].record)  # and the computer is switched off
    week.clock.at += timedelta(days=7)
    with working(week, Role.PRIVACY_OFFICER) as north:
        sign_off(north, WEEK)
    with working(week, Role.FRONT_DESK):
        pass
    with working(week, Role.PRIVACY_OFFICER) as north:
        later = review_week(north, WEEK + timedelta(days=7))
    assert [one.count for one in later.seen if one.why is Notable.LATE] == [2]  # searched, and read


def test_many_in_a_day_and_what_leaves_are_pointed_out(week: Profile) -> None:
    with working(week, Role.FRONT_DESK) as desk:
        for n in range(41):
            file_of(desk, Compartment.CARE).note(desk.act("read intake", RecordId(f"{n:032x}")))
        week.clock.at += timedelta(hours=12)
        desk.station.note(desk.act("save sealed file outside"))
        desk.station.note(replace(desk.act("wrong passphrase, 2026-11-24"), outcome="refused"))
    with working(week, Role.PRIVACY_OFFICER) as north:
        told = found(north)
    assert told[Notable.MANY_READS] >= 41
    assert told[Notable.EXPORT] == 1
    assert told[Notable.FAILED_SIGN_IN] == 1
    assert told[Notable.REFUSED] == 1  # a failed sign-in is not told twice


def test_a_clock_that_went_back_is_said(week: Profile) -> None:
    words = Words()
    with working(week, Role.FRONT_DESK, chores=False) as desk:
        assert check_clock(desk, words).light is Light.RED  # an entry is of tonight
        week.clock.at += timedelta(days=1)
        assert check_clock(desk, words).light is Light.AMBER  # it went back, and that is news
        week.clock.at += timedelta(days=10)
        assert check_clock(desk, words).light is Light.GREEN


def test_the_weeks_are_those_since_the_first_line(week: Profile) -> None:
    week.clock.at += timedelta(days=20)
    with working(week, Role.PRIVACY_OFFICER) as north:
        told = weeks(north)
        assert [one.week for one in told][-1] == WEEK
        assert told[0].week == week_of(week.clock.at.date())
        assert not told[0].is_over


def test_a_department_keeps_the_trail_for_three_years_unless_it_says_otherwise() -> None:
    assert Agency().audit_years == 3


def test_a_desk_without_the_parts_has_nothing_to_say(week: Profile) -> None:
    with working(week, Role.PRIVACY_OFFICER) as north:
        bare = replace(north, audit=None)
        with pytest.raises(NoGrant):
            parts_of(bare)
