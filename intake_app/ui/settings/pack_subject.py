"""Programs and forms: a pack is chosen, looked at, tried in training, and brought into force."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from intake_app.domain.form_change import FileChange, Kind, PartChange
from intake_app.domain.outside_file import PACK_ENDING
from intake_app.services.decisions.packs import (
    PackLook,
    accept_pack,
    end_trial,
    look_at_pack,
    trial_now,
    try_pack,
)
from intake_app.ui.parts.cards import Card, ErrorBox, MessageBox, clear, named_button, on_press
from intake_app.ui.parts.errors import note
from intake_app.ui.parts.labels import field_label, heading, muted, words_label
from intake_app.ui.parts.typed import typed_day
from intake_app.ui.settings.fields import SubjectTools
from intake_app.ui.settings.mistakes import told
from intake_app.words import mark

_SAYS = {
    Kind.ADDED: mark("New: {part}"),
    Kind.REMOVED: mark("Gone: {part}"),
    Kind.CHANGED: mark("Other: {part}"),
    Kind.RETIRED: mark("Can be chosen until {day}: {part}"),
}
_PACKS = f"(*.zip *{PACK_ENDING})"
_SHOWN = 30
"""Parts of one file that are shown; the rest is counted."""


class PackSubject(QWidget):
    """Asks for a pack and shows what it would change, before anything changes.

    Attributes:
        look: The pack that is looked at.
    """

    def __init__(self, tools: SubjectTools) -> None:
        super().__init__()
        self._tools, words = tools, tools.words
        self.look: PackLook | None = None
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(12)
        lines.addWidget(muted(words.text(
            "A pack is a folder or a zip file with programs, forms, papers and lists. It holds "
            "texts only; nothing in it can run. Intakes that were begun stay on the older forms."
        )))  # fmt: skip
        row = QHBoxLayout()
        self._button(row, words.text("Choose a zip file…"), self._on_zip)
        self._button(row, words.text("Choose a folder…"), self._on_folder)
        row.addStretch()
        lines.addLayout(row)
        self.trial = muted("")
        self.end = named_button(words.text("End the trial"))
        on_press(self.end, self._on_end)
        lines.addWidget(self.trial)
        lines.addWidget(self.end)
        self.error, self.good = ErrorBox(tools.theme), MessageBox(tools.theme, "ok")
        for box in (self.error, self.good):
            lines.addWidget(box)
        self._card = Card()
        self._title = heading("", 2)
        self._card.box.addWidget(self._title)
        self._changes = QVBoxLayout()
        self._changes.setSpacing(4)
        self._card.box.addLayout(self._changes)
        self.starts, self.why = QLineEdit(), QLineEdit()
        starts = words.text("In force from (month/day/year; empty: today)")
        for label, field in ((starts, self.starts), (words.text("Why (may be empty)"), self.why)):
            self._card.box.addWidget(field_label(label, field))
            self._card.box.addWidget(field)
        row = QHBoxLayout()
        self.try_it = self._button(row, words.text("Try it in training"), self._on_try)
        self.accept = self._button(row, words.text("Bring it into force"), self._on_accept)
        row.addStretch()
        self._card.box.addLayout(row)
        self._card.hide()
        lines.addWidget(self._card)
        self._say_trial("")

    def refresh(self) -> None:
        """Read what is tried now; a pack that is looked at stays."""
        self._tools.background.run(
            partial(trial_now, self._tools.desk), self._say_trial, self._fail
        )

    def open_pack(self, path: Path) -> None:
        """Look at a pack."""
        for box in (self.error, self.good):
            box.say("")
        self._card.hide()
        job = partial(look_at_pack, self._tools.desk, path, self._tools.words.language)
        self._tools.background.run(job, self._show, self._fail)

    def _on_zip(self) -> None:
        title = self._tools.words.text("Choose a zip file…")
        chosen, _ = QFileDialog.getOpenFileName(self, title, "", _PACKS)
        if chosen:
            self.open_pack(Path(chosen))

    def _on_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, self._tools.words.text("Choose a folder…")
        )  # fmt: skip
        if chosen:
            self.open_pack(Path(chosen))

    def _show(self, look: PackLook) -> None:
        words, self.look = self._tools.words, look
        self._title.setText(look.label)
        clear(self._changes)
        for one in look.changes:
            self._show_file(one)
        if not look.changes:
            self._changes.addWidget(muted(words.text("Nothing is different from today.")))
        if look.mistakes:
            said = words.text("This pack has mistakes and cannot be used. Nothing was taken.")
            self.error.say("\n".join((said, *look.mistakes[:_SHOWN])))
        for button in (self.try_it, self.accept):
            button.setEnabled(bool(look.changes) and not look.mistakes)
        self._card.show()

    def _show_file(self, one: FileChange) -> None:
        words = self._tools.words
        title = one.title if one.title == one.name else f"{one.title} ({one.name})"
        said = words.text("New: {part}", part=title) if one.is_new else title
        self._changes.addWidget(heading(said, 3))
        parts = () if one.is_new else one.parts
        for part in parts[:_SHOWN]:
            self._changes.addWidget(words_label(self._said(part)))
        if len(parts) > _SHOWN:
            rest = len(parts) - _SHOWN
            self._changes.addWidget(muted(words.plural("and {n} more", "and {n} more", rest)))

    def _said(self, part: PartChange) -> str:
        said = self._tools.words.text(_SAYS[part.kind], part=part.part, day=part.after)
        if part.kind is Kind.CHANGED:
            return f"{said}: {part.before or '…'} → {part.after or '…'}"
        return said

    def _on_try(self) -> None:
        if self.look is not None:
            self._do(partial(try_pack, self._tools.desk, self.look), self._tools.words.text(
                "Training uses this pack from the next sign-in on. Here nothing has changed."
            ))  # fmt: skip

    def _on_end(self) -> None:
        self._do(partial(end_trial, self._tools.desk), self._tools.words.text(
            "Training uses the forms of today again."
        ))  # fmt: skip

    def _on_accept(self) -> None:
        typed = self.starts.text().strip()
        day = typed_day(typed)
        if typed and day is None:
            said = self._tools.words.text(
                "Enter the date as month/day/year, for example 11/2/2026."
            )
            self.error.say(said, [(said, self.starts.setFocus)])
            return
        if self.look is not None:
            why = self.why.text().strip()
            job = partial(accept_pack, self._tools.desk, self.look, str(day or ""), why)
            self._do(job, self._tools.words.text(
                "Saved. You can take it back under “What was changed”."
            ), closes=True)  # fmt: skip

    def _do(self, job: Callable[[], object], said: str, *, closes: bool = False) -> None:
        def done(_nothing: object) -> None:
            self.error.say("")
            self.good.say(said)
            self._card.setVisible(self._card.isVisible() and not closes)
            self.refresh()

        self._tools.background.run(job, done, self._fail)

    def _say_trial(self, label: str) -> None:
        words = self._tools.words
        self.trial.setText(words.text("Training tries this pack now: {name}", name=label))
        self.trial.setVisible(bool(label))
        self.end.setVisible(bool(label))

    def _button(self, row: QHBoxLayout, text: str, act: Callable[[], object]) -> QPushButton:
        button = named_button(text)
        on_press(button, act)
        row.addWidget(button)
        return button

    def _fail(self, error: BaseException) -> None:
        note(error)
        self.error.say(told(error, self._tools.words))
