"""Keying in a citation of a pad: an intake that begins with the pad's number and signed paper.

Entry time and handwritten time are kept apart. What the signature on the paper proves is filled
in; all else is asked. Nothing is printed anew: the person has the paper.
"""

from typing import Any, Final

from intake_app.domain.draft import Draft
from intake_app.domain.errors import NumberInWork
from intake_app.domain.form import YES, Answers, Form
from intake_app.domain.ids import RecordId
from intake_app.domain.roles import May
from intake_app.services.citing.pads import draft_with, keyed_change, pad_of, unused
from intake_app.services.desk import Desk
from intake_app.services.records.drafts import begin_draft, guide_of, resume_draft, save_draft
from intake_app.services.records.on_paper import TRANSCRIBED, OnPaper, note_on_paper

_SIGNED: Final = ("signed", "officer_signed")
"""Columns of a form's [facts]: the signatures that stand on the paper."""


def key_in(desk: Desk, number: str) -> Draft:
    """Begin an intake with the number of a pad's citation, or go on with the one that was begun.

    Args:
        desk: Whose.
        number: As typed, or as a scanner reads it.

    Raises:
        NotAllowed: Not in this person's roles.
        NumberNotOnPad: It is on no pad here.
        NumberVoid: It was voided.
        NumberUsed: A case has it.
        NumberInWork: A colleague is keying it in.
        FormMissing: The program's file is gone.
    """
    desk.require(May.TAKE_CASE)
    desk.require(May.KEEP_PADS)
    entry = unused(desk, number)
    if begun := draft_with(desk, entry.number):
        return _own(desk, begun)
    pad = pad_of(desk, RecordId(entry.pad))
    draft = begin_draft(desk, pad.program.id)
    draft.number = entry.number
    draft.answers |= proved_by_paper(guide_of(desk, draft).form)
    note_on_paper(draft, OnPaper("", officer=pad.officer or pad.printed_for))
    save_draft(desk, draft)
    desk.cases_file.apply(keyed_change(desk, entry, draft.id), desk.act("key in citation", pad.id))
    return draft


def proved_by_paper(form: Form) -> Answers:
    """What a signed citation says by itself, as far as the form asks for it."""
    paper: dict[str, Any] = {"how": "paper", "name": "", "strokes": [], "at": ""}
    said: Answers = {TRANSCRIBED: YES, "decision": "accepted", **dict.fromkeys(_SIGNED, paper)}
    return {form.facts[name]: value for name, value in said.items() if form.facts.get(name)}


def _own(desk: Desk, ident: RecordId) -> Draft:
    entry = desk.drafts.get(ident)
    if entry is None or entry.author != desk.person.id:
        raise NumberInWork
    return resume_draft(desk, ident)
