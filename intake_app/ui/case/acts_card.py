"""What happened to a case, in words: acts, overrides and approvals, oldest first."""

from collections.abc import Mapping

from PySide6.QtWidgets import QFrame, QVBoxLayout

from intake_app.domain.case_act import LIMITATION, REASON, REPORT_BY, CaseAct
from intake_app.domain.entry import show_date, show_moment
from intake_app.domain.ids import UserId
from intake_app.services.case.acts import NOTE
from intake_app.services.case.labels import ACT
from intake_app.services.citing.cases import CaseView, Note
from intake_app.ui.parts.cards import Card, Chip, drop
from intake_app.ui.parts.labels import muted, words_label
from intake_app.words import Words, mark
from intake_app.words.dates import moment_in_words

_NOTES = {
    "override": mark("A rule was set aside"),
    "override.confirmed": mark("The supervisor answered about a word given by phone"),
    "approval": mark("Approved"),
}


class ActsCard(Card):
    """The history of a case.

    Attributes:
        rows: One for each act, then for each override and approval.
    """

    def __init__(self, words: Words, this_year: int) -> None:
        super().__init__(words.text("History"))
        self._words, self._this_year = words, this_year
        self.rows: list[QFrame] = []

    def show_case(self, case: CaseView, names: Mapping[UserId, str]) -> None:
        """Show what happened."""
        for row in self.rows:
            self.box.removeWidget(row)
            drop(row)
        self.rows = [self._act(case, act, names) for act in case.acts]
        self.rows += [self._note(note, names) for note in case.notes]
        for row in self.rows:
            self.box.addWidget(row)

    def _act(self, case: CaseView, act: CaseAct, names: Mapping[UserId, str]) -> QFrame:
        words = self._words
        row, lines = _row()
        lines.addWidget(words_label(words.text(ACT[act.kind]), "label"))
        when = moment_in_words(act.at, words.language, self._this_year)
        lines.addWidget(muted(words.text("{who}, {when}", who=names.get(act.by, "?"), when=when)))
        for said in self._details(case, act):
            lines.addWidget(words_label(said))
        if act.id in case.status.conflicting:
            lines.addWidget(Chip(words.text("Contradicts another entry"), "late"))
        return row

    def _details(self, case: CaseView, act: CaseAct) -> list[str]:
        words, language = self._words, self._words.language
        reasons = case.reasons.get(act.kind, ())
        code = act.word(REASON)
        reason = next((one.label.said_in(language) for one in reasons if one.id == code), code)
        found = [words.text("Reason: {reason}", reason=reason)] if reason else []
        if act.word(REPORT_BY):
            when = show_moment(act.word(REPORT_BY), language)
            found.append(words.text("Report by: {when}", when=when))
        if act.word(LIMITATION):
            found.append(show_date(act.word(LIMITATION), language))
        if act.word(NOTE):
            found.append(act.word(NOTE))
        return found

    def _note(self, note: Note, names: Mapping[UserId, str]) -> QFrame:
        words = self._words
        row, lines = _row()
        lines.addWidget(words_label(words.text(_NOTES.get(note.kind, "Approved")), "label"))
        when = moment_in_words(note.at, words.language) if note.at else ""
        lines.addWidget(muted(words.text("{who}, {when}", who=names.get(note.by, "?"), when=when)))
        given = UserId(str(note.fields.get("by") or ""))
        if given:
            lines.addWidget(words_label(words.text(
                "Decided by {who}", who=names.get(given, str(given))
            )))  # fmt: skip
        for name in ("reason", "note"):
            if said := note.fields.get(name):
                lines.addWidget(words_label(str(said)))
        return row


def _row() -> tuple[QFrame, QVBoxLayout]:
    row = QFrame()
    row.setObjectName("row")
    lines = QVBoxLayout(row)
    lines.setContentsMargins(0, 6, 0, 8)
    lines.setSpacing(2)
    return row, lines
