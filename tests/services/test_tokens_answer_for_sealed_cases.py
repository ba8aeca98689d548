"""Who took part before is known by a token alone: exact or possible, slow, logged, never a name."""

from dataclasses import replace
from pathlib import Path

import pytest
from held_cases import PROGRAM, audit, cases_of, move
from profiles import Desks
from sealing_world import PLANTED, TERMS, at_program, closed, completed

from intake_app.domain import facts
from intake_app.domain.draft import Draft
from intake_app.domain.errors import AskSupervisor, NoGrant, NotAllowed
from intake_app.domain.roles import Role
from intake_app.services.citing.participation import UNASKED, sealed_in_words, with_earlier
from intake_app.services.desk import Desk
from intake_app.services.records.drafts import begin_draft, resume_draft, save_draft
from intake_app.services.sealing.sealing import seal_case
from intake_app.services.sealing.tokens import (
    EXPIRED,
    PARTICIPATION,
    Earlier,
    Participation,
    earlier,
    settle_tokens,
)
from intake_app.words import Words

WHO = ("Quillfeather", "Wrenna", "1991-04-07")
ONCE = (Participation(PROGRAM, "2026-11", exact=1),)
MAYBE = (Participation(PROGRAM, "2026-11", possible=1),)


class QuickTokens:
    """Tokens that cost nothing: what they cost, and that they are kept, `tests/vault` proves."""

    def __init__(self) -> None:
        self.made: list[str] = []

    def made_of(self, text: str) -> str:
        self.made.append(text)
        return text.encode().hex()


@pytest.fixture
def supervisor(desks: Desks, tmp_path: Path) -> Desk:
    return replace(at_program(desks(Role.SUPERVISOR), tmp_path), tokens=QuickTokens())


@pytest.fixture
def officer(desks: Desks, tmp_path: Path, supervisor: Desk) -> Desk:
    """Their desk, once a case was sealed."""
    seal_case(supervisor, closed(supervisor, completed(supervisor)))
    return replace(at_program(desks(Role.OFFICER), tmp_path), tokens=QuickTokens())


@pytest.fixture
def draft(officer: Desk) -> Draft:
    return begun(officer)


def begun(desk: Desk, form_id: str = PROGRAM, **answers: object) -> Draft:
    made = begin_draft(desk, form_id)
    made.answers |= answers
    save_draft(desk, made)
    return made


def test_a_token_says_program_month_and_outcome_and_nothing_else(supervisor: Desk) -> None:
    seal_case(supervisor, closed(supervisor, completed(supervisor)))
    (kept,) = supervisor.cases_file.of_kind(PARTICIPATION)
    assert set(kept.values) == {
        "v", "exact", "possible", "program", "month", "outcome", facts.DUE,
    }  # fmt: skip
    assert (kept.values["program"], kept.values["month"]) == (PROGRAM, "2026-11")
    assert (kept.values["outcome"], kept.about) == ("completed", "")
    assert len(kept.values["possible"]) == 2  # swapped date, sounds like; no alias was told
    assert kept.values[facts.DUE] == "2028-12-25"


def test_real_tokens_are_hashes(desks: Desks, tmp_path: Path) -> None:
    desk = at_program(desks(Role.SUPERVISOR), tmp_path)
    seal_case(desk, closed(desk, completed(desk)))
    (kept,) = desk.cases_file.of_kind(PARTICIPATION)
    told = [kept.values["exact"], *kept.values["possible"]]
    assert {len(one) for one in told} == {64}
    assert len(set(told)) == 3
    assert earlier(desk, begun(desk), *WHO).by == ONCE


@pytest.mark.parametrize(
    ("who", "by"),
    [
        (WHO, ONCE),
        (("QUILLFEATHER", "wrenna", "1991-04-07"), ONCE),
        (("Quillfeather", "Wrenna", "1991-07-04"), MAYBE),  # day and month swapped
        (("Quilfether", "Wrena", "1991-04-07"), MAYBE),  # sounds like it
        (("Whitfield", "Wrenna", "1991-04-07"), ()),
        (("Quillfeather", "Wrenna", "1991-04-08"), ()),
        (("Quillfeather", "", "1991-04-07"), ()),
    ],
)
def test_it_answers_exact_or_possible_per_program_and_month(
    officer: Desk, draft: Draft, who: tuple[str, str, str], by: tuple[Participation, ...]
) -> None:
    assert earlier(officer, draft, *who).by == by


def test_an_alias_that_was_told_is_possibly_the_same(supervisor: Desk) -> None:
    told = "Bird Reyes, Kit Lowe"
    seal_case(supervisor, closed(supervisor, completed(supervisor, aliases=told)))
    mine = begun(supervisor)
    assert earlier(supervisor, mine, "Reyes", "Bird", WHO[2]).by == MAYBE
    assert earlier(supervisor, mine, "Lowe", "Kit", WHO[2]).by == ()  # the first one counts
    assert earlier(supervisor, mine, *WHO).by == ONCE


def test_a_look_back_counts_by_month() -> None:
    found = Earlier((Participation("a", "2025-12", 1), Participation("a", "2026-02", 2, 1)))
    assert (found.exact, found.possible) == (3, 1)
    assert found.since("2026-01-15").exact == 2
    assert found.since("").exact == 3


def test_asking_is_logged_first_and_once_for_a_draft(officer: Desk, draft: Draft) -> None:
    before = len(audit(cases_of(officer), "ask for earlier participation"))
    for _ in range(3):
        assert earlier(officer, draft, *WHO).exact == 1
    lines = audit(cases_of(officer), "ask for earlier participation")
    assert [line[2] for line in lines[before:]] == [draft.id]
    earlier(officer, draft, "Whitfield", "Jordan", "1991-04-17")
    assert len(audit(cases_of(officer), "ask for earlier participation")) == before + 2


def test_it_needs_an_open_officer_intervention_of_ones_own(
    officer: Desk, supervisor: Desk, draft: Draft
) -> None:
    with pytest.raises(NotAllowed):
        earlier(supervisor, draft, *WHO)
    with pytest.raises(NotAllowed):
        earlier(officer, begin_draft(officer, PROGRAM), *WHO)  # was never saved
    with pytest.raises(NotAllowed):
        earlier(officer, begun(officer, "self_referral"), *WHO)
    assert officer.tokens
    assert officer.tokens.made == []  # pyright: ignore[reportAttributeAccessIssue]


def test_care_can_neither_ask_nor_make_one(desks: Desks, draft: Draft) -> None:
    front = desks(Role.FRONT_DESK)
    assert front.tokens
    with pytest.raises(NotAllowed):
        earlier(front, draft, *WHO)
    with pytest.raises(NoGrant):
        front.tokens.made_of("QUILLFEATHER|WRENNA|1991-04-07")
    assert front.care_file.of_kind(PARTICIPATION) == []


def test_after_thirty_names_a_day_a_supervisor_asks(
    officer: Desk, supervisor: Desk, draft: Draft
) -> None:
    for n in range(30):
        earlier(officer, draft, f"Whitfield{n}", "Jordan", "1991-04-17")
    with pytest.raises(AskSupervisor):
        earlier(officer, draft, *WHO)
    draft.answers |= {name: PLANTED[name] for name in ("last_name", "first_name", "date_of_birth")}
    assert with_earlier(officer, draft)["earlier_here"]["amount"] == 0  # nobody is held up
    assert draft.marks[UNASKED] is True
    assert "Ask a supervisor" in sealed_in_words(draft, Words("en"))
    assert earlier(supervisor, begun(supervisor), *WHO).exact == 1
    move(officer, days=1)
    assert with_earlier(officer, draft)["earlier_here"]["amount"] == 1
    assert UNASKED not in draft.marks


def test_a_form_counts_cases_here_and_sealed_ones(officer: Desk, supervisor: Desk) -> None:
    completed(supervisor)  # and a live one of the same person
    mine = {name: PLANTED[name] for name in ("last_name", "first_name", "date_of_birth")}
    found = with_earlier(officer, begun(officer, **mine))
    assert found["earlier_here"] == {"amount": 2, "unit": ""}


def test_the_review_names_month_of_who_is_possibly_the_same(officer: Desk, draft: Draft) -> None:
    assert sealed_in_words(draft, Words("en")) == ""
    earlier(officer, draft, "Quilfether", "Wrena", WHO[2])
    told = "Possibly the same person, sealed: November 2026"
    assert sealed_in_words(replace(draft, answers={}), Words("en")) == told
    save_draft(officer, draft)
    assert sealed_in_words(resume_draft(officer, draft.id), Words("en")) == told
    earlier(officer, draft, *WHO)
    assert sealed_in_words(draft, Words("en")) == ""


def test_an_expired_token_says_nothing_and_goes(officer: Desk, draft: Draft) -> None:
    move(officer, days=731)
    assert earlier(officer, draft, *WHO).exact == 1  # its last day
    assert settle_tokens(officer) == 0
    move(officer, days=1)
    draft.marks.clear()
    assert earlier(officer, draft, *WHO).exact == 0
    assert settle_tokens(officer) == 0
    move(officer, days=30)
    assert settle_tokens(officer) == 1
    assert officer.cases_file.of_kind(PARTICIPATION) == []
    assert officer.cases_file.of_kind(EXPIRED) == []


def test_a_clock_that_is_wrong_by_years_ends_no_token(officer: Desk, draft: Draft) -> None:
    for _ in range(2):
        move(officer, days=3000)
        assert settle_tokens(officer) == 0
        move(officer, days=-3000)
        assert settle_tokens(officer) == 0
        draft.marks.clear()
        assert earlier(officer, draft, *WHO).exact == 1
    move(officer, days=732)
    assert settle_tokens(officer) == 0  # seen now; what was said to be seen later does not count
    move(officer, days=29)
    assert settle_tokens(officer) == 0
    move(officer, days=1)
    assert settle_tokens(officer) == 1


def test_a_program_that_keeps_none_leaves_none(desks: Desks, tmp_path: Path) -> None:
    text = TERMS.replace("token_months = 24", "token_months = 0")
    desk = at_program(desks(Role.SUPERVISOR), tmp_path, text)
    seal_case(desk, closed(desk, completed(desk)))
    assert desk.cases_file.of_kind(PARTICIPATION) == []
