"""Two entries side by side: a person looks at both, chooses what holds, and says why."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QGroupBox,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QWidget,
)

from intake_app.domain.change import Value
from intake_app.domain.form import Answers
from intake_app.services.people.merging import Both, Compared, Side
from intake_app.ui.form.setting import Setting
from intake_app.ui.parts.cards import Card, ErrorBox, PrimaryButton, clear, make_button, on_press
from intake_app.ui.parts.labels import field_label, muted, words_label
from intake_app.ui.parts.layouts import OptionsLayout
from intake_app.ui.parts.names import NameSwitch
from intake_app.ui.parts.scrolling import bring_into_view
from intake_app.words.dates import short_date

Then = Callable[[Answers, str], object]
"""What to do with the chosen answers and the reason."""

_HIDDEN = "•••"


class MergeCard(Card):
    """Hidden until two people are compared.

    Attributes:
        choices: By question: the buttons of both sides, the kept one first.
        reason: Why they are one person.
        act: Makes one person of them.
        leave: Leaves both as they are.
    """

    def __init__(self, setting: Setting, names: NameSwitch) -> None:
        super().__init__(setting.words.text("Are these the same person?"))
        self._setting, self._words, self._names = setting, setting.words, names
        self._both: Both | None = None
        self._then: Then | None = None
        self.choices: dict[str, tuple[QRadioButton, QRadioButton]] = {}
        self._told, self._safe = muted(""), muted(self._words.text(
            "Nothing is lost: both keep their intakes and papers, and you can take this back. "
            "The flags of both hold."
        ))  # fmt: skip
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(setting.theme.px(18))
        self._grid.setVerticalSpacing(setting.theme.px(4))
        self.reason = QLineEdit()
        self._error = ErrorBox(setting.theme)
        self.act = PrimaryButton(self._words.text("Make one person"), setting.theme)
        self.act.setAccessibleName(self.act.text())
        self.leave = make_button(self._words.text("Leave both as they are"))
        self.leave.setAccessibleName(self.leave.text())
        foot = QHBoxLayout()
        foot.addWidget(self.act)
        foot.addWidget(self.leave)
        foot.addStretch(1)
        self.box.addWidget(self._told)
        self.box.addLayout(self._grid)
        self.box.addWidget(self._safe)
        self.box.addWidget(field_label(self._words.text("How do you know?"), self.reason))
        self.box.addWidget(self.reason)
        self.box.addWidget(self._error)
        self.box.addLayout(foot)
        on_press(self.act, self._on_act)
        on_press(self.leave, self.hide)
        names.changed.connect(self._say_again)
        self.hide()

    def ask(self, both: Both, then: Then) -> None:
        """Show both sides; `then` is called with the answers that hold now, and the reason."""
        self._both, self._then = both, then
        self.reason.clear()
        self._error.say("")
        said = self._words.text(
            "Choose what holds now. It is written into the latest intake, with your reason."
        )
        self._told.setText(said if both.may_choose else self._words.text(
            "What was signed with a case stays as it is. Only whose cases they are changes."
        ))  # fmt: skip
        self._fill(both)
        self.show()
        first = next((pair[0] for pair in self.choices.values()), self.reason)
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        bring_into_view(self._told)

    def fail(self, text: str) -> None:
        """Say why it was not done; what was chosen stays."""
        self._error.say(text)
        bring_into_view(self._error)

    @property
    def chosen(self) -> Answers:
        """What holds now, by question, where the two sides differ."""
        found: dict[str, Value] = {}
        for one in self._both.fields if self._both else ():
            if one.field.id in self.choices:
                kept, _other = self.choices[one.field.id]
                found[one.field.id] = one.kept if kept.isChecked() else one.other
        return {name: value for name, value in found.items() if value is not None}

    # --- inside -----------------------------------------------------------------------------

    def _fill(self, both: Both) -> None:
        chosen = {name: pair[1].isChecked() for name, pair in self.choices.items()}
        clear(self._grid)
        self.choices = {}
        for column, side in enumerate((both.kept, both.other), 1):
            self._grid.addWidget(words_label(self._head(side), "label"), 0, column)
        for row, one in enumerate(both.fields, 1):
            label = one.field.label.said_in(self._words.language)
            self._grid.addWidget(muted(label), row, 0)
            if one.is_same or not both.may_choose:
                self._add_plain(both, one, row)
            else:
                self._add_choice(both, one, row)
        for name, is_other in chosen.items():
            if name in self.choices:
                self.choices[name][1 if is_other else 0].setChecked(True)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)

    def _add_plain(self, both: Both, one: Compared, row: int) -> None:
        self._grid.addWidget(words_label(self._shown(both.kept, one, one.kept)), row, 1)
        if not one.is_same:
            self._grid.addWidget(words_label(self._shown(both.kept, one, one.other)), row, 2)
        else:
            self._grid.addWidget(muted(self._words.text("the same")), row, 2)

    def _add_choice(self, both: Both, one: Compared, row: int) -> None:
        label = one.field.label.said_in(self._words.language)
        group, box = QButtonGroup(self), QGroupBox()
        box.setAccessibleName(label)
        lines = QHBoxLayout(box)
        lines.setContentsMargins(0, 0, 0, 0)
        buttons: list[QRadioButton] = []
        for value in (one.kept, one.other):
            shown = self._shown(both.kept, one, value)
            button = QRadioButton(shown.replace("&", "&&"))
            button.setAccessibleName(shown)
            group.addButton(button)
            holder = QWidget()  # a long address wraps on its own side
            OptionsLayout(self._setting.theme.scale, holder).addWidget(button)
            lines.addWidget(holder, 1)
            buttons.append(button)
        buttons[0 if one.kept is not None else 1].setChecked(True)
        self._grid.addWidget(box, row, 1, 1, 2)
        self.choices[one.field.id] = (buttons[0], buttons[1])

    def _shown(self, side: Side, one: Compared, value: Value) -> str:
        if value is None:
            return self._words.text("(no answer)")
        if not self._names.is_on:
            return _HIDDEN
        return side.guide.shown(one.field.id, value, self._words.language)

    def _head(self, side: Side) -> str:
        day = short_date(side.latest.opened, self._words.language)
        return self._words.plural(
            "Intake {number} of {day} ({n} intake)", "Intake {number} of {day} ({n} intakes)",
            len(side.intakes), number=side.latest.number, day=day,
        )  # fmt: skip

    def _say_again(self, *_: object) -> None:
        if self._both is not None and not self.isHidden():
            self._fill(self._both)

    def _on_act(self) -> None:
        if not self.reason.text().strip():
            self._error.say(self._words.text("Please say why, in a few words."))
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._then is not None:
            self._error.say("")
            self._then(self.chosen, self.reason.text())
