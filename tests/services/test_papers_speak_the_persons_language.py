"""A paper speaks the person's language, whatever the department and its window speak."""

from dataclasses import replace

import pytest
from test_papers_are_issued import LETTER, language_of, words_on
from walk_ins import begun

from intake_app.services.desk import Desk
from intake_app.services.records.drafts import guide_of
from intake_app.ui.papers.desk_work import DeskWork

SAYS = {"en": "Letter of introduction", "es": "Carta de presentación"}


@pytest.mark.parametrize(("department", "person"), [("es", "en"), ("en", "es"), ("es", "es")])
def test_the_letter_speaks_the_persons_language(desk: Desk, department: str, person: str) -> None:
    first = (department, *(code for code in ("en", "es") if code != department))
    there = replace(desk, agency=replace(desk.agency, languages=first))
    assert there.own_language == department
    draft, work = begun(there, language=person), DeskWork(there)
    assert work.language_of(draft, guide_of(there, draft).form) == person
    letter = work.preview(draft, LETTER)
    assert language_of(letter) == f"{person}-US"
    other = "es" if person == "en" else "en"
    assert SAYS[person].casefold() in words_on(letter).casefold()
    assert SAYS[other].casefold() not in words_on(letter).casefold()
