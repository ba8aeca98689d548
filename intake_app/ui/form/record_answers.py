"""The answers of a record on its page: a card for each section, one of them amended in place."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake_app.domain.form import Section
from intake_app.domain.ids import UserId
from intake_app.services.intakes.intakes import IntakeView
from intake_app.ui.form.amend_view import AmendView
from intake_app.ui.form.answer_list import AnswerCard, Reading
from intake_app.ui.form.history_card import HistoryCard
from intake_app.ui.form.notes_card import NotesCard
from intake_app.ui.form.origin_card import OriginCard
from intake_app.ui.form.setting import Setting
from intake_app.ui.parts.cards import clear
from intake_app.ui.parts.names import NameSwitch
from intake_app.ui.parts.scrolling import bring_into_view


@dataclass(frozen=True, slots=True)
class _Shown:
    """What stands there."""

    intake: IntakeView
    staff: Mapping[UserId, str]
    may_amend: Callable[[Section], bool]


class RecordAnswers(QWidget):
    """Answers, history and notes; names in them are covered until "Show names".

    Signals:
        amended: Changed answers by field id (None: taken away), and the reason.
        amending_changed: A section is being amended (True), so that nothing else can be done; or
            no longer.

    Attributes:
        sections: The cards, by section.
        amending: The section that is being amended, or None.
    """

    amended = Signal(dict, str)
    amending_changed = Signal(bool)

    def __init__(self, setting: Setting, names: NameSwitch) -> None:
        super().__init__()
        self._setting, self._names = setting, names
        self._shown: _Shown | None = None
        self.sections: dict[str, AnswerCard] = {}
        self.amending: AmendView | None = None
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        self._place, self._reading = QVBoxLayout(), QWidget()
        self._cards = QVBoxLayout(self._reading)
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._cards.setSpacing(setting.theme.px(12))
        lines.addLayout(self._place)
        lines.addWidget(self._reading)
        names.changed.connect(self._on_names)

    def show_intake(
        self, intake: IntakeView, staff: Mapping[UserId, str], may_amend: Callable[[Section], bool]
    ) -> None:
        """Show them.

        Args:
            intake: The record.
            staff: Names of those who work here.
            may_amend: Whether the reader may amend a section.
        """
        self._shown = _Shown(intake, staff, may_amend)
        self._fill(self._shown)

    def end_amending(self) -> None:
        """Back to reading; nothing happens where nothing is amended."""
        if self.amending is None:
            return
        self.amending = None
        clear(self._place)
        self._reading.show()
        self.amending_changed.emit(False)

    def _fill(self, shown: _Shown) -> None:
        clear(self._cards)
        self.sections = {}
        intake, words = shown.intake, self._setting.words
        are_hidden = not self._names.is_on
        reading = Reading(intake.guide, intake.answers, words, self._setting.theme)
        if intake.imported is not None:
            self._cards.addWidget(OriginCard(intake.imported, words))
        for section in intake.guide.form.sections:
            card = AnswerCard(section, reading, words.text("Amend"))
            card.change.setVisible(shown.may_amend(section))
            card.change_asked.connect(self._on_amend)
            card.hide_names(are_hidden)
            self._cards.addWidget(card)
            self.sections[section.id] = card
        if intake.history:
            self._cards.addWidget(
                HistoryCard(intake.history, reading, shown.staff, are_names_hidden=are_hidden)
            )
        if intake.notes:
            self._cards.addWidget(
                NotesCard(intake.notes, shown.staff, words, are_hidden=are_hidden)
            )

    def _on_names(self) -> None:
        if self._shown is not None:
            self._fill(self._shown)

    def _on_amend(self, ident: str) -> None:
        if self._shown is None:
            return
        self.end_amending()
        intake = self._shown.intake
        section = next(s for s in intake.guide.form.sections if s.id == ident)
        setting = replace(self._setting, born=intake.guide.form.facts.get("born", ""))
        self.amending = AmendView(section, intake.guide, intake.answers, setting)
        self.amending.amended.connect(self.amended)
        self.amending.left.connect(self.end_amending)
        self._place.addWidget(self.amending)
        self.amending.show()
        self._reading.hide()
        self.amending_changed.emit(True)
        self.amending.view.take_focus()
        bring_into_view(self.amending)
