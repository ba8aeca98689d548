"""Papers that were issued wait in a list until a printer took them: a set for each intake."""

from dataclasses import replace
from datetime import timedelta

import pytest
from profiles import Desks, Profile
from walk_ins import taken

from intake_app.domain.errors import NotAllowed, ReasonMissing
from intake_app.domain.ids import RecordId, new_record_id
from intake_app.domain.roles import Role
from intake_app.services.desk import Desk
from intake_app.services.intakes.intakes import mark_entered_in_error
from intake_app.services.papers.papers import (
    issue_papers,
    note_printed,
    note_saved,
    void_and_reissue,
)
from intake_app.services.papers.print_queue import SheetSet, set_aside, sheet_sets, title_of
from intake_app.services.people.persons import FLAG
from intake_app.services.records.writing import fact

LETTER, CARD = "referral_letter_participant", "wallet_card"


@pytest.fixture
def clean(desk: Desk) -> Desk:
    """Nothing waits of what the training profile has issued."""
    for one in sheet_sets(desk):
        for paper in one.papers:
            note_printed(desk, paper, "Office")
    return desk


def issued(desk: Desk) -> RecordId:
    intake = taken(desk).record
    issue_papers(desk, intake, [LETTER, CARD])
    return intake


def of(desk: Desk, intake: RecordId) -> SheetSet:
    return next(one for one in sheet_sets(desk) if one.record == intake)


def flagged(desk: Desk, intake: RecordId, flag: str) -> None:
    said = {"flag": flag, "on": True, **desk.entered()}
    care = desk.care_file
    care.apply([fact(care, desk.person.id, FLAG, new_record_id(), said, about=intake)],
               desk.act("flag"))  # fmt: skip


def test_the_papers_of_one_intake_are_one_set(clean: Desk) -> None:
    first, second = issued(clean), issued(clean)
    found = {one.record: [p.paper for p in one.papers] for one in sheet_sets(clean)}
    assert found == {first: [LETTER, CARD], second: [LETTER, CARD]}


def test_a_paper_is_called_as_the_reader_says_it_whatever_it_is_in(clean: Desk) -> None:
    letter = of(clean, issued(clean)).papers[0]
    assert letter.language == "en"
    assert title_of(clean, letter, "en") == letter.title
    assert title_of(clean, letter, "es") == clean.library.paper(LETTER).title.said_in("es")
    assert title_of(clean, letter, "es") != letter.title
    assert title_of(clean, replace(letter, paper="gone"), "es") == letter.title


def test_what_a_printer_took_or_was_saved_is_off_the_list_and_the_rest_stays(clean: Desk) -> None:
    intake = issued(clean)
    letter, card = of(clean, intake).papers
    note_printed(clean, letter, "Office")
    assert [p.paper for p in of(clean, intake).papers] == [CARD]
    note_saved(clean, card)
    assert sheet_sets(clean) == []


def test_a_voided_paper_is_replaced_by_the_new_one(clean: Desk) -> None:
    intake = issued(clean)
    letter, card = of(clean, intake).papers
    new = void_and_reissue(clean, letter, "wrong name")
    assert [p.record for p in of(clean, intake).papers] == [card.record, new.record]


def test_a_paper_is_set_aside_with_a_reason_only(clean: Desk) -> None:
    intake = issued(clean)
    letter, card = of(clean, intake).papers
    with pytest.raises(ReasonMissing):
        set_aside(clean, letter, " ")
    set_aside(clean, letter, "given by hand")
    assert [p.record for p in of(clean, intake).papers] == [card.record]


def test_an_intake_entered_in_error_has_nothing_to_print(clean: Desk) -> None:
    intake = issued(clean)
    mark_entered_in_error(clean, intake, "test")
    assert sheet_sets(clean) == []


@pytest.mark.parametrize("flag", ["deceased", "do_not_contact"])
def test_a_set_says_why_nothing_may_go_to_the_person(clean: Desk, flag: str) -> None:
    intake = issued(clean)
    assert of(clean, intake).stop == ""
    flagged(clean, intake, flag)
    assert of(clean, intake).stop == flag


def test_the_list_ends_with_the_quarter(clean: Desk, profile: Profile) -> None:
    issued(clean)
    profile.clock.at += timedelta(days=91)
    assert sheet_sets(clean) == []


def test_an_officer_sees_no_set_of_care_and_an_administrator_none_at_all(
    clean: Desk, desks: Desks
) -> None:
    intake = issued(clean)
    officer = desks(Role.OFFICER)
    assert intake not in {one.record for one in sheet_sets(officer)}
    with pytest.raises(NotAllowed):
        sheet_sets(desks(Role.ADMINISTRATOR))
