"""Codes of the program in words: states of a record, pathways."""

from intake_app.domain.listing import Row
from intake_app.domain.pathway import CARE_ROOM, room_of
from intake_app.services.case.labels import STATUS as CASE_STATES
from intake_app.ui.parts.pathway_words import PATHWAYS, as_words, care_status
from intake_app.words import Words


def state_name(row: Row, words: Words) -> str:
    """A record's state in words; a code without words is shown as it is."""
    if room_of(row.pathway) is CARE_ROOM:
        return care_status(row.status, words)
    return words.text(CASE_STATES.get(row.status, row.status))


def short_pathway_name(code: str, words: Words) -> str:
    """A pathway in a word or two."""
    known = PATHWAYS.get(code)
    return words.text(known.short) if known else as_words(code)
