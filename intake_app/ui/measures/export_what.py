"""Which export, and of which days."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox

from intake_app.domain.export import Reach
from intake_app.services.desk import Desk
from intake_app.services.exports.ask import ExportKind
from intake_app.services.exports.words import reach_in_words
from intake_app.ui.measures.period_bar import PeriodBar
from intake_app.ui.parts.cards import Card
from intake_app.ui.parts.labels import field_label, muted
from intake_app.ui.parts.picker import Picker
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words


class ExportWhat(Card):
    """The card.

    Signals:
        changed: Something else is asked for.

    Attributes:
        kind: The list of exports.
        days: Of which days.
        coarse: Years for days, and nothing that names anybody.
        mark: The mark that Excel needs.
    """

    changed = Signal()

    def __init__(self, desk: Desk, words: Words, theme: Theme) -> None:
        say = words.text
        super().__init__(say("Which file, and of which days"))
        self._words = words
        self._kinds: Sequence[ExportKind] = ()
        self.kind = Picker()
        self.about, self.rule, self.reach = muted(""), muted(""), muted("")
        self.days = PeriodBar(desk, words, theme)
        self.coarse = QCheckBox(say("Less exact: years for days, and nothing that names anybody"))
        self.mark = QCheckBox(say("For Excel: begin the file with a mark of its letters"))
        self.box.addWidget(field_label(say("File"), self.kind))
        for part in (self.kind, self.about, self.rule, self.reach, self.days, self.coarse,
                     self.mark):  # fmt: skip
            self.box.addWidget(part)
        self.kind.currentIndexChanged.connect(self._on_kind)
        self.days.chosen.connect(self.changed)
        self.coarse.toggled.connect(self._on_coarse)
        self.mark.toggled.connect(self.changed)
        self.setFocusProxy(self.kind)

    @property
    def chosen(self) -> ExportKind | None:
        """The export that is asked for; None while there is none."""
        at = self.kind.currentIndex()
        return self._kinds[at] if 0 <= at < len(self._kinds) else None

    @property
    def wanted_reach(self) -> Reach:
        """How near it comes to a person, as it is asked for."""
        kind = self.chosen
        if kind is None:
            return Reach.NOBODY
        is_less = self.coarse.isChecked() and kind.can_be_coarse
        return min(kind.reach, Reach.CODED) if is_less else kind.reach

    def offer(self, kinds: Sequence[ExportKind]) -> None:
        """Show what there is; what was chosen stays chosen."""
        was, self._kinds = self.chosen, kinds
        self.kind.blockSignals(True)
        self.kind.clear()
        for one in kinds:
            self.kind.addItem(one.title.said_in(self._words.language), one.id)
        if was is not None:
            self.kind.setCurrentIndex(max(0, self.kind.findData(was.id)))
        self.kind.blockSignals(False)
        self._on_kind()

    def _on_kind(self) -> None:
        kind = self.chosen
        if kind is None:
            return
        say, language = self._words.text, self._words.language
        self.about.setText(kind.about.said_in(language))
        self.about.setVisible(bool(kind.about))
        rule = kind.authority.said_in(language)
        rule = say("By: {rule}", rule=rule) if rule else ""
        self.rule.setText(rule)
        self.rule.setVisible(bool(rule))
        self.coarse.setVisible(kind.can_be_coarse)
        self.mark.setVisible(kind.is_text)
        self.mark.blockSignals(True)
        self.mark.setChecked(kind.has_mark)
        self.mark.blockSignals(False)
        self._on_coarse()

    def _on_coarse(self) -> None:
        self.reach.setText(reach_in_words(self.wanted_reach, self._words))
        self.changed.emit()
