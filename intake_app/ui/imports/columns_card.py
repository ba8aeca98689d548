"""Which column of a table fills what: a line for each column, with what stands in it."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from intake_app.domain.import_mapping import ColumnMap, ImportMapping
from intake_app.domain.typed_day import Century, DayOrder
from intake_app.services.imports.shape import Shape, says_who
from intake_app.ui.parts.cards import Card, MessageBox, clear
from intake_app.ui.parts.labels import field_label, muted, words_label
from intake_app.ui.parts.picker import Picker
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

HIDDEN = "•••"
_LETTERS = 18


class ColumnsCard(Card):
    """The columns.

    Signals:
        changed: Somebody chose something else (an `ImportMapping`).

    Attributes:
        pickers: What each column fills, in the order of the file.
        order: Month or day first.
        century: What short years mean.
        sheet: Which sheet.
        missing: What is still needed.
    """

    changed = Signal(object)

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__(words.text("Columns"), words.text("What does it say?"))
        self._words, self._theme = words, theme
        self._shape: Shape | None = None
        self._are_hidden = True
        self.pickers: list[Picker] = []
        self.order, self.century, self.sheet = Picker(), Picker(), Picker()
        self.missing = MessageBox(theme, "warn")
        self._how, self._grid_place = QGridLayout(), QWidget()
        self._grid = QGridLayout(self._grid_place)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(1, 3)
        self._grid.setColumnStretch(2, 4)
        self._grid.setHorizontalSpacing(theme.px(14))
        self.box.addWidget(self.missing)
        self.box.addLayout(self._how)
        self.box.addWidget(self._grid_place)
        self._lay_out_days()

    def show_shape(self, shape: Shape, *, are_hidden: bool) -> None:
        """Show the columns of a file.

        Args:
            shape: The file and how it will be read.
            are_hidden: Whether what says who somebody is stays covered.
        """
        is_same = self._shape is not None and self._shape.plan.headings == shape.plan.headings
        is_same = (
            is_same and self._shape is not None and self._shape.plan.targets == shape.plan.targets
        )
        self._shape, self._are_hidden = shape, are_hidden
        if not is_same:
            self._fill(shape)
        self._say_samples(shape)
        self._choose(shape)
        self._say_missing(shape)

    def hide_names(self, are_hidden: bool) -> None:
        """Cover samples that say who somebody is, or show them."""
        self._are_hidden = are_hidden
        if self._shape is not None:
            self._say_samples(self._shape)

    # --- laying out --------------------------------------------------------------------------

    def _lay_out_days(self) -> None:
        say = self._words.text
        self.order.addItem(say("Month first: 11/23/2026"), str(DayOrder.MDY))
        self.order.addItem(say("Day first: 23/11/2026"), str(DayOrder.DMY))
        self.century.addItem(say("Refuse years of two digits"), str(Century.REFUSE))
        self.century.addItem(say("Take them as the latest past year"), str(Century.PAST))
        asked = (
            (say("Days are written"), self.order), (say("Short years"), self.century),
            (say("Sheet"), self.sheet),
        )  # fmt: skip
        self._labels: list[QWidget] = []
        for n, (text, picker) in enumerate(asked):
            label = field_label(text, picker)
            self._labels.append(label)
            self._how.addWidget(label, 0, n)
            self._how.addWidget(picker, 1, n)
            self._how.setColumnStretch(n, 1)
            picker.let_shrink(_LETTERS)
            picker.activated.connect(self._on_chosen)

    def _fill(self, shape: Shape) -> None:
        clear(self._grid)
        self.pickers, self._samples = [], []
        language = self._words.language
        labels = [(one.label.said_in(language), one.id) for one in shape.plan.targets.all]
        for line, heading in enumerate(shape.plan.headings):
            picker = Picker()
            picker.let_shrink(_LETTERS)
            picker.setAccessibleName(self._words.text("What “{column}” says", column=heading))
            picker.addItem(self._words.text("Leave out"), "")
            for label, ident in labels:
                picker.addItem(label, ident)
            picker.activated.connect(self._on_chosen)
            sample = muted("")
            top = Qt.AlignmentFlag.AlignVCenter
            self._grid.addWidget(words_label(heading, "label"), line, 0, top)
            self._grid.addWidget(sample, line, 1, top)
            self._grid.addWidget(picker, line, 2)
            self.pickers.append(picker)
            self._samples.append(sample)

    def _say_samples(self, shape: Shape) -> None:
        by_place = {one.place: one for one in shape.plan.columns}
        for place, (label, found) in enumerate(zip(self._samples, shape.samples, strict=True)):
            column = by_place.get(place)
            # what nobody has matched yet may be a name as well
            is_open = column is not None and not says_who(shape.plan, column)
            told = ", ".join(found) if is_open or not self._are_hidden else HIDDEN if found else ""
            label.setText(told)

    def _choose(self, shape: Shape) -> None:
        filled = {one.place: one.target.id for one in shape.plan.columns}
        for place, picker in enumerate(self.pickers):
            picker.setCurrentIndex(max(0, picker.findData(filled.get(place, ""))))
        self.order.setCurrentIndex(self.order.findData(str(shape.plan.rule.order)))
        self.century.setCurrentIndex(self.century.findData(str(shape.plan.rule.century)))
        sheets = [one for one in shape.plan.file.sheets if len(one.rows) > 1]
        self.sheet.clear()
        for one in sheets:
            told = self._words.text("{name} (hidden)", name=one.name)
            self.sheet.addItem(told if one.is_hidden else one.name, one.name)
        self.sheet.setCurrentIndex(max(0, self.sheet.findData(shape.plan.sheet.name)))
        self._show_if(self.sheet, 2, len(sheets) > 1)
        self._show_if(self.century, 1, shape.has_short_years)

    def _show_if(self, picker: Picker, place: int, is_shown: bool) -> None:
        picker.setVisible(is_shown)
        self._labels[place].setVisible(is_shown)

    def _say_missing(self, shape: Shape) -> None:
        say, language = self._words.text, self._words.language
        names = [one.label.said_in(language) for one in shape.plan.missing()]
        told = say("Choose a column for: {names}", names=", ".join(names)) if names else ""
        if not told and shape.plan.is_order_open:
            told = say("Nothing in the file tells month and day apart. Say which comes first.")
        self.missing.say(told)

    # --- choosing ----------------------------------------------------------------------------

    def _on_chosen(self) -> None:
        if self._shape is not None:
            self.changed.emit(self._mapping(self._shape))

    def _mapping(self, shape: Shape) -> ImportMapping:
        before = {one.target: one for one in shape.plan.mapping.columns}
        taken: set[str] = set()
        columns: list[ColumnMap] = []
        sender = self.sender()
        for picker, heading in self._last_first(sender, shape.plan.headings):
            target = str(picker.currentData() or "")
            if target and target not in taken:
                taken.add(target)
                known = before.get(target)
                codes = known.codes if known else {}
                columns.append(ColumnMap(target, (heading,), codes))
        order = self._order(shape, sender)
        return replace(
            shape.plan.mapping, columns=tuple(columns), order=order,
            century=Century(str(self.century.currentData())),
            sheet=str(self.sheet.currentData() or ""),
        )  # fmt: skip

    def _order(self, shape: Shape, sender: object) -> str:
        """What somebody chose; before that, what the file shows."""
        is_said = sender is self.order or bool(shape.plan.mapping.order)
        return str(self.order.currentData()) if is_said else ""

    def _last_first(self, sender: object, headings: Sequence[str]) -> list[tuple[Picker, str]]:
        """What was chosen last wins where two columns want the same."""
        pairs = list(zip(self.pickers, headings, strict=True))
        return sorted(pairs, key=lambda pair: pair[0] is not sender)
