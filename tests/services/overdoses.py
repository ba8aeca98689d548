"""Overdoses for stories: the shortest answers that finish."""

from typing import Any

from intake_app.domain.change import Value
from intake_app.domain.draft import Draft
from intake_app.services.desk import Desk
from intake_app.services.intakes.intakes import Finished, finish_intake
from intake_app.services.records.drafts import begin_draft, save_draft

OVERDOSE: dict[str, Any] = {
    "overdose_at": "2026-11-23T02:10:00-05:00",
    "overdose_place": "400 block of River Street",
    "overdose_result": "nonfatal",
    "overdose_naloxone": "yes",
}
FAMILY: dict[str, Any] = {
    "next_step": "visited",
    "who_was_met": "family_only",
    "family_support": "accepted",
    "family_wants": ["family_support"],
    "first_name": "Devon",
    "last_name": "Ashgrove",
}
NOBODY: dict[str, Any] = {"next_step": "event_only"}
PLANNED: dict[str, Any] = {"next_step": "planned", "first_name": "Devon", "last_name": "Ashgrove"}


def overdose(desk: Desk, **answers: Value) -> Draft:
    """An overdose that could be finished, saved."""
    draft = begin_draft(desk, "naloxone_plus")
    draft.answers |= {**OVERDOSE, **answers}
    save_draft(desk, draft)
    return draft


def told(desk: Desk, **answers: Value) -> Finished:
    """A finished one."""
    return finish_intake(desk, overdose(desk, **answers))
