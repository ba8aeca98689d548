"""How follow-ups are said: when, by whom, how they ended, and what is still to be tried."""

from datetime import date
from typing import Final

from intake_app.domain.follow_up import TaskState
from intake_app.services.follow_up.attempts import SNAPSHOT
from intake_app.services.follow_up.follow_ups import REASONS, FollowUp
from intake_app.services.follow_up.overview import Overview
from intake_app.services.people.persons import DECEASED
from intake_app.services.records.tries import Attempt
from intake_app.ui.folder.call_card import try_in_words
from intake_app.ui.home.cards import how_soon
from intake_app.words import Words, mark
from intake_app.words.dates import short_day

_STATE: Final = {
    TaskState.DONE: (mark("Done"), "ok"),
    TaskState.UNABLE: (mark("Unable to contact"), "plain"),
    TaskState.DROPPED: (mark("Dropped"), "plain"),
}


class FollowUpWords:
    """The words of one folder's follow-ups.

    Args:
        words: Language of the window.
        found: What the tab shows.
        today: The day on the wall (YYYY-MM-DD).
    """

    def __init__(self, words: Words, found: Overview, today: str) -> None:
        self._words, self._found, self._today = words, found, date.fromisoformat(today)

    def stop(self, flag: str) -> str:
        """Why nobody may contact the person; empty: one may."""
        if not flag:
            return ""
        if flag == DECEASED:
            return self._words.text("This person has died. Do not call, write or visit.")
        return self._words.text("This person asked not to be contacted. Do not call, write or "
                                "visit.")  # fmt: skip

    def chip(self, one: FollowUp) -> tuple[str, str]:
        """How it stands, with a tint."""
        if one.state in _STATE:
            said, tint = _STATE[one.state]
            return self._words.text(said), tint
        return how_soon((date.fromisoformat(one.due) - self._today).days, self._words)

    def under(self, one: FollowUp) -> str:
        """When it is due and who is to do it; or why it was dropped."""
        words, language = self._words, self._words.language
        if one.state is TaskState.DROPPED:
            reason = self._found.words.get((REASONS, one.reason))
            return reason.label.said_in(language) if reason else one.reason
        if one.state is not TaskState.OPEN:
            return one.reason
        by = self._found.names.get(one.by) or words.text("Nobody yet")
        parts = [words.text("Due {day}", day=short_day(one.due, language)), by]
        tries = sum(attempt.follow_up == one.record for attempt in self._found.tries)
        if tries:
            parts.append(words.plural("{n} try", "{n} tries", tries))
        return " · ".join(parts)

    def missing(self, one: FollowUp) -> str:
        """What is still to be tried before "unable to contact", where a form asks for tries."""
        words = self._words
        if one.state is not TaskState.OPEN or one.rule.needed <= 1:
            return ""
        if not one.missing:
            return words.text("Enough was tried. “Unable to contact” may be noted.")
        tries, means = max(one.missing.tries, one.missing.means), one.missing.means
        said = words.plural(
            "Before “unable to contact”: {n} more try",
            "Before “unable to contact”: {n} more tries", tries,
        )  # fmt: skip
        if not means:
            return f"{said}."
        others = words.plural("by {n} way not used yet", "by {n} ways not used yet", means)
        return f"{said}, {others}."

    def try_title(self, one: Attempt) -> str:
        """A try in one line, with how the person is."""
        parts = [try_in_words(one, self._found, self._words)]
        for name, table in SNAPSHOT.items():
            choice = self._found.words.get((table, one.snapshot.get(name, "")))
            if choice is not None:
                parts.append(choice.label.said_in(self._words.language))
        return " · ".join(parts)
