"""The power was out: an intake was taken on a blank form, and is keyed in the next day.

Both times are kept; what is owed counts from the paper.
"""

from pathlib import Path

import pypdfium2 as pdfium
import pytest
import walk_in
from case_story import desk_of
from clerk import Clerk
from department import Department, OpenWindow

from intake_app.domain.clock import FixedClock
from intake_app.services.drawing.blank_forms import blank_forms, paper_ways
from intake_app.services.intakes.people import find_people

WRITTEN = "11/22/2026 9:15 PM"  # the evening before


def at_the_forms(open_window: OpenWindow, department: Department) -> Clerk:
    clerk = open_window()
    clerk.sign_in(department.staff["mhale"])
    clerk.press("Forms on paper")
    return clerk


def key_in(clerk: Clerk, written: str) -> None:
    clerk.choose("Which form", "Walk-in self-referral")
    clerk.write("When it was filled in", written)
    clerk.press("Begin to key in")


def test_what_was_taken_on_paper_is_keyed_in_with_both_times(
    open_window: OpenWindow, department: Department, clock: FixedClock
) -> None:
    clerk = at_the_forms(open_window, department)
    key_in(clerk, WRITTEN)
    clerk.choose("Who is this for?", "For myself")
    clerk.press("Continue")
    walk_in.pass_safety(clerk)
    walk_in.give_name(clerk)
    walk_in.decide(clerk)
    clerk.press("Finish")
    walk_in.receipt_number(clerk)
    clerk.press("Open this intake")
    told = "Sun, Nov 22, 9:15 PM, taken by M. Hale. On paper first; keyed in Mon, Nov 23, 2:40 PM"
    assert clerk.reads(told)
    clerk.conductor.lock()
    clerk.settle()
    with desk_of(department, clock, "jlowe") as desk:
        (row,) = find_people(desk, walk_in.LAST)
        assert row.opened.startswith("2026-11-22T21:15")
        due = [one.due for one in desk.care_file.due("follow_up", "2027-12-31", 99)
               if one.about == row.record]  # fmt: skip
    assert due[0] == "2026-11-25"  # 72 hours after the paper, not after the keying


def test_a_time_that_is_still_to_come_is_refused_in_words(
    open_window: OpenWindow, department: Department
) -> None:
    clerk = at_the_forms(open_window, department)
    key_in(clerk, "11/24/2026 9:15 PM")
    assert clerk.reads("This moment is still to come. Enter when it happened.")
    clerk.press("Back")
    assert clerk.reads("Walk-in self-referral")


def test_blank_forms_are_saved_where_there_is_no_printer(
    open_window: OpenWindow, department: Department, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    clerk = at_the_forms(open_window, department)
    clerk.press("Print all blank forms")
    assert clerk.reads("printer")
    clerk.save_pdf(clerk.find("Save them as PDF"))
    saved = next(tmp_path.glob("blank-form-*.pdf"))
    assert "Intake on paper" in walk_in.words_of(saved.read_bytes())


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_blank_form_asks_all_that_the_short_path_asks(
    department: Department, clock: FixedClock, language: str
) -> None:
    with desk_of(department, clock, "mhale") as desk:
        forms = {form.ref.id: form for form in paper_ways(desk)}
        made = blank_forms(desk, language)
    assert {one.form for one in made} == set(forms)
    for one in made:
        said = " ".join(walk_in.words_of(one.data).split())
        for section in forms[one.form].sections:
            asked = [f for f in section.fields if not (section.is_later or f.is_later)]
            for field in asked:
                assert " ".join(field.label.said_in(language).split()) in said
        assert len(pdfium.PdfDocument(one.data)) >= 2
