"""Lists of choices: a list is chosen, its choices shown; one is added, retired or renamed."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from intake_app.domain.days import is_in_force
from intake_app.domain.form_change import CodeRow
from intake_app.services.decisions.code_lists import (
    CodeList,
    add_code,
    code_lists,
    rename_code,
    retire_code,
)
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import Card, ErrorBox, MessageBox, named_button, on_press
from intake_app.ui.parts.errors import note
from intake_app.ui.parts.labels import field_label, muted
from intake_app.ui.parts.typed import typed_day
from intake_app.ui.settings.fields import SubjectTools, narrow_picker
from intake_app.ui.settings.mistakes import told
from intake_app.words import own_name
from intake_app.words.dates import short_date


class CodesSubject(QWidget):
    """One list at a time.

    Attributes:
        which: The lists.
        rows: The choices of the chosen one.
        words: Fields for the words of a choice, by language.
        day: From when on, or until when.
    """

    def __init__(self, tools: SubjectTools) -> None:
        super().__init__()
        self._tools, words = tools, tools.words
        self._lists: dict[str, CodeList] = {}
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(12)
        lines.addWidget(muted(words.text(
            "A choice is never taken out: old answers are read as they were given. What is retired "
            "can no longer be chosen after its last day."
        )))  # fmt: skip
        self.which = narrow_picker()
        lines.addWidget(field_label(words.text("List"), self.which))
        lines.addWidget(self.which)
        self.rows = QListWidget()
        self.rows.setAccessibleName(words.text("Choices of this list"))
        self.rows.setFixedHeight(tools.theme.px(220))
        lines.addWidget(self.rows)
        card = Card()
        self.words: dict[str, QLineEdit] = {}
        for language in tools.desk.agency.languages:
            field = self.words[language] = QLineEdit()
            name = own_name(language)
            label = words.text("Words of the choice, {language}", language=name)
            card.box.addWidget(field_label(label, field))
            card.box.addWidget(field)
        self.day = QLineEdit()
        day = words.text("From this day on, or the last day (month/day/year; empty: today)")
        card.box.addWidget(field_label(day, self.day))
        card.box.addWidget(self.day)
        buttons: list[QPushButton] = []
        for text, act in (
            (words.text("Add as a new choice"), self._on_add),
            (words.text("Rename the chosen one"), self._on_rename),
            (words.text("Retire the chosen one"), self._on_retire),
            (words.text("Let it be chosen again"), self._on_back),
        ):
            button = named_button(text)
            on_press(button, act)
            buttons.append(button)
        card.box.addWidget(ButtonRow(tools.theme.px(8), buttons))
        lines.addWidget(card)
        self.error, self.good = ErrorBox(tools.theme), MessageBox(tools.theme, "ok")
        for box in (self.error, self.good):
            lines.addWidget(box)
        self.which.currentIndexChanged.connect(self._show_rows)
        self.rows.currentRowChanged.connect(self._on_row)

    def refresh(self) -> None:
        """Read the lists."""
        self._tools.background.run(partial(code_lists, self._tools.desk), self._show, self._fail)

    @property
    def chosen(self) -> CodeList | None:
        """The list that is shown."""
        return self._lists.get(str(self.which.currentData()))

    def _show(self, found: Sequence[CodeList]) -> None:
        name, words = str(self.which.currentData() or ""), self._tools.words
        self._lists = {one.name: one for one in found}
        self.which.blockSignals(True)
        self.which.clear()
        titles = {one.name: one.title.said_in(words.language) for one in found}
        for one in sorted(found, key=lambda one: titles[one.name].casefold()):
            title = titles[one.name]
            said = words.text("{title}: changed by you", title=title) if one.is_own else title
            self.which.addItem(said, one.name)
        self.which.setCurrentIndex(max(self.which.findData(name), 0))
        self.which.blockSignals(False)
        self._show_rows()

    def _show_rows(self) -> None:
        at = self.rows.currentRow()
        self.rows.clear()
        for row in self.chosen.rows if self.chosen else ():
            self.rows.addItem(QListWidgetItem(self._said(row)))
        self.rows.setCurrentRow(min(at, self.rows.count() - 1))

    def _said(self, row: CodeRow) -> str:
        words, desk = self._tools.words, self._tools.desk
        said = " / ".join(filter(None, (row.words.get(one) for one in desk.agency.languages)))
        today = desk.clock.local().date().isoformat()
        if row.ends:
            day = short_date(row.ends, words.language)
            is_over = not is_in_force("", row.ends, today)
            return (words.text("{name}: retired since {day}", name=said, day=day) if is_over
                    else words.text("{name}: until {day}", name=said, day=day))  # fmt: skip
        if row.starts > today:
            day = short_date(row.starts, words.language)
            return words.text("{name}: from {day} on", name=said, day=day)
        return said

    def _on_row(self, at: int) -> None:
        row = self._row(at)
        for language, field in self.words.items():
            field.setText(row.words.get(language, "") if row else "")

    def _row(self, at: int) -> CodeRow | None:
        rows = self.chosen.rows if self.chosen else ()
        return rows[at] if 0 <= at < len(rows) else None

    def _on_add(self) -> None:
        self._change(lambda name, _code, day: add_code(self._tools.desk, name, self._typed(), day),
                     needs_row=False)  # fmt: skip

    def _on_rename(self) -> None:
        self._change(
            lambda name, code, day: rename_code(self._tools.desk, name, code, self._typed(), day)
        )

    def _on_retire(self) -> None:
        today = self._tools.desk.clock.local().date().isoformat()
        self._change(
            lambda name, code, day: retire_code(self._tools.desk, name, code, day or today)
        )

    def _on_back(self) -> None:
        self._change(lambda name, code, _day: retire_code(self._tools.desk, name, code, ""))

    def _typed(self) -> dict[str, str]:
        return {language: field.text() for language, field in self.words.items()}

    def _change(self, act: Callable[[str, str, str], object], *, needs_row: bool = True) -> None:
        for box in (self.error, self.good):
            box.say("")
        words, typed = self._tools.words, self.day.text().strip()
        day, row = typed_day(typed), self._row(self.rows.currentRow())
        if typed and day is None:
            said = words.text("Enter the date as month/day/year, for example 11/2/2026.")
            self.error.say(said, [(said, self.day.setFocus)])
        elif needs_row and row is None:
            said = words.text("Choose a choice of the list first.")
            self.error.say(said, [(said, self.rows.setFocus)])
        elif self.chosen is not None:
            name, code = self.chosen.name, row.id if row else ""
            self._tools.background.run(
                partial(act, name, code, str(day or "")), self._on_kept, self._fail
            )

    def _on_kept(self, made: object) -> None:
        words = self._tools.words
        said = words.text("Saved. You can take it back under “What was changed”.")
        self.good.say(said if made else words.text("Nothing is different."))
        self.day.clear()
        self.refresh()

    def _fail(self, error: BaseException) -> None:
        note(error)
        self.error.say(told(error, self._tools.words))
