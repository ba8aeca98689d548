"""Codes of the program in words: states of a record, pathways."""

from intake_app.services.case_labels import STATUS as CASE_STATES
from intake_app.words import Words, mark

STATES = {
    "finished": mark("Finished"),
    "amended": mark("Amended"),
    "draft": mark("Not finished"),
    "entered in error": mark("Entered in error"),
}

SHORT_PATHWAYS = {
    "self_referral": mark("Walk-in"),
    "officer_intervention": mark("Officer"),
}


def state_name(code: str, words: Words) -> str:
    """A record's state in words; a code without words is shown as it is."""
    return words.text(STATES.get(code) or CASE_STATES.get(code, code))


def short_pathway_name(code: str, words: Words) -> str:
    """A pathway in a word or two."""
    return words.text(SHORT_PATHWAYS.get(code, code))
