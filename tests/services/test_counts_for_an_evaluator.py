"""An evaluator receives counts: codes alone, no small ones, and no month twice."""

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from outside import entered, outsider
from profiles import Desks, Profile
from walk_ins import care_of, taken

from intake_app.domain.clock import FixedClock
from intake_app.domain.disclosure import RecipientKind
from intake_app.domain.disclosure_errors import (
    MonthsSentBefore,
    NotWhatWasShown,
    ReceiptKnown,
    RecipientGone,
    TooFewPeople,
)
from intake_app.domain.errors import BadEntry, NotAllowed
from intake_app.domain.roles import Role
from intake_app.services.consents.disclosed import EVALUATION, RECEIPT
from intake_app.services.desk import Desk
from intake_app.services.sharing.evaluation import count_for, evaluators, make_evaluation
from intake_app.services.sharing.sealed_bundles import receipt_came, recipients_for

NOVEMBER, DECEMBER = "2026-11", "2026-12"


LAB = outsider("State University", RecipientKind.EVALUATOR)


@pytest.fixture(scope="module")
def november(template: Profile, tmp_path_factory: pytest.TempPathFactory) -> Profile:
    """The lab is in the signed list; fifteen people came, two of them for food."""
    filled = template.copy_to(tmp_path_factory.mktemp("counts") / "profile")
    gate = filled.gate()
    entered(filled.unlock(gate, Role.ADMINISTRATOR), LAB)
    desk = filled.unlock(gate, Role.COORDINATOR)
    for n in range(15):
        taken(desk, last_name=f"Person{n:02}", wants=["food" if n < 2 else "detox"])
    gate.lock()
    return filled


@pytest.fixture
def profile(november: Profile, tmp_path: Path) -> Profile:
    return november.copy_to(tmp_path / "profile")


@pytest.fixture
def desk(desks: Desks) -> Desk:
    """A coordinator in December."""
    desk = desks(Role.COORDINATOR)
    set_clock(desk, "2026-12-03T10:00:00+00:00")
    return desk


@pytest.fixture
def listed(desk: Desk) -> str:
    (lab,) = evaluators(desk)
    return lab.id


def set_clock(desk: Desk, to: str) -> None:
    assert isinstance(desk.clock, FixedClock)
    desk.clock.at = datetime.fromisoformat(to)


def counted(rows: tuple[tuple[str, str, str], ...], question: str) -> dict[str, str]:
    return {answer: count for asked, answer, count in rows if asked == question}


def test_small_counts_and_what_gives_them_away_are_not_told(desk: Desk, listed: str) -> None:
    shown = count_for(desk, listed, NOVEMBER, NOVEMBER)
    wants = counted(shown.rows, "What do you want today?")
    told = {count for count in wants.values() if count != "not told"}
    assert told <= {"0"} | {str(n) for n in range(11, 100)}
    assert "not told" in wants.values()


def test_nothing_of_anybody_is_inside(desk: Desk, listed: str) -> None:
    made = make_evaluation(desk, count_for(desk, listed, NOVEMBER, NOVEMBER))
    first, cover = LAB.open(made.file.data).documents
    assert cover["type"] == "paper"
    assert first["counts"]
    assert first["answers"] == []
    assert first["number"] == ""
    said = json.dumps(first)
    for word in ("Person", "Jordan", "PH-", "2026-11-23"):
        assert word not in said


def test_the_same_months_go_out_with_the_same_numbers(desk: Desk, listed: str) -> None:
    before = count_for(desk, listed, NOVEMBER, NOVEMBER)
    make_evaluation(desk, before)
    set_clock(desk, "2026-11-29T10:00:00+00:00")  # a paper form is keyed in late
    taken(desk, last_name="Later")
    set_clock(desk, "2026-12-04T10:00:00+00:00")
    assert count_for(desk, listed, NOVEMBER, NOVEMBER) == before
    (kept,) = care_of(desk).of_kind(EVALUATION)
    assert "Later" not in json.dumps(kept.values)


def test_their_receipt_is_noted_once(desk: Desk, listed: str) -> None:
    made = make_evaluation(desk, count_for(desk, listed, NOVEMBER, NOVEMBER))
    receipt = LAB.receipt(made.file.data)
    assert receipt_came(desk, receipt).recipient == "State University"
    with pytest.raises(ReceiptKnown):
        receipt_came(desk, receipt)
    assert len(care_of(desk).about(made.accounting, RECEIPT)) == 1


def test_months_that_overlap_are_refused(desk: Desk, listed: str) -> None:
    make_evaluation(desk, count_for(desk, listed, NOVEMBER, NOVEMBER))
    for first in ("2026-10", "2026-01"):
        with pytest.raises(MonthsSentBefore):
            count_for(desk, listed, first, NOVEMBER)


def test_too_few_people_are_counted_for_nobody(desk: Desk, listed: str) -> None:
    with pytest.raises(TooFewPeople):
        count_for(desk, listed, "2026-09", "2026-10")


def test_only_whole_months_that_are_over(desk: Desk, listed: str) -> None:
    for first, last in ((NOVEMBER, DECEMBER), ("2026-11-01", NOVEMBER), ("x", "y"), ("", ""),
                        (NOVEMBER, "2026-10"), ("2026-00", NOVEMBER)):  # fmt: skip
        with pytest.raises(BadEntry):
            count_for(desk, listed, first, last)


def test_what_was_shown_is_what_leaves(desk: Desk, listed: str) -> None:
    shown = count_for(desk, listed, NOVEMBER, NOVEMBER)
    with pytest.raises(NotWhatWasShown):
        make_evaluation(desk, replace(shown, rows=shown.rows[1:]))


def test_an_evaluator_receives_nothing_about_a_person(
    desk: Desk, desks: Desks, listed: str
) -> None:
    intake = taken(desk).record
    assert list(recipients_for(desk, intake)) == []
    assert [one.name for one in evaluators(desk)] == ["State University"]
    with pytest.raises(RecipientGone):
        count_for(desk, "nobody", NOVEMBER, NOVEMBER)
    with pytest.raises(NotAllowed):
        count_for(desks(Role.FRONT_DESK), listed, NOVEMBER, NOVEMBER)
