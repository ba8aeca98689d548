"""Records requests, complaints and breaches: received, due, answered; a reply tells no content."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pytest
from hypothesis import given
from hypothesis import strategies as st
from profiles import Desks, Profile
from walk_ins import taken

from intake_app.domain.errors import (
    NoGrant,
    NotAllowed,
    NotYetHappened,
    ReasonMissing,
    RecordMissing,
    UnknownCode,
)
from intake_app.domain.ids import RecordId, UserId
from intake_app.domain.log_entry import LogEntry, LogKind, LogStep, StepKind
from intake_app.domain.log_errors import AnsweredAlready, DueTooEarly
from intake_app.domain.roles import Role
from intake_app.rulebook.answer_times import ANSWER_TIMES_FILE, read_answer_times
from intake_app.rulebook.toml_source import TomlSource
from intake_app.services.desk import Desk
from intake_app.services.requests.holdings import count_holdings, holdings
from intake_app.services.requests.log import (
    NewEntry,
    answer_entry,
    extend_entry,
    log_entries,
    note_entry,
    outcomes,
    read_entry,
    receive,
)
from intake_app.services.requests.replies import print_reply
from intake_app.settings import resources

ASKED = NewEntry(
    LogKind.RECORDS_REQUEST, "2026-11-23", "All records about Jordan Whitfield",
    "Pine Hollow Gazette", "PO Box 12",
)  # fmt: skip


@pytest.fixture
def privacy(desks: Desks) -> Desk:
    """S. North, the privacy officer."""
    return desks(Role.PRIVACY_OFFICER)


def words_on(data: bytes) -> str:
    document = pdfium.PdfDocument(data)
    text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return " ".join(text.split())


def test_a_request_is_due_after_five_business_days_and_numbered(privacy: Desk) -> None:
    first, second = receive(privacy, ASKED), receive(privacy, ASKED)
    assert (first.number, second.number) == ("R-26-0001", "R-26-0002")
    # Thanksgiving (Nov 26) and the weekend do not count; WV also keeps the day after
    counted = np.busday_offset(
        np.datetime64("2026-11-23"), 5, holidays=["2026-11-26", "2026-11-27"]
    )
    assert first.due == str(counted)
    assert "public records" in first.authority.said_in("en")
    assert "registros públicos" in first.authority.said_in("es")


def test_a_complaint_and_a_breach_are_due_by_the_calendar(privacy: Desk) -> None:
    complaint = receive(privacy, NewEntry(LogKind.COMPLAINT, "2026-11-01", "Was left waiting"))
    breach = receive(privacy, NewEntry(LogKind.BREACH, "2026-11-01", "A list was lost", affected=3))
    assert (complaint.number, complaint.due) == ("C-26-0001", "2026-12-01")
    assert (breach.number, breach.due, breach.affected) == ("B-26-0001", "2026-12-31", 3)


def test_a_breach_of_many_is_public_by_the_number_that_the_file_says(privacy: Desk) -> None:
    said = next(t for t in privacy.library.answer_times() if t.kind is LogKind.BREACH).public_from
    asked = [NewEntry(LogKind.BREACH, "2026-11-01", "A list was lost", affected=n)
             for n in (0, said - 1, said)]  # fmt: skip
    assert [receive(privacy, one).is_public for one in asked] == [False, False, True]
    complaint = NewEntry(LogKind.COMPLAINT, "2026-11-01", "Was left waiting", affected=said)
    assert not receive(privacy, complaint).is_public


def test_what_is_owed_stands_first_and_what_is_answered_last(privacy: Desk) -> None:
    late = receive(privacy, NewEntry(LogKind.BREACH, "2026-11-20", "A list was lost"))
    done = receive(privacy, ASKED)
    soon = receive(privacy, ASKED)
    answer_entry(privacy, done.id, "exempt", "These are confidential.")
    assert [e.id for e in log_entries(privacy)] == [soon.id, late.id, done.id]


def test_an_entry_is_overdue_only_without_an_answer(privacy: Desk, profile: Profile) -> None:
    entry = receive(privacy, ASKED)
    assert not entry.is_overdue(date(2026, 12, 2))
    assert entry.is_overdue(date(2026, 12, 3))
    answer_entry(privacy, entry.id, "none_held", "We hold no such class.")
    assert not read_entry(privacy, entry.id).is_overdue(date(2027, 1, 1))


def test_more_time_needs_a_later_day_and_a_reason_and_no_answer(privacy: Desk) -> None:
    entry = receive(privacy, ASKED)
    with pytest.raises(DueTooEarly):
        extend_entry(privacy, entry.id, entry.due, "many pages")
    with pytest.raises(ReasonMissing):
        extend_entry(privacy, entry.id, "2026-12-20", " ")
    extend_entry(privacy, entry.id, "2026-12-20", "many pages")
    assert read_entry(privacy, entry.id).due == "2026-12-20"
    answer_entry(privacy, entry.id, "granted", "Here it is.")
    with pytest.raises(AnsweredAlready):
        extend_entry(privacy, entry.id, "2026-12-24", "more pages")


def test_a_second_answer_holds_and_the_first_stays_readable(privacy: Desk) -> None:
    entry = receive(privacy, ASKED)
    answer_entry(privacy, entry.id, "exempt", "First words.")
    answer_entry(privacy, entry.id, "partly", "Second words.")
    now = read_entry(privacy, entry.id)
    assert now.answer is not None
    assert (now.answer.outcome, now.answer.words) == ("partly", "Second words.")
    assert [step.words for step in now.steps] == ["First words.", "Second words."]


def test_a_breach_says_whether_people_were_told(privacy: Desk) -> None:
    entry = receive(privacy, NewEntry(LogKind.BREACH, "2026-11-20", "A list was lost"))
    assert not entry.is_notified
    note_entry(privacy, entry.id, "Letters to three people", is_notified=True)
    assert read_entry(privacy, entry.id).is_notified


def test_bad_input_is_refused_and_nothing_is_written(privacy: Desk) -> None:
    with pytest.raises(ReasonMissing):
        receive(privacy, NewEntry(LogKind.COMPLAINT, "2026-11-23", "  "))
    with pytest.raises(NotYetHappened):
        receive(privacy, NewEntry(LogKind.COMPLAINT, "2026-11-24", "Tomorrow"))
    assert log_entries(privacy) == []
    entry = receive(privacy, ASKED)
    with pytest.raises(UnknownCode):
        answer_entry(privacy, entry.id, "founded", "A code of another table.")
    with pytest.raises(ReasonMissing):
        note_entry(privacy, entry.id, "")
    assert read_entry(privacy, entry.id).steps == ()
    with pytest.raises(RecordMissing):
        read_entry(privacy, RecordId("none"))


@pytest.mark.parametrize("role", [r for r in Role if r is not Role.PRIVACY_OFFICER])
def test_nobody_else_reads_the_logs(desks: Desks, role: Role) -> None:
    with pytest.raises((NotAllowed, NoGrant)):
        log_entries(desks(role))


def test_nothing_of_it_lies_in_the_file_that_all_can_open(privacy: Desk) -> None:
    receive(privacy, ASKED)
    assert not privacy.station.of_kind("log.entry")


# --- what is held, by class -------------------------------------------------------------------


def test_classes_are_counted_by_who_holds_the_files(
    desks: Desks, privacy: Desk, profile: Profile
) -> None:
    profile.clock.at += timedelta(days=1)
    coordinator = desks(Role.COORDINATOR)  # signing in counts what is open here
    found = {one.id: one.count for one in holdings(privacy)}
    assert found["care_intakes"] == len(coordinator.care_file.order("intake"))
    assert found["cases"] == len(coordinator.cases_file.order("intake"))
    assert found["sealed_cases"] == 0


def test_they_are_counted_anew_after_a_day_only(desks: Desks, profile: Profile) -> None:
    coordinator = desks(Role.COORDINATOR)

    def counted() -> int | None:
        return {one.id: one.count for one in holdings(coordinator)}["care_intakes"]

    before = counted()
    assert before is not None
    taken(desks(Role.FRONT_DESK))
    count_holdings(coordinator)
    assert counted() == before
    before = len(coordinator.care_file.order("intake")) - 1
    profile.clock.at += timedelta(days=1)
    count_holdings(coordinator)
    assert counted() == before + 1


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_reply_lists_classes_and_tells_no_small_number_and_no_name(
    desks: Desks, privacy: Desk, profile: Profile, language: str
) -> None:
    profile.clock.at += timedelta(days=1)
    desks(Role.COORDINATOR)
    entry = receive(privacy, ASKED)
    answer_entry(privacy, entry.id, "exempt", "These records are confidential.")
    said = words_on(print_reply(privacy, entry.id, language))
    by_class = {one.id: one for one in holdings(privacy)}
    for one in by_class.values():
        assert one.label.said_in(language) in said
    intakes = by_class["care_intakes"]
    assert intakes.count in range(1, 11)  # two people, and no number of them is told
    assert {"en": "fewer than 11", "es": "menos de 11"}[language] in said
    code = next(c for c in outcomes(privacy, entry.kind) if c.id == "exempt")
    assert code.label.said_in(language) in said
    assert "Whitfield" not in said  # not even the words of the request
    assert entry.number in said


def test_before_the_answer_the_reply_is_a_receipt_with_the_day(privacy: Desk) -> None:
    entry = receive(privacy, ASKED)
    said = words_on(print_reply(privacy, entry.id, "en"))
    assert "We will answer by Wednesday, December 2, 2026" in said
    assert "Our answer" not in said


def test_a_reply_is_the_same_whether_somebody_is_known_or_not(desks: Desks, privacy: Desk) -> None:
    desks(Role.COORDINATOR)
    known = receive(privacy, ASKED)
    unknown = receive(
        privacy, NewEntry(ASKED.kind, ASKED.received, "All about Ada Nobody", ASKED.sender)
    )
    taken(desks(Role.FRONT_DESK))
    first, second = (words_on(print_reply(privacy, e.id, "en")) for e in (known, unknown))
    assert first.replace(known.number, "") == second.replace(unknown.number, "")


# --- rules ------------------------------------------------------------------------------------

DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31)).map(date.isoformat)


@given(st.lists(st.tuples(st.sampled_from(StepKind), DAYS), max_size=8), DAYS)
def test_the_last_extension_and_the_last_answer_hold(
    said: list[tuple[StepKind, str]], first: str
) -> None:
    steps = [LogStep(what, "", UserId("u"), str(n), due=day) for n, (what, day) in enumerate(said)]
    entry = LogEntry(RecordId("e"), "R-26-0001", LogKind.COMPLAINT, first, first, "", "", "",
                     steps=steps)  # fmt: skip
    extended = [day for what, day in said if what is StepKind.EXTENDED]
    answered = [str(n) for n, (what, _) in enumerate(said) if what is StepKind.ANSWERED]
    assert entry.due == ([first, *extended])[-1]
    assert (entry.answer.words if entry.answer else None) == ([None, *answered])[-1]


def test_the_file_of_answer_times_is_checked_with_lines() -> None:
    good = resources.path("resources", ANSWER_TIMES_FILE).read_text("utf-8")
    mistakes: Any = []
    assert len(read_answer_times(TomlSource(ANSWER_TIMES_FILE, good), mistakes)) == 3
    assert mistakes == []
    broken = good.replace("days = 30", "days = 0").replace('id = "breach"', 'id = "complaint"')
    read_answer_times(TomlSource(ANSWER_TIMES_FILE, broken), mistakes)
    told = "\n".join(m.reason for m in mistakes)
    assert '"days" must be 1 or more' in told
    assert 'one [[times]] with id = "breach"' in told
