"""Papers: a preview issues nothing; what is issued is archived, counted, replaced."""

import hashlib
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
import pytest
from profiles import Desks, Profile
from walk_ins import CONSENT, audit, begun, care_of, seen, station_of, taken

from intake_app.domain.change import Value
from intake_app.domain.errors import (
    FactIsFinal,
    NotAllowed,
    PaperMissing,
    ReasonMissing,
    RecordMissing,
)
from intake_app.domain.ids import new_record_id
from intake_app.domain.paper import Audience, Paper
from intake_app.domain.roles import Role
from intake_app.domain.text import Text
from intake_app.services.desk import Desk
from intake_app.services.drawing.making import CONSENT as COPY_OF_CONSENT
from intake_app.services.intakes.intakes import amend_intake, finish_intake
from intake_app.services.papers.papers import (
    draft_papers,
    issue_papers,
    issued_papers,
    make_papers,
    note_printed,
    note_saved,
    offers,
    paper_bytes,
    preview_paper,
    void_and_reissue,
)
from intake_app.services.records.drafts import discard_draft, guide_of, resume_draft
from intake_app.services.records.frames import paper_language, person_language

LETTER, TO_PROVIDER = "referral_letter_participant", "referral_letter_provider"


def words_on(data: bytes) -> str:
    """What a reader of a PDF finds, and the language that it is told."""
    document = pypdfium2.PdfDocument(data)
    text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return " ".join(text.split())


def language_of(data: bytes) -> str:
    with pikepdf.open(BytesIO(data)) as document:
        return str(document.Root.Lang)


def test_a_preview_issues_nothing(desk: Desk) -> None:
    draft, before = begun(desk), audit(station_of(desk), "issue paper")
    data = preview_paper(desk, draft, LETTER)
    assert data.startswith(b"%PDF")
    assert draft.number == ""
    assert draft_papers(desk, draft) == []
    assert audit(station_of(desk), "issue paper") == before
    with pytest.raises(PaperMissing):
        preview_paper(desk, draft, "no_such_paper")
    assert resume_draft(desk, draft.id).number == ""


def test_what_is_offered_is_what_the_answers_allow(desk: Desk) -> None:
    draft = begun(desk)
    guide = guide_of(desk, draft)
    plain = {o.paper.id: o.is_default for o in offers(desk, guide, draft.answers)}
    assert plain[LETTER]
    assert TO_PROVIDER not in plain
    signed = {o.paper.id: o.is_default for o in offers(desk, guide, {**draft.answers, **CONSENT})}
    assert not signed[TO_PROVIDER]


def test_a_paper_made_before_finish_comes_to_the_archive_with_the_same_bytes(desk: Desk) -> None:
    draft = begun(desk)
    made = make_papers(desk, draft, [LETTER, "wallet_card"])
    assert [paper.number for paper in made] == [f"{draft.number}/1", f"{draft.number}/2"]
    before = [paper_bytes(desk, paper, draft) for paper in made]
    sealed = b"".join(body for _, body in desk.drafts.papers(draft.id))
    assert b"%PDF" not in sealed
    assert care_of(desk).blob(made[0].sha256) is None
    assert [paper.sha256 for paper in draft_papers(desk, resume_draft(desk, draft.id))] == [
        hashlib.sha256(data).hexdigest() for data in before
    ]
    done = finish_intake(desk, resume_draft(desk, draft.id))
    assert done.number == made[0].receipt
    kept = seen(desk, done.record).papers
    assert kept == tuple(made)
    assert [paper_bytes(desk, paper) for paper in kept] == before
    (more,) = issue_papers(desk, done.record, ["promise_sheet"])
    assert more.number == f"{done.number}/3"


def test_the_number_is_reserved_once_and_stays(desk: Desk) -> None:
    draft = begun(desk)
    (first,) = make_papers(desk, draft, [LETTER])
    again = resume_draft(desk, draft.id)
    (second,) = make_papers(desk, again, ["wallet_card"])
    assert first.receipt == second.receipt == again.number == finish_intake(desk, again).number


def test_a_reprint_is_the_same_bytes_and_each_copy_is_counted(profile: Profile, desk: Desk) -> None:
    done = taken(desk)
    (paper,) = issue_papers(desk, done.record, [LETTER])
    first = paper_bytes(desk, paper)
    profile.clock.at += timedelta(days=3)
    note_printed(desk, paper, "Front desk")
    note_printed(desk, paper, "Front desk")
    note_saved(desk, paper)
    (counted,) = issued_papers(desk, done.record)
    assert counted.copies == 3
    assert paper_bytes(desk, counted) == first
    assert len(audit(care_of(desk), "print paper")) == 2
    assert len(audit(care_of(desk), "save paper outside")) == 1
    uses = care_of(desk).about(paper.record, "paper.use")
    assert [use.values["how"] for use in uses] == ["printed", "printed", "saved"]


def test_copies_of_a_draft_paper_are_counted_too(desk: Desk) -> None:
    draft = begun(desk)
    (paper,) = make_papers(desk, draft, [LETTER])
    note_printed(desk, paper, "Front desk")
    done = finish_intake(desk, draft)
    assert [one.copies for one in issued_papers(desk, done.record)] == [1]


def test_a_wrong_letter_is_voided_and_reissued_in_one_act(desk: Desk) -> None:
    done = taken(desk)
    (wrong,) = issue_papers(desk, done.record, [LETTER])
    old = paper_bytes(desk, wrong)
    before = care_of(desk).verify_audit()
    with pytest.raises(ReasonMissing):
        void_and_reissue(desk, wrong, " ")
    right = void_and_reissue(desk, wrong, "wrong date")
    assert care_of(desk).verify_audit() == before + 1
    assert (right.replaces, right.number) == (wrong.number, f"{done.number}/2")
    assert f"Replaces no. {wrong.number}" in words_on(paper_bytes(desk, right))
    assert "Replaces" not in words_on(old)
    first, second = issued_papers(desk, done.record)
    assert (first.replaced_by, second.replaced_by) == (right.number, "")
    assert paper_bytes(desk, first) == old
    with pytest.raises(FactIsFinal):
        void_and_reissue(desk, wrong, "again")
    assert len(issued_papers(desk, done.record)) == 2


def test_a_paper_of_a_draft_or_of_nothing_cannot_be_reissued(desk: Desk) -> None:
    draft = begun(desk)
    (paper,) = make_papers(desk, draft, [LETTER])
    with pytest.raises(RecordMissing):
        void_and_reissue(desk, paper, "wrong date")
    with pytest.raises(RecordMissing):
        issue_papers(desk, new_record_id(), [LETTER])
    discard_draft(desk, draft.id, "never mind")
    with pytest.raises(PaperMissing):
        paper_bytes(desk, paper)


def test_the_same_facts_give_the_same_bytes(desk: Desk) -> None:
    draft = begun(desk)
    assert preview_paper(desk, draft, LETTER) == preview_paper(desk, draft, LETTER)
    other = begun(desk, appointment="2026-11-24T09:00:00+00:00")
    assert preview_paper(desk, draft, LETTER) != preview_paper(desk, other, LETTER)


@pytest.mark.parametrize("is_training", [True, False])
def test_papers_of_a_training_profile_say_sample(desk: Desk, is_training: bool) -> None:
    desk = replace(desk, is_training=is_training)
    draft = begun(desk, **CONSENT)
    for offer in offers(desk, guide_of(desk, draft), draft.answers):
        said = words_on(preview_paper(desk, draft, offer.paper.id))
        assert ("SAMPLE" in said) == is_training, offer.paper.id


def test_papers_speak_the_language_of_the_person_and_to_a_provider_the_agencys(desk: Desk) -> None:
    draft = begun(desk, **CONSENT, language="es")
    mine, theirs, copy = make_papers(desk, draft, [LETTER, TO_PROVIDER])
    assert [paper.language for paper in (mine, theirs, copy)] == ["es", "en", "es"]
    assert [language_of(paper_bytes(desk, p, draft))[:2] for p in (mine, theirs)] == ["es", "en"]
    assert language_of(preview_paper(desk, draft, TO_PROVIDER))[:2] == "en"
    done = finish_intake(desk, draft)
    (again, _) = issue_papers(desk, done.record, ["reply_slip"])
    assert again.language == "en"
    assert void_and_reissue(desk, again, "smudged").language == "en"


def test_what_was_chosen_at_the_desk_comes_first_and_what_is_not_printed_here_is_not_taken(
    desk: Desk,
) -> None:
    form = guide_of(desk, begun(desk)).form
    assert person_language(desk, form, {"language": "es"}) == "es"
    assert person_language(desk, form, {"language": "es"}, "en") == "en"
    assert person_language(desk, form, {"language": "vi"}) == "en"
    bare = replace(desk, agency=replace(desk.agency, languages=()))
    assert person_language(bare, form, {"language": "es"}) == "en"
    paper = Paper("p", "1", Text(), Audience.DEPARTMENT, ())
    assert paper_language(desk, paper, "es") == "es"


# --- with each disclosure goes a copy of the consent ----------------------------------------


@pytest.mark.parametrize("paper", [TO_PROVIDER, "fax_cover", "reply_slip"])
def test_a_copy_of_the_consent_goes_with_what_discloses(desk: Desk, paper: str) -> None:
    draft = begun(desk, **CONSENT)
    assert [p.paper for p in make_papers(desk, draft, [paper])] == [paper, COPY_OF_CONSENT]
    done = finish_intake(desk, draft)
    assert [p.paper for p in issue_papers(desk, done.record, [paper])] == [paper, COPY_OF_CONSENT]


def test_a_consent_signed_after_finish_lets_staff_write_to_the_provider(desk: Desk) -> None:
    done = taken(desk)
    with pytest.raises(PaperMissing):
        issue_papers(desk, done.record, [TO_PROVIDER])
    amend_intake(desk, done.record, CONSENT, "signed with the coordinator")
    assert len(issue_papers(desk, done.record, [TO_PROVIDER])) == 2


def test_one_copy_is_enough_in_one_call(desk: Desk) -> None:
    asked = ["fax_cover", COPY_OF_CONSENT, TO_PROVIDER]
    done = taken(desk, **CONSENT)
    assert [p.paper for p in issue_papers(desk, done.record, asked)] == asked


def test_a_letter_that_the_person_carries_discloses_nothing_and_needs_no_copy(desk: Desk) -> None:
    done = taken(desk, **CONSENT)
    assert [p.paper for p in issue_papers(desk, done.record, [LETTER])] == [LETTER]


def test_without_the_consent_paper_nothing_that_discloses_is_issued(desk: Desk) -> None:
    class WithoutConsent:
        def __getattr__(self, name: str) -> object:
            return getattr(desk.library, name)

        def papers(self, *asked: Value) -> tuple[Paper, ...]:
            return tuple(p for p in desk.library.papers(*asked) if p.id != COPY_OF_CONSENT)

    bare: Any = WithoutConsent()
    draft = begun(desk, **CONSENT)
    with pytest.raises(PaperMissing):
        make_papers(replace(desk, library=bare), draft, [LETTER, TO_PROVIDER])
    assert draft_papers(desk, draft) == []
    assert draft.number == ""


def test_papers_of_a_colleagues_draft_are_not_made(desks: Desks, desk: Desk) -> None:
    draft = begun(desk)
    with pytest.raises(NotAllowed):
        make_papers(desks(Role.COORDINATOR), draft, [LETTER])
