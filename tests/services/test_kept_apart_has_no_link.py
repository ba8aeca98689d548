"""What was given up is kept without a link: nothing in either file leads to the other."""

import re

import pytest
from walk_ins import GIVEN_UP, audit, begun, care_of, seen, station_of, taken

from intake_app.domain.change import clock_of
from intake_app.domain.record import Record
from intake_app.services.desk import Desk
from intake_app.services.intakes.intakes import amend_intake, finish_intake
from intake_app.services.papers.papers import issue_papers, paper_bytes
from intake_app.services.records.apart import APART
from intake_app.services.records.drafts import resume_draft
from intake_app.storage.compartment import Compartment

DAY = 86_400_000 << 16


def kept(desk: Desk) -> list[Record]:
    return desk.station.of_kind(APART)


def whole(file: Compartment) -> str:
    """Everything that a file holds, as text; without its pages of other kinds."""
    tables = [
        name
        for (name,) in file.database.conn.execute(
            "SELECT name FROM sqlite_master WHERE type='table'"
        )
        if not name.startswith(("search", "sqlite"))
    ]
    rows = [file.database.conn.execute(f"SELECT * FROM {name}").fetchall() for name in tables]
    return "\n".join(repr(row) for table in rows for row in table)


def links(desk: Desk, record: str, number: str) -> list[str]:
    """What leads from what is kept apart to the person, or back."""
    found = [r.id for r in kept(desk) if r.id in whole(care_of(desk))]
    told = "\n".join(
        f"{r.values} {r.about} {[c.line for c in station_of(desk).history(r.id)]}"
        for r in kept(desk)
    )
    found += [word for word in (record, number, *re.findall(r"\d\d:\d\d", told)) if word in told]
    found += [line[2] for line in audit(station_of(desk), "finish intake") if line[2]]
    found += [word for word in ("T-40417", "needles") if word in whole(care_of(desk))]
    return found


def test_it_is_a_record_of_its_own_and_nothing_leads_to_it_or_back(desk: Desk) -> None:
    done = taken(desk, **GIVEN_UP)
    (apart,) = kept(desk)
    assert {k: v for k, v in apart.values.items() if not k.startswith("~")} == GIVEN_UP
    assert apart.values["~opened"] == "2026-11-23"
    assert links(desk, done.record, done.number) == []
    assert not GIVEN_UP.keys() & seen(desk, done.record).answers.keys()


def test_a_link_would_be_found(desk: Desk) -> None:
    """Negative control."""
    done = taken(desk, **GIVEN_UP)
    (apart,) = kept(desk)
    amend_intake(desk, done.record, {"own_words": f"gave up {apart.id}"}, "see T-40417")
    assert links(desk, done.record, done.number) == [apart.id, "T-40417"]


def test_its_change_tells_the_day_and_not_the_hour(desk: Desk) -> None:
    """The hour inside the id is drawn: it does not stand beside the intake's own changes."""
    clocks: list[int] = []
    for _ in range(8):
        taken(desk, **GIVEN_UP)
    for apart in kept(desk):
        (change,) = station_of(desk).history(apart.id)
        clocks.append(clock_of(change.id))
    now = clock_of(desk.station.stamp())
    assert len(set(clocks)) == 8
    assert all(now - DAY <= clock <= now for clock in clocks)
    assert clocks != sorted(clocks) or max(clocks) < now - (60_000 << 16)


def test_the_log_beside_it_says_the_same_with_and_without(desk: Desk) -> None:
    before = len(audit(station_of(desk), "finish intake"))
    taken(desk)
    taken(desk, **GIVEN_UP)
    lines = audit(station_of(desk), "finish intake")[before:]
    assert [line[1:] for line in lines] == [(desk.person.id, "", "done")] * 2


def test_a_second_try_to_finish_makes_no_second_record(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = begun(desk, **GIVEN_UP)

    def no(*_: object) -> int:
        raise InterruptedError

    with monkeypatch.context() as patch:
        patch.setattr(care_of(desk), "apply", no)
        with pytest.raises(InterruptedError):
            finish_intake(desk, draft)
    (first,) = kept(desk)
    again = resume_draft(desk, draft.id)
    again.answers["contraband_tag"] = "T-1"
    again.answers.pop("contraband_class")
    finish_intake(desk, again)
    (second,) = kept(desk)
    assert second.id == first.id
    assert second.values["contraband_tag"] == "T-1"
    assert second.values["contraband_class"] is None


def test_given_up_after_finish_is_kept_apart_too(desk: Desk) -> None:
    done = taken(desk)
    amend_intake(desk, done.record, {**GIVEN_UP, "own_words": "thanks"}, "came back")
    assert links(desk, done.record, done.number) == []
    assert len(kept(desk)) == 1
    assert {one.field for one in seen(desk, done.record).history} == {"own_words"}
    amend_intake(desk, done.record, {"contraband_tag": "T-2"}, "came back")
    assert len(kept(desk)) == 2
    assert len(seen(desk, done.record).history) == 1


def test_no_paper_shows_it(desk: Desk) -> None:
    with_it, without = taken(desk, **GIVEN_UP), taken(desk)
    for done in (with_it, without):
        (paper,) = issue_papers(desk, done.record, ["promise_sheet"])
        assert b"T-40417" not in paper_bytes(desk, paper)
