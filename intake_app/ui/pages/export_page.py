"""Files for others: chosen, prepared, looked at, and only then written where somebody chose."""

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from threading import Event

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from intake_app.domain.form import Choice
from intake_app.services.desk import Desk
from intake_app.services.exports.agreements import Agreement, agreements
from intake_app.services.exports.ask import ExportAsk, ExportKind, Prepared, Step, Steps
from intake_app.services.exports.exporting import (
    Exported,
    exported,
    exports_of,
    file_name,
    prepare_export,
    save_export,
)
from intake_app.services.exports.reasons import all_reasons
from intake_app.services.measures.periods import Period, period_in_words
from intake_app.ui.form.page_frame import PageFrame
from intake_app.ui.measures.export_leaving import ExportLeaving
from intake_app.ui.measures.export_to import ExportTo, Known
from intake_app.ui.measures.export_what import ExportWhat
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import Card, MessageBox, PrimaryButton, clear, named_button, on_press
from intake_app.ui.parts.failure_box import FailureBox
from intake_app.ui.parts.labels import muted
from intake_app.ui.parts.scrolling import bring_into_view
from intake_app.ui.parts.still_bar import StillBar
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words
from intake_app.words.dates import short_date

_LISTED = 20


@dataclass(frozen=True, slots=True)
class _Read:
    """What the page shows."""

    kinds: list[ExportKind]
    agreements: list[Agreement]
    reasons: list[Choice]
    left: list[Exported]


class ExportPage(QWidget):
    """The page.

    Signals:
        closed: Back to the numbers.
        refreshed: It shows what is known now.

    Attributes:
        what: Which export, of which days.
        to: To whom and why.
        leaving: What leaves, once it is prepared.
        prepare, stop, save: The buttons.
        bar: How far it is.
        good, error: What came of it.
    """

    closed = Signal()
    refreshed = Signal()

    def __init__(self, desk: Desk, background: Background, words: Words, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("page")
        self._desk, self._background, self._words = desk, background, words
        self._steps: Steps | None = None
        self._prepared: Prepared | None = None
        self._read: _Read | None = None
        self._stopping = Event()
        say = words.text
        self.good = MessageBox(theme, "ok")
        self.error = FailureBox(theme, words, self.good)
        self.what = ExportWhat(desk, words, theme)
        self.to = ExportTo(desk, background, words, theme)
        self.leaving = ExportLeaving(words, theme)
        self.bar = StillBar(say("How far the file is"))
        self.prepare, self.stop = named_button(say("Prepare the file")), named_button(say("Stop"))
        self.before = Card(say("What left before"))
        self._left = QVBoxLayout()
        self.before.box.addLayout(self._left)
        self._lay(theme)
        for button, act in (
            (self.prepare, self._on_prepare), (self.stop, self._on_stop),
            (self.save, self._on_save),
        ):  # fmt: skip
            on_press(button, act)
        self.what.changed.connect(self._on_changed)
        self.to.changed.connect(self._forget)
        self.to.entered.connect(self.refresh)
        self.setFocusProxy(self.what)

    def _lay(self, theme: Theme) -> None:
        say = self._words.text
        frame = PageFrame(theme)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(frame)
        frame.head.say(say("Files for others"), say(
            "For a state, a funder or an evaluator. Nothing leaves before you have seen what it is."
        ))  # fmt: skip
        working = ButtonRow(theme.px(8), (self.prepare, self.stop))
        for part in (self.error, self.good, self.what, self.to, working, self.bar, self.leaving,
                     self.before):  # fmt: skip
            frame.body.addWidget(part)
        frame.body.addStretch(1)
        back = frame.button(say("Back"))
        on_press(back, self._on_back)
        self.save: PrimaryButton = frame.primary(say("Save the file…"))
        frame.foot.addWidget(back)
        frame.foot.addStretch(1)
        frame.foot.addWidget(self.save)
        self._is_working(is_on=False)

    def refresh(self) -> None:
        """Read exports, agreements and what left anew."""
        desk = self._desk

        def job() -> _Read:
            return _Read(exports_of(desk), agreements(desk), all_reasons(desk), exported(desk))

        self._background.run(job, self._show, self._fail)

    def _show(self, read: _Read) -> None:
        self._read = read
        today = self._desk.clock.local().date().isoformat()
        for part in (self.to, self.what):  # what is read anew is no other wish
            part.blockSignals(True)
        self.to.offer(Known(read.agreements, read.reasons, today))
        self.what.offer(read.kinds)
        for part in (self.to, self.what):
            part.blockSignals(False)
        if self.what.chosen is not None:
            self.to.fit(self.what.chosen, self.what.wanted_reach)
        clear(self._left)
        for one in read.left[:_LISTED]:
            self._left.addWidget(muted(self._said(one)))
        self.before.setVisible(bool(read.left))
        self.refreshed.emit()

    def _said(self, one: Exported) -> str:
        language = self._words.language
        kinds = self._read.kinds if self._read else []
        title = next((k.title.said_in(language) for k in kinds if k.id == one.kind), one.kind)
        lines = self._words.plural("{n} line", "{n} lines", one.rows)
        days = period_in_words(Period(one.since, one.until), self._words)
        parts = (short_date(one.at[:10], language), title, days, lines, one.to, one.paper, one.by)
        return " · ".join(part for part in parts if part)

    # --- asking -----------------------------------------------------------------------------

    def _on_changed(self) -> None:
        kind = self.what.chosen
        if kind is not None:
            self.to.fit(kind, self.what.wanted_reach)
        self._forget()

    def _forget(self) -> None:
        """What was prepared is not what is asked for any more."""
        self._stop_steps()
        self._prepared = None
        self.leaving.show_prepared(None)
        for box in (self.error, self.good):
            box.say("")
        self._is_working(is_on=False)

    def _ask(self) -> ExportAsk | None:
        kind = self.what.chosen
        if kind is None:
            return None
        days = self.what.days.period
        is_coarse = self.what.coarse.isChecked() and kind.can_be_coarse
        ask = ExportAsk(kind.id, days.since, days.until, self.to.chosen, self.to.why, is_coarse)
        return replace(ask, has_mark=self.what.mark.isChecked()) if kind.is_text else ask

    def _on_prepare(self) -> None:
        self._forget()
        ask, desk = self._ask(), self._desk
        if ask is not None:
            self._is_working(is_on=True)
            self._background.run(lambda: prepare_export(desk, ask), self._begin, self._fail)

    def _begin(self, steps: Steps) -> None:
        self._steps = steps
        self._advance()

    def _advance(self) -> None:
        """Give the worker the next piece; between two of them it does what others wait for."""
        steps = self._steps
        if steps is None:
            return

        def piece() -> Step | Prepared:
            try:
                return next(steps)
            except StopIteration as end:
                found: Prepared = end.value
                return found

        self._background.run(piece, partial(self._on_piece, steps), self._fail)

    def _on_piece(self, steps: Steps, came: Step | Prepared) -> None:
        if steps is not self._steps:
            return  # it was stopped meanwhile
        if isinstance(came, Step):
            self.bar.setMaximum(came.of)
            self.bar.setValue(min(came.done, came.of))
            self._advance()
            return
        self._steps, self._prepared = None, came
        self._is_working(is_on=False)
        self.leaving.show_prepared(came, self._why())
        self.save.setEnabled(bool(came.rows))
        bring_into_view(self.leaving)
        self.save.setFocus()

    def _why(self) -> list[str]:
        say = self._words.text
        found = next(
            (a for a in (self._read.agreements if self._read else []) if a.id == self.to.chosen),
            None,
        )
        lines = [say("To: {to}, under {paper}", to=found.to, paper=found.paper)] if found else []
        if self.to.why:
            lines.append(say("Why: {reason}", reason=self.to.reason.currentText()))
        return lines

    def _on_stop(self) -> None:
        self._stopping.set()
        self._stop_steps()
        self._is_working(is_on=False)
        self.good.say(self._words.text("Stopped. Nothing was saved."))
        self.prepare.setFocus()

    def _stop_steps(self) -> None:
        steps, self._steps = self._steps, None
        if steps is not None:
            self._background.run(steps.close)

    # --- saving -----------------------------------------------------------------------------

    def _on_save(self) -> None:
        desk, prepared, stopping = self._desk, self._prepared, self._stopping
        if prepared is None:
            return
        place = self._where(file_name(prepared))
        if place is None:
            return
        stopping.clear()
        self._is_working(is_on=True)
        self.bar.setMaximum(0)
        self._background.run(
            lambda: save_export(desk, prepared, place, stopping.is_set), self._on_saved, self._fail
        )

    def _where(self, name: str) -> Path | None:
        """A new file; one that is there is never replaced, which the service sees to."""
        title = self._words.text("Save the file as")
        chosen, _ = QFileDialog.getSaveFileName(
            self, title, name, options=QFileDialog.Option.DontConfirmOverwrite
        )
        return Path(chosen) if chosen else None

    def _on_saved(self, files: tuple[Path, ...]) -> None:
        self._forget()
        names = ", ".join(one.name for one in files)
        self.good.say(self._words.text(
            "Saved in {folder}: {files}. That it left is noted.",
            folder=str(files[0].parent), files=names,
        ))  # fmt: skip
        bring_into_view(self.good)
        self.refresh()

    def _on_back(self) -> None:
        self._stop_steps()
        self.closed.emit()

    def _fail(self, error: BaseException) -> None:
        self._steps = None
        self._is_working(is_on=False)
        self.save.setEnabled(self._prepared is not None)
        self.error.tell_in_view(error)

    def _is_working(self, *, is_on: bool) -> None:
        self.bar.setVisible(is_on)
        self.stop.setVisible(is_on)
        self.prepare.setEnabled(not is_on)
        self.save.setEnabled(not is_on and self._prepared is not None)
