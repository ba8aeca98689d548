"""The set-up of a department: six short steps, then the recovery cards on paper."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from intake_app.domain.errors import WeakPassphrase
from intake_app.services.signing.signing_in import Gate, SetUp, SetUpDone
from intake_app.settings.agency import Agency
from intake_app.ui.help.button import with_help
from intake_app.ui.parts.announce import announce
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.cards import ErrorBox, PrimaryButton, make_button
from intake_app.ui.parts.cursor import first_control, hand_cursor_by
from intake_app.ui.parts.errors import note, sentence_for
from intake_app.ui.parts.labels import heading, muted, restyle, words_label
from intake_app.ui.parts.scrolling import bring_into_view, scrolled
from intake_app.ui.parts.theme import Theme
from intake_app.ui.parts.typed import ToMend
from intake_app.ui.set_up.cards import PrintStep
from intake_app.ui.set_up.people import FurtherStep, LeadersStep, PersonCard
from intake_app.ui.set_up.steps import CardsStep, DepartmentStep, NoArrestText, PolicyStep, Step
from intake_app.ui.set_up.ways_card import WaysCard
from intake_app.words import Words


class SetUpPage(QWidget):
    """Asks step by step, makes the profile at the end, and shows the cards once.

    Signals:
        given_up: Back to the first page; nothing was made.
        print_asked: Print this recovery card (PDF bytes) with its number.
        save_asked: Save it as a file, to be printed elsewhere.
        finished: The cards are put away; show the lock screen.
    """

    given_up = Signal()
    print_asked = Signal(bytes, int)
    save_asked = Signal(bytes, int)
    finished = Signal()

    def __init__(
        self, gate: Gate, background: Background, words: Words, theme: Theme,
        texts: Sequence[NoArrestText] = (),
    ) -> None:  # fmt: skip
        super().__init__()
        self._gate, self._background, self._words, self._theme = gate, background, words, theme
        self.setObjectName("page")
        given = texts or [("no_arrest", words.text("The text that ships with this program"))]
        self.department, self.leaders = DepartmentStep(words, theme), LeadersStep(words, theme)
        self.ways = WaysCard(Agency(), words, theme)
        self.department.lines.addWidget(self.ways)
        self.further = FurtherStep(words, theme, self.leaders, self.ways.kind.currentData)
        for card in (self.leaders.administrator, self.leaders.coordinator, self.further.card):
            card.suggest_asked.connect(partial(self._suggest, card))
        self.policy = PolicyStep(words, theme, given, self.further.readers)
        self.cards = CardsStep(words, theme)
        self.last = PrintStep(words, theme)
        self.put_away = self.last.put_away
        self.last.print_asked.connect(self.print_asked)
        self.last.save_asked.connect(self.save_asked)
        self.last.changed.connect(self._say_where)
        self._steps: list[tuple[str, Step]] = [
            (words.text("Department"), self.department),
            (words.text("Administrator and coordinator"), self.leaders),
            (words.text("Further people"), self.further),
            (words.text("Policies"), self.policy),
            (words.text("Recovery cards"), self.cards),
            (words.text("Print the cards"), self.last),
        ]
        self._marks: list[QLabel] = []
        self._at = 0
        self._lay_out()
        hand_cursor_by(self, lambda: first_control(self._steps[self._at][1]))
        self._go(0)

    @property
    def step(self) -> int:
        """Number of the step that is shown, from 0."""
        return self._at

    def asked(self) -> SetUp:
        """Everything as typed."""
        agency = replace(
            self.ways.put_into(self.department.agency()),
            warrant_policy=self.policy.warrant_policy(),
            no_arrest_text=str(self.policy.statement.currentData()),
            no_arrest_signed=str(self.policy.signed_on() or ""),
        )
        return SetUp(
            agency, self.further.people(), self.policy.read_walk_ins(), self.cards.card_plan(),
            approved_only=self.cards.approved.isChecked(),
        )  # fmt: skip

    def note_out(self, number: int) -> None:
        """A card was printed or saved."""
        self.last.note_out(number)

    def refuse_card(self, error: BaseException) -> None:
        """A card did not come out."""
        self.last.refuse(error)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the list of steps out where the fields need the room."""
        self._side.setVisible(self.width() >= self._theme.px(900))
        super().resizeEvent(event)

    # --- laying out ---------------------------------------------------------------------------

    def _lay_out(self) -> None:
        words = self._words
        self.error = ErrorBox(self._theme)
        self.title, self.count = heading(""), muted("")
        self._area = self._middle()
        self.back = make_button(words.text("Back"))
        self.go_on = PrimaryButton(words.text("Continue"), self._theme, "arrow-right")
        self.back.clicked.connect(self._on_back)
        self.go_on.clicked.connect(self._on_continue)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._area, 1)
        right.addWidget(self._foot())
        self._side = self._make_side()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._side)
        row.addLayout(right, 1)

    def _middle(self) -> QScrollArea:
        """Heading, mistakes and the step scroll together: large text needs the room."""
        inside = QWidget()
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(32, 20, 32, 16)
        lines.setSpacing(2)
        lines.addLayout(with_help(self.title, self._words))
        lines.addWidget(self.count)
        lines.addWidget(self.error)
        lines.addSpacing(12)
        for _, step in self._steps:
            step.end()
            step.setMaximumWidth(self._theme.px(760))
            step.hide()
            row = QHBoxLayout()
            row.addWidget(step, 100)
            row.addStretch(1)
            lines.addLayout(row)
        lines.addStretch(1)
        return scrolled(inside)

    def _foot(self) -> QFrame:
        foot = QFrame()
        foot.setObjectName("footer")
        row = QHBoxLayout(foot)
        row.setContentsMargins(32, 12, 32, 12)
        row.addWidget(self.back)
        row.addStretch()
        row.addWidget(self.go_on)
        return foot

    def _make_side(self) -> QFrame:
        side = QFrame()
        side.setObjectName("side")
        side.setFixedWidth(self._theme.px(280))
        lines = QVBoxLayout(side)
        lines.setContentsMargins(20, 24, 20, 20)
        lines.setSpacing(12)
        lines.addWidget(heading(self._words.text("Set up this department"), 2))
        lines.addSpacing(6)
        for number, (title, _) in enumerate(self._steps, 1):
            label = words_label(self._words.text("{n}. {title}", n=number, title=title))
            self._marks.append(label)
            lines.addWidget(label)
        lines.addStretch()
        lines.addWidget(muted(self._words.text("Nothing is made until the fifth step is done.")))
        return side

    # --- going on -----------------------------------------------------------------------------

    def _go(self, number: int) -> None:
        self.error.say("")
        title, step = self._steps[number]
        step.enter()
        for n, (_, one) in enumerate(self._steps):
            one.setVisible(n == number)
        self._at = number
        self.title.setText(title)
        of = self._words.text("Step {n} of {all}", n=number + 1, all=len(self._steps))
        self.count.setText(of)
        self.count.setAccessibleName(of)
        for at, label in enumerate(self._marks):
            label.setProperty("kind", "label" if at == number else "mute")
            restyle(label)
        self._say_where()
        self._begin_step(f"{of}. {title}")

    def _begin_step(self, said: str) -> None:
        """On a page that is seen: its top, and the cursor in its first field."""
        if not self.isVisible():
            return
        self._area.verticalScrollBar().setValue(0)
        announce(self, said)
        self.setFocus()

    def _say_where(self) -> None:
        words, is_last = self._words, self.step == len(self._steps) - 1
        text = words.text("Continue")
        if self.step == len(self._steps) - 2:
            text = words.text("Make the department")
        if is_last:
            text = words.text("Finish")
        self.go_on.setText(text)
        self.go_on.setEnabled(not is_last or self.last.is_done)
        self.back.setVisible(not is_last)

    def _on_back(self) -> None:
        if self.step == 0:
            self.given_up.emit()
        else:
            self._go(self.step - 1)

    def _on_continue(self) -> None:
        if self.step == len(self._steps) - 1:
            self.last.forget_cards()
            self.finished.emit()
            return
        step = self._steps[self.step][1]
        found = step.problems() + (self.ways.problems() if step is self.department else [])
        if found:
            self._refuse(found)
        elif self.step == len(self._steps) - 2:
            self._make()
        else:
            self._go(self.step + 1)

    def _refuse(self, found: Sequence[ToMend]) -> None:
        told = self._words.plural(
            "{n} thing to fix before you continue", "{n} things to fix before you continue",
            len(found),
        )  # fmt: skip
        self.error.say(told, [(text, field.setFocus) for text, field in found])
        found[0][1].setFocus()
        bring_into_view(found[0][1])  # the list of mistakes pushed it down

    def _make(self) -> None:
        asked = self.asked()
        self._wait(True)
        self._background.run(lambda: self._gate.set_up(asked), self._on_made, self._on_failed)

    def _on_made(self, done: SetUpDone) -> None:
        self._wait(False)
        self.last.show_cards(done.cards)
        for asked in (self.leaders.administrator, self.leaders.coordinator):
            asked.passphrase.clear()
            asked.again.clear()
        self._go(len(self._steps) - 1)

    def _on_failed(self, error: BaseException) -> None:
        note(error)
        self._wait(False)
        said = sentence_for(error, self._words)
        if isinstance(error, WeakPassphrase) and error.detail.isdecimal():
            self._refuse_passphrase(int(error.detail), said)
        else:
            self.error.say(said)

    def _refuse_passphrase(self, place: int, said: str) -> None:
        """Back to where it was typed, and say whose it is."""
        person = self.further.people()[place]
        leaders = (self.leaders.administrator, self.leaders.coordinator)
        step = self.leaders if place < len(self.leaders.people()) else self.further
        self._go(next(n for n, one in enumerate(self._steps) if one[1] is step))
        field = leaders[place].passphrase if step is self.leaders else self.further.card.passphrase
        told = self._words.text("{name}: {sentence}", name=person.shown_name, sentence=said)
        self._refuse([(told, field)])

    def _suggest(self, card: PersonCard) -> None:
        self._background.run(self._gate.suggest_passphrase, card.take_suggestion, self._on_failed)

    def _wait(self, waiting: bool) -> None:
        self.back.setEnabled(not waiting)
        self.go_on.setEnabled(not waiting)
        if waiting:
            self.go_on.setText(self._words.text("Making the keys…"))
        else:
            self._say_where()
