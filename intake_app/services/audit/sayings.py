"""What stands out in a week, and lines of the trail, as sentences; never a word of a record."""

from collections.abc import Mapping
from typing import Final

from intake_app.domain.audit_kind import ActKind, kind_of
from intake_app.domain.audit_trail import TrailLine
from intake_app.domain.ids import StationId, UserId
from intake_app.domain.notable import Notable, Seen
from intake_app.services.records.file_words import file_in_words
from intake_app.words import Words, mark
from intake_app.words.dates import moment_in_words

SEEN: Final = {
    Notable.OWN_RECORD: mark("{who} opened a record of somebody with their own name"),
    Notable.RELATIVE_RECORD: mark("{who} opened a record of somebody with their last name"),
    Notable.COLLEAGUE_RECORD: mark("{who} opened a record of somebody with a colleague's name"),
    Notable.REFUSED: mark("{who} tried what their role does not include"),
    Notable.FAILED_SIGN_IN: mark("Sign-in failed: {who}"),
    Notable.KEYS: mark("{who} worked on keys, cards or stations"),
    Notable.ACCOUNT: mark("{who} worked on people who sign in"),
    Notable.EXPORT: mark("{who} took something out of the program"),
    Notable.OVERRIDE: mark("{who} decided on an exception from a rule"),
    Notable.MANY_READS: mark("{who} opened unusually many records in a day"),
    Notable.NIGHT: mark("{who} opened records at night"),
    Notable.END: mark("{who} worked on the end of records"),
    Notable.POLICY: mark("{who} changed settings, forms or stores"),
    Notable.VEIL: mark("{who} kept a person apart from a colleague"),
    Notable.CLOCK: mark("The clock of a computer was put back"),
    Notable.LATE: mark("Lines of {who} came after their week was signed off"),
    Notable.BROKEN: mark("The trail of a file does not hold: {who} was signed in"),
}

KINDS: Final = {
    ActKind.SIGN_IN: mark("Signed in"),
    ActKind.SIGN_OUT: mark("Signed out"),
    ActKind.SIGN_IN_FAILED: mark("Sign-in failed"),
    ActKind.ACCOUNT: mark("People"),
    ActKind.KEYS: mark("Keys"),
    ActKind.READ: mark("Read"),
    ActKind.WRITE: mark("Written"),
    ActKind.PRINT: mark("Printed"),
    ActKind.EXPORT: mark("Taken out"),
    ActKind.CONSENT: mark("Consent"),
    ActKind.OVERRIDE: mark("Exception"),
    ActKind.END: mark("End of records"),
    ActKind.POLICY: mark("Settings"),
    ActKind.AUDIT: mark("Audit"),
    ActKind.BACKUP: mark("Backup"),
    ActKind.VEIL: mark("Kept apart"),
    ActKind.SYSTEM: mark("By itself"),
}
_OUTCOMES: Final = {"refused": mark("refused"), "failed": mark("failed")}

SHORT_ID: Final = 8
"""Digits of a record's id: enough to see that two lines are about one record."""


def say_seen(seen: Seen, names: Mapping[UserId, str], words: Words) -> str:
    """An exception as one sentence: "M. Hale opened records at night: 3 times, last on …"."""
    who = _who(seen.user, names, words)
    what = words.text(SEEN[seen.why], who=who)
    when = moment_in_words(seen.last, words.language)
    if seen.count == 1:
        return words.text("{what}: once, on {when}", what=what, when=when)
    return words.text("{what}: {n} times, last on {when}", what=what, n=seen.count, when=when)


def say_line(
    line: TrailLine, names: Mapping[UserId, str], stations: Mapping[StationId, str], words: Words
) -> str:
    """A line: when, who, what, how it ended, in which file, about which record (a short id)."""
    act = line.line.act
    parts = [
        moment_in_words(line.line.at, words.language), _who(act.user, names, words),
        f"{words.text(KINDS[kind_of(act.what)])}: {act.what}",
    ]  # fmt: skip
    if act.outcome in _OUTCOMES:
        parts.append(words.text(_OUTCOMES[act.outcome]))
    parts.append(file_in_words(line.file, words))
    if act.record:
        parts.append(act.record[:SHORT_ID])
    if line.station in stations:
        parts.append(stations[line.station])
    return "  ·  ".join(parts)


def _who(user: UserId, names: Mapping[UserId, str], words: Words) -> str:
    return names.get(user) or words.text("somebody whom nobody here knows")
