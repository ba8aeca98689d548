"""Somebody who speaks Spanish, with an interpreter on the phone; the window is in Spanish, large.

The whole form is filled in, every step and every kind of question, by the labels of the form file.
"""

from pathlib import Path

import pytest
import walk_in
from clerk import Clerk
from department import OpenWindow, Paper, Staff
from filler import Filler

from intake_app.domain.clock import FixedClock
from intake_app.domain.form import Form
from intake_app.rulebook.library import FormLibrary
from intake_app.rulebook.setting import Setting
from intake_app.settings import resources
from intake_app.settings.agency import Agency
from intake_app.settings.look import Look

WISHES = {
    "who_for": "self", "safety_now": "unsure", "triage_medical": ["overdose"],
    "triage_suicide": "yes", "triage_too_unwell": "unknown", "capacity": "deferred",
    "safety_next": "go_on", "may_contact": "yes", "outreach_lead": "no",
    "contact_ways": ["call", "letter", "email", "through_someone"], "email": "casa@example.org",
    "interpreter": "phone", "language": "es", "placed": "later", "decision": "accepted",
    "explained": ["explained", "voluntary"], "first_name": "Ximena", "last_name": "Ibarra",
    "consent_given": "yes", "consent_expires_how": "date", "consent_expires_on": "2026-12-31",
    "ride_left": "2026-11-23T14:00:00+00:00", "ride_arrived": "2026-11-23T15:00:00+00:00",
    "zip": "26298",
}  # fmt: skip


def form_of(clock: FixedClock) -> Form:
    setting = Setting.of(Agency(), clock)
    library = FormLibrary(resources.path("forms"), resources.path("resources"), setting)
    return library.guide("self_referral").form


def go_through(clerk: Clerk, filler: Filler, form: Form) -> None:
    """Step by step, first the short path, then what the coordinator asks."""
    titles = {section.title.said_in("es"): section for section in form.sections}
    review = clerk.words.text("Review and print")
    while not clerk.sees(clerk.words.text("Print")):
        filler.fill_step(filler.shown_section(titles))
        clerk.say("Continue")
    for title, section in titles.items():
        if section.is_later and clerk.sees(title):
            clerk.press(title)
            filler.fill_step(section)
    clerk.press(next(name for name in clerk.names() if name.endswith(review)))


def test_the_whole_form_by_its_labels_alone(
    open_window: OpenWindow, staff: Staff, clock: FixedClock, printer: Paper, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    clerk = open_window(Look("es", 2.0))
    clerk.sign_in(staff["mhale"])
    clerk.say("Walk-in self-referral")
    form = form_of(clock)
    filler = Filler(clerk, form, WISHES)
    go_through(clerk, filler, form)
    asked = {field.type for field in form.fields() if field.id in filler.given}
    assert asked == {field.type for field in form.fields()}
    assert not clerk.reads(clerk.words.plural("{n} answer is still missing or wrong", "", 1)[1:])
    clerk.say("Print")
    clerk.say("Finish")
    assert clerk.reads(clerk.words.text("The intake is saved"))
    assert clerk.reads(walk_in.title_of("referral_letter_participant", "es"))
    monkeypatch.chdir(tmp_path)
    clerk.save_pdf()
    letter = walk_in.words_of(next(tmp_path.glob("PH-*.pdf")).read_bytes())
    assert "Esta carta es para" in letter
    assert "This letter is for" not in letter
    assert printer.sheets
