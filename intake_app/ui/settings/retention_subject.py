"""How long records are kept: an administrator proposes other times, a privacy officer agrees."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from intake_app.domain.ids import RecordId
from intake_app.domain.retention import Schedule
from intake_app.domain.roles import May, may
from intake_app.services.decisions.history import approve
from intake_app.services.decisions.keeping import RETENTION
from intake_app.services.decisions.schedule import (
    MOST_DAYS,
    MOST_MONTHS,
    propose_times,
    schedule_now,
)
from intake_app.services.decisions.telling import Told, history_told
from intake_app.ui.parts.cards import (
    Card,
    ErrorBox,
    MessageBox,
    PrimaryButton,
    clear,
    named_button,
    on_press,
)
from intake_app.ui.parts.errors import note
from intake_app.ui.parts.labels import field_label, muted, words_label
from intake_app.ui.settings.fields import SubjectTools, is_within
from intake_app.ui.settings.mistakes import told
from intake_app.words.dates import moment_in_words


class RetentionSubject(QWidget):
    """The rules of the schedule with their times, and what waits for a second person.

    Attributes:
        days: Fields by rule.
        months: The same.
        waiting: Buttons that approve, by decision.
    """

    def __init__(self, tools: SubjectTools) -> None:
        super().__init__()
        self._tools, words = tools, tools.words
        self._decides = may(tools.desk.person.roles, May.CHANGE_SETTINGS)
        self.days: dict[str, QLineEdit] = {}
        self.months: dict[str, QLineEdit] = {}
        self.waiting: dict[RecordId, QPushButton] = {}
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(18)
        self._waits = QVBoxLayout()
        lines.addLayout(self._waits)
        self._card = Card(words.text("How long records are kept"))
        self._about = muted("")
        self._card.box.addWidget(self._about)
        self._rules = QVBoxLayout()
        self._card.box.addLayout(self._rules)
        lines.addWidget(self._card)
        self.error, self.good = ErrorBox(tools.theme), MessageBox(tools.theme, "ok")
        self.why = QLineEdit()
        self.propose = PrimaryButton(words.text("Propose these times"))
        self.propose.setAccessibleName(words.text("Propose these times"))
        self.propose.clicked.connect(self._on_propose)
        if self._decides:
            law = words.text("Law or decision that these times come from")
            self._card.box.addWidget(field_label(law, self.why))
            self._card.box.addWidget(self.why)
            said = words.text("They hold once a privacy officer agrees under Settings.")
            self._card.box.addWidget(muted(said))
        for box in (self.error, self.good):
            lines.addWidget(box)
        if self._decides:
            lines.addWidget(self.propose, 0, Qt.AlignmentFlag.AlignLeft)

    def refresh(self) -> None:
        """Read the schedule, and what waits."""
        self._tools.background.run(self._read, lambda found: self._show(*found), self._fail)

    def _read(self) -> tuple[Schedule, list[Told]]:
        desk = self._tools.desk
        told = history_told(desk, self._tools.words, RETENTION)
        waiting = [one for one in told if one.line.decision.is_waiting]
        return schedule_now(desk), [one for one in waiting if not one.line.undone_by]

    def _show(self, schedule: Schedule, waiting: list[Told]) -> None:
        words = self._tools.words
        said = words.text("Version {version}. {status}.", version=schedule.version,
                          status=schedule.status.said_in(words.language))  # fmt: skip
        self._about.setText(f"{said} {schedule.source.said_in(words.language)}")
        clear(self._rules)
        self.days, self.months = {}, {}
        for rule in schedule.rules:
            title = rule.label.said_in(words.language)
            self._rules.addWidget(words_label(title, "label"))
            if rule.authority:
                self._rules.addWidget(muted(rule.authority.said_in(words.language)))
            row = QHBoxLayout()
            for fields, count, name in (
                (self.days, rule.days, words.text("{rule}: days", rule=title)),
                (self.months, rule.months, words.text("{rule}: months", rule=title)),
            ):
                field = fields[rule.id] = QLineEdit(str(count))
                field.setAccessibleName(name)
                field.setMaximumWidth(self._tools.theme.px(90))
                field.setEnabled(self._decides)
                row.addWidget(field)
                unit = words.text("days") if fields is self.days else words.text("months")
                row.addWidget(muted(unit, wraps=False))
            row.addStretch()
            self._rules.addLayout(row)
        self._show_waiting(waiting)

    def _show_waiting(self, waiting: list[Told]) -> None:
        words = self._tools.words
        clear(self._waits)
        self.waiting = {}
        for shown in waiting:
            line = shown.line
            card = Card(words.text("Waits for a privacy officer"))
            at = moment_in_words(line.decision.at, words.language)
            said = words.text("{who}, {day}", who=line.who, day=at)
            if line.decision.undoes:
                said = words.text("{who}, {day}: take the last change back", who=line.who, day=at)
            card.box.addWidget(words_label(said))
            for part in (*shown.parts, line.decision.why):
                card.box.addWidget(muted(part))
            if line.may_approve:
                button = named_button(words.text("I agree"))
                on_press(button, partial(self._on_approve, line.decision.id))
                card.box.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
                self.waiting[line.decision.id] = button
            self._waits.addWidget(card)
            card.show()

    def _on_approve(self, ident: RecordId) -> None:
        job = partial(approve, self._tools.desk, ident)
        said = self._tools.words.text("Agreed. It holds from now on.")
        self._tools.background.run(job, partial(self._on_done, said), self._fail)

    def _on_propose(self) -> None:
        words = self._tools.words
        for fields, most in ((self.days, MOST_DAYS), (self.months, MOST_MONTHS)):
            for field in fields.values():
                if not is_within(field.text(), 0, most):
                    told_so = words.text("Enter {least} to {most}.", least=0, most=most)
                    self.error.say(told_so, [(told_so, field.setFocus)])
                    return
        if not self.why.text().strip():
            said = words.text("Please say why, in a few words.")
            self.error.say(said, [(said, self.why.setFocus)])
            return
        times = {ident: (int(field.text()), int(self.months[ident].text()))
                 for ident, field in self.days.items()}  # fmt: skip
        job = partial(propose_times, self._tools.desk, times, self.why.text().strip())
        said = words.text("Proposed. A privacy officer finds it under Settings.")
        self._tools.background.run(job, partial(self._on_done, said), self._fail)

    def _on_done(self, said: str, _made: object) -> None:
        self.error.say("")
        self.good.say(said)
        self.refresh()

    def _fail(self, error: BaseException) -> None:
        note(error)
        self.good.say("")
        self.error.say(told(error, self._tools.words))
