"""The {words} of papers: finding them in a text, and filling them in."""

import re
from collections.abc import Mapping

EXTRAS = frozenset({
    "agency_name", "agency_phone", "neutral_name", "neutral_phone", "staff_name", "today", "number",
    "program_name", "person_name",
    "affected", "answer", "answer_by", "answer_words", "log_number", "received_on", "sender",
    "agency_ori", "born_on", "complete_by", "event_day", "extended_to", "full_name", "instrument",
    "issued_at", "limitation_date", "month", "officer_name", "place_address", "place_hours",
    "place_name", "place_phone", "prosecutor_name", "reason", "report_by", "report_by_day",
    "report_by_time", "result_number", "result_of", "status", "tool_credit", "tool_name", "week",
    "accounting_none", "differs_in", "intake_number",
    "notice_to", "notice_to_address", "notice_to_phone", "revoked_on",
    "file_expires", "sent_for", "sent_to", "sent_under",
    "approved_by", "carried_out", "ledger_hash", "order_number", "proposed_by", "purge_basis",
    "purge_files", "purge_looked_over", "purge_no_backups", "purge_stations", "purge_token",
    "purge_way",
    "controls_modules", "controls_policy", "controls_scope", "controls_source", "trust_at",
    "trust_program", "trust_summary",
    "period", "left_out", "shown_from", "figures_rule", "figures_basis", "figures_waiting",
    "figures_released", "measure",
})  # fmt: skip
"""What every paper may use besides answers. Those of a held charge are empty where there is none.

`place_…` is the program's door; `event_day` the day of what the paper tells of (an extension, a
completion); `reason` and `status` are words of code tables, never of a person's own.
"""

SOURCES = (
    "arrivals", "audit", "bring", "calendar", "compliance", "conditions", "duties",
    "earlier_papers", "offenses_in_force", "limits", "exclusions", "due",
    "providers",
    "classes", "disclosures", "sent", "screening", "stock", "follow_ups", "timeline", "differences",
    "removed", "unreached", "carried",
    "told", "enclosed", "consent_copy",
    "trust_checks", "trust_to_do", "controls",
    "status_list",
)  # fmt: skip
"""Rows that are no answers: `Frame.tables`. A paper names one under `source`."""

FIGURES = (
    "figures",
    "figures_in_short",
    "figures_counted",
    "figures_quality",
    "figures_hidden",
)
"""Charts and tables that are made: `Frame.figures`. A block of type "figures" names one."""

STUB_WORDS = frozenset({
    "number", "report_by", "report_by_day", "report_by_time", "place_address", "place_hours",
    "place_phone", "neutral_name", "neutral_phone",
})  # fmt: skip
"""What the stub of a citation may use: it lies about in a kitchen and must tell nothing."""

_PLACE = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_BRACES = re.compile(r"[{}]")
_SENTENCE = re.compile(r"(?<=[.!?])[ \t]+(?=[A-ZÁÉÍÓÚÑ¿¡])")
"""Between two sentences of one line; not after "no." before a number."""


def places_of(text: str) -> tuple[str, ...]:
    """The names in braces, in order."""
    return tuple(_PLACE.findall(text))


def has_stray_braces(text: str) -> bool:
    """Whether a brace stands there that is no place for a word."""
    return _BRACES.search(_PLACE.sub("", text)) is not None


def fill(text: str, words: Mapping[str, str]) -> str:
    """The text with its words; empty where it has places and none of them has a word.

    A sentence of which no place has a word is left out too: "Say this number: {number}."

    Answers are put in once and never read again, so that braces in an answer stay as they are.
    """
    missing = [name for name in places_of(text) if not words.get(name)]
    if missing and len(missing) == len(places_of(text)):
        return ""
    text = "\n".join(_said(line, set(missing)) for line in text.split("\n")) if missing else text
    for name in missing:
        gap = re.escape(f"{{{name}}}")
        text = re.sub(rf"[ \t]*{gap}(?=[\s,.;:)!?]|$)|{gap}[ \t]*", "", text)
    if missing:
        text = "\n".join(line.rstrip() for line in text.split("\n")).strip()
    return _PLACE.sub(lambda found: words[found[1]], text)


def _said(line: str, missing: set[str]) -> str:
    """A line without the sentences that have places and a word for none of them."""
    sentences = _SENTENCE.split(line)
    kept = [s for s in sentences if not (places := set(places_of(s))) or places - missing]
    return line if len(kept) == len(sentences) else " ".join(kept)
