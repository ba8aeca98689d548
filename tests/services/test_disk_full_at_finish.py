"""No room at any page of papers and Finish: it is said, and the draft is whole."""

from collections.abc import Callable

import pytest
from walk_ins import GIVEN_UP, begun, care_of, seen, station_of

from intake_app.domain.draft import Draft
from intake_app.domain.errors import DiskFull
from intake_app.services.desk import Desk
from intake_app.services.intakes.intakes import Finished, finish_intake
from intake_app.services.intakes.people import people_order
from intake_app.services.papers.papers import draft_papers, make_papers, preview_paper
from intake_app.services.records.apart import APART
from intake_app.services.records.drafts import resume_draft, save_draft, unfinished
from intake_app.storage.compartment import Compartment

LETTER = "referral_letter_participant"
ROOMY = 1_000_000
LONG = "x" * 20_000


def used(file: Compartment) -> int:
    return file.database.conn.execute("PRAGMA page_count").fetchone()[0]


def allow(file: Compartment, pages: int) -> None:
    file.database.conn.execute(f"PRAGMA max_page_count = {pages}").fetchone()


def whole(desk: Desk, draft: Draft, kept: Draft) -> None:
    """The draft on the disk is as it was saved; what is in memory can go on."""
    assert [one.id for one in unfinished(desk)] == [draft.id]
    again = resume_draft(desk, draft.id)
    assert again.answers == kept.answers
    for mine in (draft, again):
        assert mine.number in ("", again.number)
        assert mine.apart in ({}, again.apart)
    assert preview_paper(desk, again, LETTER).startswith(b"%PDF")


def tried_page_by_page(desk: Desk, file: Compartment, act: Callable[[Draft], object]) -> int:
    """Try an act with one page more each time; how often it was refused."""
    draft = begun(desk, own_words=LONG, **{**GIVEN_UP, "contraband_tag": LONG})
    kept, before, apart = resume_draft(desk, draft.id), len(people_order(desk)), used(file)
    for room in range(100):
        allow(file, apart + room)
        try:
            act(draft)
        except DiskFull:
            whole(desk, draft, kept)
            assert len(people_order(desk)) == before
        else:
            allow(file, ROOMY)
            return room
    raise AssertionError("it never fitted")


@pytest.mark.parametrize("side", [care_of, station_of], ids=["care", "station"])
def test_finish_is_refused_at_any_page_and_works_when_space_returns(
    desk: Desk, side: Callable[[Desk], Compartment]
) -> None:
    done: list[Finished] = []
    before = len(people_order(desk))
    refused = tried_page_by_page(desk, side(desk), lambda d: done.append(finish_intake(desk, d)))
    assert refused > 2
    assert unfinished(desk) == []
    assert len(people_order(desk)) == before + 1
    assert seen(desk, done[0].record).answers["own_words"] == LONG
    assert len(desk.station.of_kind(APART)) == 1
    assert care_of(desk).faults() == station_of(desk).faults() == []


@pytest.mark.parametrize("side", [care_of, station_of], ids=["care", "station"])
def test_a_paper_is_refused_at_any_page_and_works_when_space_returns(
    desk: Desk, side: Callable[[Desk], Compartment]
) -> None:
    made: list[str] = []

    def make(draft: Draft) -> None:
        made.extend(paper.number for paper in make_papers(desk, draft, [LETTER]))

    refused = tried_page_by_page(desk, side(desk), make)
    assert refused > 0 or side is care_of
    (left,) = unfinished(desk)
    again = resume_draft(desk, left.id)
    assert [paper.number for paper in draft_papers(desk, again)] == made
    assert finish_intake(desk, again).number == made[0].partition("/")[0]


def test_a_number_that_could_not_be_kept_is_not_used(desk: Desk) -> None:
    """Or the letter would carry another number than the record after a power cut."""
    draft = begun(desk)
    draft.answers["own_words"] = LONG
    allow(station_of(desk), used(station_of(desk)))
    for _ in range(2):
        with pytest.raises(DiskFull):
            finish_intake(desk, draft)
        assert draft.number == ""
    allow(station_of(desk), ROOMY)
    save_draft(desk, draft)
    assert finish_intake(desk, draft).number
