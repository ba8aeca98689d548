"""Carry on a stick: choose it, see whether it is yours and has room, carry both ways, remove it."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFileDialog,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from intake_app.disk.drives import Drive
from intake_app.domain.errors import IntakeError
from intake_app.domain.ids import StationId
from intake_app.services.desk import Desk
from intake_app.services.exchanging.exchanging import ExchangeTold, exchange_state, others
from intake_app.services.exchanging.sticks import (
    Stick,
    StickErrand,
    StickTold,
    stick_drives,
    stick_question,
)
from intake_app.ui.exchange.line import ExchangeLine
from intake_app.ui.exchange.stick_words import say_moved, say_stick, say_stick_error
from intake_app.ui.exchange.stick_work import StickWork
from intake_app.ui.form.page_frame import PageFrame
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import Card, MessageBox, PrimaryButton, clear, named_button, on_press
from intake_app.ui.parts.cursor import hand_cursor_to
from intake_app.ui.parts.errors import note, sentence_for
from intake_app.ui.parts.labels import muted, words_label
from intake_app.ui.parts.scrolling import bring_into_view
from intake_app.ui.parts.still_bar import StillBar
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words
from intake_app.words.sizes import size_in_words

_Found = tuple[Sequence[Drive], ExchangeTold | None]


class StickPage(QWidget):
    """From choosing to "Safe to remove", on one page.

    Signals:
        closed: Back to the exchange.
        refreshed: It shows the sticks that are plugged in now.

    Attributes:
        work: Does it.
        drives: A button for each stick, by its folder.
        ticks: A box for each other station.
        prepare: Makes an empty stick ready.
        start: Carries.
    """

    closed = Signal()
    refreshed = Signal()

    def __init__(
        self, desk: Desk, background: Background, words: Words, theme: Theme, line: ExchangeLine
    ) -> None:
        super().__init__()
        self.setObjectName("page")
        self._desk, self._background, self._words, self._theme = desk, background, words, theme
        self.work = StickWork(desk, background, line)
        self._stick: Stick | None = None
        self._folder: Path | None = None
        self._goes_on = False
        self._names: Mapping[StationId, str] = {}
        self.drives: dict[Path, QRadioButton] = {}
        self.ticks: dict[StationId, QCheckBox] = {}
        self._build()
        self.work.looked.connect(self._on_looked)
        self.work.moved.connect(self._on_moved)
        self.work.done.connect(self._on_done)
        self.work.failed.connect(self._on_failed)

    def refresh(self) -> None:
        """Look anew which sticks are plugged in."""
        desk = self._desk
        self._background.run(
            lambda: (stick_drives(desk), exchange_state(desk)), self._show, self._on_failed
        )

    def stop_work(self) -> None:
        """The page goes: nothing runs on."""
        self.work.stop()

    # --- parts --------------------------------------------------------------------------------

    def _build(self) -> None:
        say = self._words.text
        self.frame = PageFrame(self._theme)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self.frame)
        self.frame.head.say(
            say("Carry on a stick"),
            say("Both ways at once: what waits here goes on the stick, and what it brings is "
                "taken in. Nobody can read it on the way."),
        )  # fmt: skip
        self.error, self.calm = MessageBox(self._theme, "error"), MessageBox(self._theme, "ok")
        self._told = Card()
        self._told.hide()
        self._which = Card(say("Which stick?"))
        self._choices, self._group = QVBoxLayout(), QButtonGroup(self)
        self._none = muted(say("No stick is plugged in. Plug one in, then look again."))
        self._which.box.addWidget(self._none)
        self._which.box.addLayout(self._choices)
        self.again = named_button(say("Look again"))
        self.other = named_button(say("Another folder…"))
        self._which.box.addWidget(ButtonRow(self._theme.px(9), (self.again, self.other)))
        self._found = words_label("")
        self.prepare = named_button(say("Make this stick ready"))
        self._which.box.addWidget(self._found)
        self._prepare_row = ButtonRow(0, (self.prepare,))
        self._which.box.addWidget(self._prepare_row)
        self._whom = Card(say("For whom?"))
        self._boxes = QVBoxLayout()
        self._whom.box.addWidget(muted(say(
            "Only what these stations still lack goes on it. Whoever else gets it does no harm."
        )))  # fmt: skip
        if self._desk.care is None and self._desk.cases is None:
            self._whom.box.addWidget(muted(say(
                "What colleagues enter is sealed every 15 minutes while they are signed in. Only "
                "what is sealed by now goes along."
            )))  # fmt: skip
        self._whom.box.addLayout(self._boxes)
        self._bar = StillBar(say("Carrying bundles"))
        self._bar.hide()
        for part in (self.error, self.calm, self._told, self._which, self._whom, self._bar):
            self.frame.body.addWidget(part)
        self.frame.body.addStretch(1)
        self._build_foot()

    def _build_foot(self) -> None:
        say = self._words.text
        self.back = self.frame.button(say("Back"))
        self.start: PrimaryButton = self.frame.primary(say("Carry now"))
        self.frame.foot.addWidget(self.back)
        self.frame.foot.addStretch(1)
        self.frame.foot.addWidget(self.start)
        hand_cursor_to(self, self.again)
        on_press(self.again, self.refresh)
        on_press(self.other, self._on_other)
        on_press(self.prepare, self._on_prepare)
        on_press(self.back, self.closed.emit)
        on_press(self.start, self._on_start)
        self._offer()

    def _show(self, found: _Found) -> None:
        drives, told = found
        clear(self._choices)
        self.drives = {}
        for drive in drives:
            self._add_choice(drive.path, self._words.text(
                "{name}: {free} free", name=drive.name, free=size_in_words(drive.free)
            ))  # fmt: skip
        if self._folder is not None and self._folder not in self.drives:  # one that was chosen
            self._add_choice(self._folder, str(self._folder))
        self._none.setVisible(not self.drives)
        if told is not None and not self.ticks:
            self._show_stations(told)
        if len(drives) == 1 and self._folder is None:
            self.drives[drives[0].path].click()
        self._put_in_order()
        self._offer()
        self.refreshed.emit()

    def _add_choice(self, folder: Path, text: str) -> QRadioButton:
        button = QRadioButton(text)
        button.setAccessibleName(text)
        button.setChecked(folder == self._folder)
        button.clicked.connect(lambda: self._on_chosen(folder))
        self._group.addButton(button)
        self._choices.addWidget(button)
        self.drives[folder] = button
        return button

    def _show_stations(self, told: ExchangeTold) -> None:
        self._names = {one.station: told.name_of(one.station, self._words)
                       for one in others(told.state)}  # fmt: skip
        for one in others(told.state):
            if one.is_struck:
                continue
            tick = QCheckBox(self._names[one.station])
            tick.setAccessibleName(self._names[one.station])
            tick.setChecked(True)
            tick.toggled.connect(self._on_ticked)
            self._boxes.addWidget(tick)
            self.ticks[one.station] = tick
        self._whom.setVisible(bool(self.ticks))

    def _put_in_order(self) -> None:
        """Tab goes as the eye does: choices that came later would be its last."""
        above = [*self.drives.values(), self.again, self.other, self.prepare]
        for one, following in pairwise([*above, *self.ticks.values(), self.back, self.start]):
            self.setTabOrder(one, following)

    @property
    def _to(self) -> tuple[StationId, ...]:
        """The stations that are ticked; empty where all are."""
        ticked = tuple(one for one, tick in self.ticks.items() if tick.isChecked())
        return () if len(ticked) == len(self.ticks) else ticked

    # --- acts ---------------------------------------------------------------------------------

    def _on_other(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self._words.text("Choose a folder"))
        if folder:
            self.choose(Path(folder))

    def choose(self, folder: Path) -> None:
        """Take any folder for the stick."""
        button = self.drives.get(folder) or self._add_choice(folder, str(folder))
        button.setChecked(True)
        self._none.hide()
        self._put_in_order()
        self._on_chosen(folder)

    def _on_chosen(self, folder: Path) -> None:
        self._folder = folder
        self._look()

    def _on_ticked(self) -> None:
        if self._folder is not None:
            self._look()
        self._offer()

    def _look(self) -> None:
        folder, to, desk = self._folder, self._to, self._desk
        if folder is None or (not folder.name and not str(folder)):
            return
        self._stick = None
        self._say_nothing()
        self._found.setText(self._words.text("Looking at the stick…"))
        self._offer()
        self._background.run(
            lambda: stick_question(desk, folder, to), self.work.look, self._on_failed
        )

    def _on_looked(self, stick: Stick) -> None:
        self._stick = stick
        self._found.setText(say_stick(stick, self._words))
        self._offer()
        target = self.start if stick.is_ready else self.prepare if stick.may_prepare else self.other
        if self._goes_on or self._has_cursor_below():
            target.setFocus(Qt.FocusReason.OtherFocusReason)
        self._goes_on = False

    def _has_cursor_below(self) -> bool:
        """Whether the cursor was at a button that may be off now; a tick keeps it."""
        return self.window().focusWidget() in {None, self.prepare, self.start}

    def _on_prepare(self) -> None:
        stick, self._stick = self._stick, None
        if stick is not None:
            self._say_nothing()
            self._found.setText(self._words.text("Making the stick ready…"))
            self._offer()
            self._goes_on = True  # the cursor's button is gone: it goes on to the next one
            self.work.prepare(stick)

    def _on_start(self) -> None:
        stick = self._stick
        if stick is None or not stick.is_ready:
            return
        self._say_nothing()
        self._bar.setRange(0, 0)
        self._bar.show()
        bring_into_view(self._bar)
        self.work.carry(StickErrand(stick.entry, self._to))
        self._offer()

    def _on_moved(self, done: int, whole: int) -> None:
        self._bar.setRange(0, whole)
        self._bar.setValue(done)

    def _on_done(self, told: StickTold) -> None:
        self._bar.hide()
        self._found.setText("")  # what was to go on it is on it
        to = self._to or tuple(self.ticks)
        clear(self._told.box)
        if told.error is not None:
            note(told.error)
            self.error.say(say_stick_error(told.error, self._words))
        for sentence in say_moved(told, to, self._names, self._words) if not told.error else ():
            self._told.box.addWidget(words_label(sentence))
        self._told.setVisible(told.error is None)
        if told.is_safe and told.error is None:
            self.calm.say(self._words.text("Safe to remove. All was read back from the stick."))
        bring_into_view(self.error if told.error else self.calm)
        self._offer()
        self.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_failed(self, error: BaseException) -> None:
        note(error)
        self._bar.hide()
        self._found.setText("")
        is_ours = isinstance(error, IntakeError)
        self.error.say(
            say_stick_error(error, self._words) if is_ours else sentence_for(error, self._words)
        )
        bring_into_view(self.error)
        self._offer()

    def _say_nothing(self) -> None:
        self.error.say("")
        self.calm.say("")
        self._told.hide()

    def _offer(self) -> None:
        is_busy, stick = self.work.is_carrying, self._stick
        is_for_some = not self.ticks or any(tick.isChecked() for tick in self.ticks.values())
        self.start.setEnabled(stick is not None and stick.is_ready and is_for_some and not is_busy)
        self._prepare_row.setVisible(stick is not None and stick.may_prepare)
        for part in (self.again, self.other, self.back, self._which, self._whom):
            part.setEnabled(not is_busy)
