"""A pad of blank citations: numbers first, then paper; each is explained, none given twice."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import page
import pikepdf
import pypdfium2
import pytest
from held_cases import ANSWERS, PEOPLE, PROGRAM, TOML, House, audit, cases_of, move

from intake_app.domain import facts
from intake_app.domain.clock import FixedClock
from intake_app.domain.draft import Draft
from intake_app.domain.errors import (
    BadPadCount,
    BeforeOffense,
    DiskFull,
    FactIsFinal,
    FormMissing,
    InstrumentNotAllowed,
    NoSuchOfficer,
    NotAllowed,
    NotYetHappened,
    NumberInWork,
    NumberNotOnPad,
    NumberUsed,
    NumberVoid,
    PaperTimeMissing,
    PaperTooLong,
    ReasonMissing,
    ReportByTooEarly,
)
from intake_app.domain.ids import RecordId, UserId
from intake_app.domain.roles import Role
from intake_app.domain.terms import Instrument
from intake_app.services.case.held import acts_in, held_case
from intake_app.services.citing import pads as service
from intake_app.services.citing.citing import Issued, issue_case
from intake_app.services.citing.contact_ends import decline
from intake_app.services.citing.keying_in import key_in
from intake_app.services.citing.pads import (
    Pad,
    hand_over_pad,
    make_pad,
    note_pad_copied,
    pad_bytes,
    pads,
    return_pad,
    void_number,
)
from intake_app.services.desk import Desk
from intake_app.services.papers.papers import paper_bytes
from intake_app.services.records.drafts import discard_draft, save_draft, unfinished
from intake_app.services.records.ledger import WHY, Use, ledger
from intake_app.services.records.on_paper import OnPaper, note_on_paper, on_paper_of

CITATION = Instrument.CITATION
OFFICER, SUPERVISOR, CLERK = (UserId(PEOPLE[role][0]) for role in (
    Role.OFFICER, Role.SUPERVISOR, Role.FRONT_DESK))  # fmt: skip
PAPERS = TOML.replace('papers = ["part', 'papers = ["citation", "part')
FROM_PAPER: dict[str, Any] = {
    name: value
    for name, value in ANSWERS.items()
    if name not in {"probable_cause", "attested", "explained_all", "decision"}
}
HANDED_OVER, REPORT_BY = "2026-11-23T08:40:00+00:00", "2026-11-30T16:00:00+00:00"


@pytest.fixture
def house(tmp_path: Path, clock: FixedClock) -> Iterator[House]:
    clock.at = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
    made = House(tmp_path, clock)
    (tmp_path / "forms" / "programs" / f"{PROGRAM}.toml").write_text(PAPERS, "utf-8")
    yield made
    made.close()


def refusals(data: bytes) -> list[str]:
    """What the PDF/UA-1 validator has against a file; empty: nothing."""
    report = page.validate_pdf_bytes(data, profile=page.ValidationProfile.PDF_UA_1)
    return [f"{failure.rule_id}: {failure.message}" for failure in report.failures]


def page_texts(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    return [" ".join(one.get_textpage().get_text_bounded().split()) for one in document]


def at_desk(house: House, role: Role) -> Desk:
    desk = house.desk(role)
    return replace(desk, agency=replace(desk.agency, case_programs=(PROGRAM,)))


@pytest.fixture
def desk(house: House) -> Desk:
    return at_desk(house, Role.OFFICER)


@pytest.fixture
def pad(desk: Desk) -> Pad:
    return make_pad(desk, PROGRAM, OFFICER, 3)


def keyed(desk: Desk, number: str, paper: OnPaper | None = None, **answers: object) -> Draft:
    draft = key_in(desk, number)
    draft.answers |= {**FROM_PAPER, **answers}
    note_on_paper(draft, paper or OnPaper(HANDED_OVER, REPORT_BY))
    save_draft(desk, draft)
    return draft


def issued(desk: Desk, number: str, paper: OnPaper | None = None) -> Issued:
    return issue_case(desk, keyed(desk, number, paper), CITATION)


# --- the pad ------------------------------------------------------------------------------


def test_a_pad_reserves_its_numbers_and_is_checked_out(desk: Desk) -> None:
    pad = make_pad(desk, PROGRAM, SUPERVISOR, 50)
    assert len(set(pad.numbers)) == 50
    assert (pad.officer, pad.count(Use.ON_PAD)) == (SUPERVISOR, 50)
    assert [e.use for e in ledger(desk, 2026)] == [Use.ON_PAD] * 50
    assert pads(desk) == [pad]
    (record,) = desk.cases_file.of_kind(service.PAD)
    assert record.values[facts.FORM]["digest"] == desk.library.guide(PROGRAM).form.ref.digest
    assert [line[1] for line in audit(cases_of(desk), "make pad")] == [OFFICER]


def test_a_pad_is_two_copies_of_each_number_with_no_name_but_the_officers(
    desk: Desk, pad: Pad
) -> None:
    data = pad_bytes(desk, pad.id)
    assert refusals(data) == []  # valid PDF/UA-1
    texts = page_texts(data)
    assert len(texts) == 6
    for n, text in enumerate(texts):
        assert {number for number in pad.numbers if number in text} == {pad.numbers[n // 2]}
        for said in ("D. Reyes", "9 Creek Road", "(304) 555-0133", "day 90 after it was issued",
                     "Come to the assessment, by day 14 after it was", "24 hours"):  # fmt: skip
            assert said in text, said
        assert not re.search(r"Okafor|Lowe|Hale|Quillfeather|November", text)
    with pikepdf.open(BytesIO(data)) as document, document.open_outline() as outline:
        assert [entry.title for entry in outline.root] == list(pad.numbers)


def test_a_pad_reads_well_in_spanish_too(desk: Desk) -> None:
    pad = make_pad(desk, PROGRAM, OFFICER, 1, "es")
    data = pad_bytes(desk, pad.id)
    assert refusals(data) == []
    assert "día 90 después de emitirse" in page_texts(data)[0]


def test_a_reprint_is_the_same_bytes_and_counts_as_a_copy(
    desk: Desk, pad: Pad, house: House
) -> None:
    first = pad_bytes(desk, pad.id)
    assert len(cases_of(desk).about(pad.id, service.DRAWN)) == 1
    other = replace(desk, agency=replace(desk.agency, name="Renamed Department"))
    move(desk, days=3)
    assert pad_bytes(other, pad.id) == first
    note_pad_copied(desk, pad.id, "front")
    note_pad_copied(desk, pad.id)
    assert pads(desk)[0].copies == 2


def test_power_gone_between_number_and_print(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The numbers are in the ledger, the pad can be printed later, and no number comes twice."""

    def go_dark(*_: object) -> bytes:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        pad = make_pad(desk, PROGRAM, OFFICER, 2)
        patched.setattr(type(desk.press), "pad", go_dark)
        with pytest.raises(KeyboardInterrupt):
            pad_bytes(desk, pad.id)
    with monkeypatch.context() as patched:
        patched.setattr(service, "reserving", go_dark)  # after the station gave the numbers
        with pytest.raises(KeyboardInterrupt):
            make_pad(desk, PROGRAM, OFFICER, 2)
    later = make_pad(desk, PROGRAM, OFFICER, 2)
    assert not {*later.numbers} & {*pad.numbers}
    uses = [entry.use for entry in ledger(desk, 2026)]
    assert uses == [Use.ON_PAD] * 2 + [Use.LOST] * 2 + [Use.ON_PAD] * 2
    assert all(WHY[use] for use in uses)
    assert pad.numbers[0] in page_texts(pad_bytes(desk, pad.id))[0]


def test_a_full_disk_at_any_page_makes_no_half_pad(desk: Desk) -> None:
    file = cases_of(desk)
    used = file.database.conn.execute("PRAGMA page_count").fetchone()[0]
    made, refused = None, 0
    for room in range(60):
        file.database.conn.execute(f"PRAGMA max_page_count = {used + room}").fetchone()
        try:
            made = make_pad(desk, PROGRAM, OFFICER, 40)
            break
        except DiskFull:
            refused += 1
            assert pads(desk) == []
            assert ledger(desk, 2026) == []
    assert refused
    assert made is not None
    with pytest.raises(DiskFull):
        pad_bytes(desk, made.id)
    file.database.conn.execute("PRAGMA max_page_count = 1000000").fetchone()
    assert len(page_texts(pad_bytes(desk, made.id))) == 80


def test_what_cannot_be_a_pad_takes_no_number(desk: Desk, tmp_path: Path) -> None:
    for count in (0, 51, -1):
        with pytest.raises(BadPadCount):
            make_pad(desk, PROGRAM, OFFICER, count)
    with pytest.raises(NoSuchOfficer):
        make_pad(desk, PROGRAM, CLERK, 1)
    with pytest.raises(FormMissing):
        make_pad(desk, "pembroke_pines", OFFICER, 1)
    long = replace(desk, agency=replace(desk.agency, neutral_name="", name="Very Long " * 900))
    with pytest.raises(PaperTooLong):
        make_pad(long, PROGRAM, OFFICER, 1)
    file = tmp_path / "forms" / "programs" / f"{PROGRAM}.toml"
    file.write_text(PAPERS.replace('["citation", "referral"]', '["referral"]'), "utf-8")
    with pytest.raises(InstrumentNotAllowed):
        make_pad(desk, PROGRAM, OFFICER, 1)
    assert ledger(desk, 2026) == []


def acts_on(pad: Pad) -> list[Callable[[Desk], object]]:
    number = pad.numbers[0]
    return [
        lambda desk: make_pad(desk, PROGRAM, OFFICER, 1), pads,
        lambda desk: pad_bytes(desk, pad.id), lambda desk: key_in(desk, number),
        lambda desk: void_number(desk, number, "lost"), lambda desk: return_pad(desk, pad.id),
    ]  # fmt: skip


def test_who_may_not_keep_pads(house: House, pad: Pad) -> None:
    for role in (Role.FRONT_DESK, Role.COORDINATOR):
        other = at_desk(house, role)
        for act in acts_on(pad):
            with pytest.raises(NotAllowed):
                act(other)


def test_a_pad_changes_hands(desk: Desk, pad: Pad) -> None:
    assert hand_over_pad(desk, pad.id, SUPERVISOR).officer == SUPERVISOR
    back = return_pad(desk, pad.id)
    assert (back.officer, back.printed_for, back.count(Use.ON_PAD)) == ("", OFFICER, 3)
    with pytest.raises(NoSuchOfficer):
        hand_over_pad(desk, pad.id, CLERK)
    assert key_in(desk, pad.numbers[0]).number == pad.numbers[0]


def test_a_lost_sheet_is_voided_with_its_reason(desk: Desk, pad: Pad) -> None:
    with pytest.raises(ReasonMissing):
        void_number(desk, pad.numbers[1], " ")
    with pytest.raises(NumberNotOnPad):
        void_number(desk, "PH-26-AC00999-X", "lost")
    void_number(desk, pad.numbers[1].lower(), "Rained on.")
    entry = ledger(desk, 2026)[1]
    assert (entry.use, entry.reason) == (Use.VOID, "Rained on.")
    assert [pads(desk)[0].count(use) for use in (Use.ON_PAD, Use.VOID)] == [2, 1]
    with pytest.raises(FactIsFinal):
        void_number(desk, pad.numbers[1], "again")
    with pytest.raises(NumberVoid):
        key_in(desk, pad.numbers[1])


# --- keying in ----------------------------------------------------------------------------


def test_a_citation_is_keyed_in_under_its_own_number_with_both_times(desk: Desk, pad: Pad) -> None:
    done = issued(desk, pad.numbers[1])
    assert done.finished.number == pad.numbers[1]
    assert not done.is_paper_different
    held = held_case(desk, done.finished.record)
    assert held.record.values["transcribed"] == "yes"
    (act,) = held.acts
    assert act.at == datetime(2026, 11, 23, 8, 40, tzinfo=UTC)  # by hand
    assert act.entered.startswith("2026-11-23T09:30")  # keyed in
    assert act.details["transcribed"] is True
    assert [e.use for e in ledger(desk, 2026)] == [Use.ON_PAD, Use.ISSUED, Use.ON_PAD]
    assert pads(desk)[0].count(Use.ISSUED) == 1
    assert {paper.paper for paper in done.papers} == {"citation"}  # archived, not given out again
    assert all(paper.copies == 0 for paper in done.papers)
    with pytest.raises(NumberUsed):
        key_in(desk, pad.numbers[1])


def test_the_paper_binds_where_it_says_otherwise(desk: Desk, pad: Pad) -> None:
    done = issued(desk, pad.numbers[0], OnPaper(HANDED_OVER, "2026-12-02T12:00:00+00:00"))
    assert done.is_paper_different
    assert done.report_by
    assert done.report_by.moment == datetime(2026, 12, 2, 12, 0, tzinfo=UTC)
    kinds = [str(act.kind) for act in acts_in(desk.cases_file, done.finished.record)]
    assert kinds == ["issued", "report_by_set"]


def test_another_persons_pad_names_the_officer_who_handed_it_over(
    house: House, desk: Desk, pad: Pad
) -> None:
    sergeant = at_desk(house, Role.SUPERVISOR)
    done = issue_case(
        sergeant, keyed(sergeant, pad.numbers[0], OnPaper(HANDED_OVER, officer=OFFICER)), CITATION
    )
    (act,) = acts_in(desk.cases_file, done.finished.record)
    assert (act.by, act.word("officer")) == (SUPERVISOR, OFFICER)
    said = page_texts(paper_bytes(desk, done.papers[0]))[0]
    assert "D. Reyes" in said
    assert "Okafor" not in said
    assert "Transcribed from paper. The paper signed by hand is the original." in said
    assert said.count("signed on paper") == 2
    begun = key_in(sergeant, pad.numbers[1])
    assert on_paper_of(begun) == OnPaper("", officer=OFFICER)


def test_the_paper_proves_what_it_proves_and_no_more(desk: Desk, pad: Pad) -> None:
    draft = key_in(desk, pad.numbers[0])
    guide = desk.library.guide(PROGRAM)
    assert draft.answers["decision"] == "accepted"
    assert draft.answers["participant_signature"]["how"] == "paper"
    missing = {problem.field for problem in guide.problems(draft.answers)}
    assert not missing & {"probable_cause", "attested", "explained_all", "decision"}
    assert {"last_name", "date_of_birth", "offenses", "has_risk", "has_victim"} <= missing


def test_times_on_a_paper_that_cannot_be(desk: Desk, pad: Pad) -> None:
    for paper, error in (
        (OnPaper(""), PaperTimeMissing),
        (OnPaper("2026-11-23T09:31:00+00:00"), NotYetHappened),
        (OnPaper("2026-11-23T08:09:00+00:00"), BeforeOffense),
        (OnPaper(HANDED_OVER, "2026-11-23T08:40:00+00:00"), ReportByTooEarly),
    ):
        with pytest.raises(error):
            issue_case(desk, keyed(desk, pad.numbers[0], paper), CITATION)
    assert ledger(desk, 2026)[0].use is Use.ON_PAD


def test_a_number_is_keyed_in_by_one_person_at_a_time(house: House, desk: Desk, pad: Pad) -> None:
    draft = key_in(desk, pad.numbers[0])
    assert key_in(desk, pad.numbers[0]).id == draft.id  # one goes on where one stopped
    sergeant = at_desk(house, Role.SUPERVISOR)
    with pytest.raises(NumberInWork):
        key_in(sergeant, pad.numbers[0])
    with pytest.raises(NumberInWork):
        void_number(sergeant, pad.numbers[0], "lost")
    discard_draft(desk, draft.id, "wrong sheet")
    assert key_in(sergeant, pad.numbers[0]).id != draft.id
    assert len(unfinished(sergeant)) == 1


def test_nothing_is_issued_twice_under_one_number(desk: Desk, pad: Pad) -> None:
    first, second = keyed(desk, pad.numbers[0]), keyed(desk, pad.numbers[1])
    second.number = first.number
    issue_case(desk, first, CITATION)
    with pytest.raises(NumberUsed):
        issue_case(desk, second, CITATION)
    third = keyed(desk, pad.numbers[2])
    desk.cases_file.apply([service.voiding(desk, pad.numbers[2], "lost")], desk.act("void number"))
    with pytest.raises(NumberVoid):
        issue_case(desk, third, CITATION)


def test_a_citation_of_a_pad_is_no_referral(desk: Desk, pad: Pad) -> None:
    with pytest.raises(InstrumentNotAllowed):
        issue_case(desk, keyed(desk, pad.numbers[0]), Instrument.REFERRAL)


def test_a_paper_on_which_the_person_said_no_voids_its_number(desk: Desk, pad: Pad) -> None:
    draft = keyed(desk, pad.numbers[0], decision="declined")
    decline(desk, draft, "lawyer_first")
    assert ledger(desk, 2026)[0].use is Use.VOID


@pytest.mark.parametrize("typed", ["", "PH-26", "PH-26-A00017-K", "PH-26-AC00001-Z", "x" * 300])
def test_what_is_no_number_of_a_pad(desk: Desk, pad: Pad, typed: str) -> None:
    with pytest.raises(NumberNotOnPad):
        key_in(desk, typed)


def test_a_number_of_a_case_is_on_no_pad(desk: Desk, pad: Pad) -> None:
    number, *_ = service.taken_numbers(desk, "officer_intervention", 2026, 1)
    reserved = service.Reserved((number,))
    desk.cases_file.apply(service.reserving(desk, desk.cases_file, reserved), desk.act("reserve"))
    with pytest.raises(NumberNotOnPad):
        key_in(desk, number)
    assert RecordId(pads(desk)[0].id) == pad.id
