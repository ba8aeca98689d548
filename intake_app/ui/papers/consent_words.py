"""Consents in words: which of the four, where it stands, and why something may not leave."""

from typing import Final

from intake_app.domain.consent import ConsentKind, Held, State
from intake_app.words import Words, mark
from intake_app.words.dates import short_date

KINDS: Final = {
    ConsentKind.HAND_OFF: mark("Consent to share with a provider"),
    ConsentKind.ALL_CARE: mark("Consent for all care"),
    ConsentKind.REPORT_BACK: mark("Consent to report back"),
    ConsentKind.PROCEEDINGS: mark("Consent for use in a proceeding"),
}

NEW: Final = {
    ConsentKind.HAND_OFF: mark("To a provider…"),
    ConsentKind.ALL_CARE: mark("For all care…"),
    ConsentKind.REPORT_BACK: mark("To report back…"),
    ConsentKind.PROCEEDINGS: mark("For a proceeding…"),
}

STATES: Final = {
    State.STANDING: (mark("Stands"), "ok"),
    State.SOON: (mark("Ends soon"), "soon"),
    State.EXPIRED: (mark("Ended"), "late"),
    State.REVOKED: (mark("Taken back"), "late"),
    State.REPLACED: (mark("Replaced"), "plain"),
    State.UNSIGNED: (mark("Not signed"), "soon"),
    State.DEFERRED: (mark("Ask again later"), "soon"),
    State.REFUSED: (mark("Said no"), "plain"),
}
"""Words and tint of a state."""


def kind_in_words(kind: ConsentKind, words: Words) -> str:
    """Which of the four it is."""
    return words.text(KINDS[kind])


def state_in_words(held: Held, words: Words) -> str:
    """Where a consent stands, with the day that counts."""
    said = words.text(STATES[held.state][0])
    if held.revocations:
        day = short_date(held.revocations[0].at[:10], words.language)
        said = words.text("Taken back on {day}", day=day)
        return said if held.is_confirmed else words.text("{said}, not in writing yet", said=said)
    if held.until and held.state in {State.STANDING, State.SOON}:
        return words.text("Until {day}", day=short_date(held.until, words.language))
    if held.until and held.state is State.EXPIRED:
        return words.text("Ended on {day}", day=short_date(held.until, words.language))
    return said
