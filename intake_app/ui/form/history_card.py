"""What was changed after Finish: the old answer, the new one, who, when and why."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QFrame, QVBoxLayout

from intake_app.domain.facts import NUMBER
from intake_app.domain.form import Field, Sensitivity
from intake_app.domain.ids import UserId
from intake_app.services.intakes.intakes import Amendment
from intake_app.ui.form.answer_list import HIDDEN, Reading, answer_in_words
from intake_app.ui.parts.cards import Card
from intake_app.ui.parts.labels import muted, words_label
from intake_app.words.dates import moment_in_words


class HistoryCard(Card):
    """Amendments, oldest first. Names in them are covered until "Show names"."""

    def __init__(
        self, history: Sequence[Amendment], reading: Reading, names: Mapping[UserId, str],
        *, are_names_hidden: bool,
    ) -> None:  # fmt: skip
        super().__init__(reading.words.text("Changes after Finish"))
        self._reading, self._names = reading, names
        self._are_hidden = are_names_hidden
        for amendment in history:
            self._add(amendment)

    def _add(self, amendment: Amendment) -> None:
        words = self._reading.words
        row = QFrame()
        row.setObjectName("row")
        lines = QVBoxLayout(row)
        lines.setContentsMargins(0, 6, 0, 8)
        lines.setSpacing(2)
        field = self._reading.guide.form.field(amendment.field)
        other = words.text("Number") if amendment.field == NUMBER else amendment.field
        title = field.label.said_in(words.language) if field else other
        lines.addWidget(words_label(title, "label"))
        old, new = self._said(field, amendment.old), self._said(field, amendment.new)
        lines.addWidget(words_label(words.text("Before: {answer}", answer=old)))
        lines.addWidget(words_label(words.text("Now: {answer}", answer=new)))
        lines.addWidget(muted(words.text(
            "{who}, {when}. Reason: {reason}", who=self._names.get(amendment.by, "?"),
            when=moment_in_words(amendment.at, words.language), reason=amendment.reason,
        )))  # fmt: skip
        self.box.addWidget(row)

    def _said(self, field: Field | None, value: object) -> str:
        if value is None or field is None:
            return self._reading.words.text("no answer") if value is None else str(value)
        if self._are_hidden and field.sensitivity is Sensitivity.IDENTITY:
            return HIDDEN
        reading = self._reading
        one = Reading(reading.guide, {field.id: value}, reading.words, reading.theme)
        return answer_in_words(field, one)
