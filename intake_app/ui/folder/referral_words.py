"""Plain words for referrals: where they stand, on whose word, and what happened."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from intake_app.domain.referral import Referral, SaidBy, Status, Step, Visit
from intake_app.services.follow_up.timeline_words import REFERRAL as STATUS
from intake_app.services.referrals.overview import Overview
from intake_app.services.referrals.referrals import MODES, NOT_COME, REASONS, SERVICES, URGENCY
from intake_app.words import Words, mark
from intake_app.words.dates import moment_in_words, short_day

SAID_BY: Final[Mapping[SaidBy, str]] = {
    SaidBy.PROVIDER: mark("The provider"),
    SaidBy.PERSON: mark("The person"),
    SaidBy.STAFF: mark("We ourselves"),
}
_MISSED: Final = mark("Did not come")
_TINTS: Final = {
    Status.ACCEPTED: "ok", Status.IN_PROGRESS: "ok", Status.COMPLETED: "ok",
    Status.REJECTED: "late", Status.FAILED: "late", Status.REQUESTED: "soon",
    Status.ON_HOLD: "soon",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReferralWords:
    """Says what an overview holds.

    Attributes:
        words: Language of the window.
        found: The overview.
    """

    words: Words
    found: Overview

    def code(self, table: str, code: str) -> str:
        """The label of a code; the code where its table no longer has it."""
        choices = self.found.tables.get(table, ())
        label = next((c.label.said_in(self.words.language) for c in choices if c.id == code), "")
        return label or code

    def head(self, one: Referral) -> str:
        """What is asked for, how soon, how."""
        said = [(SERVICES, one.service), (URGENCY, one.urgency), (MODES, one.mode)]
        return " · ".join(self.code(table, code) for table, code in said if code)

    def chips(self, one: Referral) -> list[tuple[str, str]]:
        """Where it stands: words and tint."""
        words, standing = self.words, one.standing
        if one.is_card:
            return [(words.text("Card only: not counted as a referral"), "soon")]
        found = [(words.text(STATUS[standing.status]), _TINTS.get(standing.status, "plain"))]
        if standing.is_closed_loop:
            found.append((words.text("Closed loop: the provider confirmed"), "ok"))
        elif standing.is_waiting:
            day = short_day(standing.waits_since, words.language)
            found.append((words.text("Provider's word owed: {day}", day=day), "soon"))
        return found

    def facts(self, one: Referral) -> list[str]:
        """What is known of it, line by line."""
        words, standing = self.words, one.standing
        said: list[str] = []
        if standing.appointment:
            when = moment_in_words(standing.appointment, words.language)
            said.append(words.text("First visit: {when}", when=when))
        if standing.missed:
            said.append(words.plural("{n} visit missed", "{n} visits missed", standing.missed))
        if standing.wait_days is not None:
            said.append(words.plural("Wait of about {n} day", "Wait of about {n} days",
                                     standing.wait_days))  # fmt: skip
        if one.note:
            said.append(one.note)
        return said

    def step(self, step: Step) -> str:
        """One step: when, what, on whose word, who noted it."""
        words = self.words
        what = _MISSED if step.visit == Visit.MISSED else STATUS[step.status]
        parts = [moment_in_words(step.at, words.language), words.text(what)]
        table = NOT_COME if step.visit == Visit.MISSED else REASONS.get(step.status, "")
        if step.reason:
            parts.append(self.code(table, step.reason))
        if step.contact:
            parts.append(words.text("spoke with {name}", name=step.contact))
        if step.appointment:
            when = moment_in_words(step.appointment, words.language)
            parts.append(words.text("First visit: {when}", when=when))
        if step.said_by is not SaidBy.STAFF:
            parts.append(words.text("word of: {who}", who=words.text(SAID_BY[step.said_by])))
        parts.append(words.text("noted by {who}", who=self.found.names.get(step.by, "?")))
        return " · ".join((*parts, step.note) if step.note else parts)
