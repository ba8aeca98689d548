"""Bringing in what was kept before: past cases from a spreadsheet, lists of who took part."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from intake_app.disk.atomic import write_whole
from intake_app.domain.ids import RecordId, UserId
from intake_app.domain.import_errors import MappingUnreadable
from intake_app.domain.import_mapping import as_toml
from intake_app.domain.text import Text
from intake_app.services.case.programs import case_programs
from intake_app.services.desk import Desk
from intake_app.services.imports.earlier_list import EarlierList, TokenWork
from intake_app.services.imports.importing import ImportWork, past_imports
from intake_app.services.imports.looking import LookThrough
from intake_app.services.imports.made import PastImport
from intake_app.services.imports.shape import Shape, ShownRows, forms_to_fill, names_of_forms
from intake_app.services.imports.undoing import UndoWork
from intake_app.ui.form.page_frame import PageFrame
from intake_app.ui.imports.before_card import BeforeCard
from intake_app.ui.imports.columns_card import ColumnsCard
from intake_app.ui.imports.look_card import LookCard
from intake_app.ui.imports.open_list import OpenList
from intake_app.ui.imports.stepping import Stepping, Work
from intake_app.ui.imports.told import told_of, told_of_list
from intake_app.ui.imports.what_card import WhatCard
from intake_app.ui.imports.words_card import WordsCard
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.cards import MessageBox, on_press
from intake_app.ui.parts.errors import note, sentence_for
from intake_app.ui.parts.names import NameSwitch
from intake_app.ui.parts.scrolling import bring_into_view
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

_Known = tuple[tuple[tuple[str, Text], ...], tuple[str, ...], list[PastImport], dict[str, str]]


class ImportPage(QWidget):
    """One file after the other; what was imported before stands below.

    Signals:
        closed: Back to where one came from.
        place_asked: Go to this place ("providers").
        refreshed: What is known is shown.
        shaped: The columns of a file are shown.
        looked: What would come of it is shown.
        brought: An import, an undo or a list is done.

    Attributes:
        what, columns, words_card, look, before: The cards.
        stepping: The bar.
        check, save_mapping, bring: The buttons.
        error, good: Messages.
    """

    closed = Signal()
    place_asked = Signal(str)
    refreshed = Signal()
    shaped = Signal()
    looked = Signal()
    brought = Signal()

    def __init__(
        self, desk: Desk, background: Background, words: Words, theme: Theme,
        names: NameSwitch | None = None,
    ) -> None:  # fmt: skip
        super().__init__()
        self.setObjectName("page")
        self._desk, self._background, self._words, self._theme = desk, background, words, theme
        self._names = names or NameSwitch(self)
        self._list = OpenList(desk, background, self)
        self.error, self.good = MessageBox(theme, "error"), MessageBox(theme, "ok")
        self.what = WhatCard(words, theme, has_earlier=desk.cases is not None)
        self.columns, self.words_card = ColumnsCard(words, theme), WordsCard(words, theme)
        self.look, self.before = LookCard(words, theme), BeforeCard(words, theme)
        self.stepping = Stepping(background, words)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.what.kind)

    def refresh(self) -> None:
        """Read which forms there are, and what was imported."""
        desk, language = self._desk, self._words.language

        def read() -> _Known:
            forms, made = forms_to_fill(desk), past_imports(desk)
            names = names_of_forms(desk, [one.form for one in made], language)
            return forms, tuple(ident for ident, _ in case_programs(desk)), made, names

        self._background.run(read, self._on_known, self._on_failed)

    def stop_work(self) -> None:
        """Stop what goes on after the piece that is done now."""
        self.stepping.ask_to_stop()
        if self._list.people is not None:
            self._list.people.forget()

    # --- making ------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        say, self.frame = self._words.text, PageFrame(self._theme)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self.frame)
        head, body, foot = self.frame.head, self.frame.body, self.frame.foot
        head.say(say("Bring in old lists"), say(
            "What was kept before this program. Each row becomes a record like all others."
        ))  # fmt: skip
        head.side.addWidget(self._names.button(self._words), 0, Qt.AlignmentFlag.AlignRight)
        head.side.addStretch(1)
        for part in (self.error, self.good, self.what, self.columns, self.words_card, self.look,
                     self.before):  # fmt: skip
            body.addWidget(part)
        body.addStretch(1)
        self.frame.put_above_foot(self.stepping)
        self.back = self.frame.button(say("Back"))
        self.save_mapping = self.frame.button(say("Save the mapping…"))
        self.check = self.frame.primary(say("Look through it"))
        self.bring = self.frame.primary(say("Import"))
        foot.addWidget(self.back)
        foot.addStretch(1)
        for button in (self.save_mapping, self.check, self.bring):
            foot.addWidget(button)
        self._show_stage()

    def _connect(self) -> None:
        for button, act in (
            (self.back, self._on_back), (self.check, self._on_check), (self.bring, self._on_bring),
            (self.save_mapping, self._on_save_mapping),
        ):  # fmt: skip
            on_press(button, act)
        self.what.file_chosen.connect(self.open_file)
        self.what.mapping_chosen.connect(self.open_mapping)
        self.what.changed.connect(self._on_what_changed)
        self.what.providers_asked.connect(lambda: self.place_asked.emit("providers"))
        self.columns.changed.connect(self._list.reshape)
        self.words_card.changed.connect(self._list.reshape)
        self._list.shaped.connect(self._on_shaped)
        self._list.listed.connect(self._on_list)
        self._list.looked.connect(self._on_looked)
        self._list.failed.connect(self._on_failed)
        self.before.undo_asked.connect(self._on_undo)
        self.stepping.ended.connect(self._on_ended)
        self.stepping.stopped.connect(self._on_stopped)
        self.stepping.failed.connect(self._on_failed)
        self._names.changed.connect(self._on_names)

    def _show_stage(self) -> None:
        """Which cards and buttons make sense now."""
        has_file, has_look = self._list.shape is not None, self._list.look is not None
        has_people, is_free = self._list.people is not None, not self.stepping.is_on
        self.columns.setVisible(has_file)
        self.words_card.setVisible(has_file and bool(self.words_card.pickers))
        self.look.setVisible(has_look and not self.what.is_earlier)
        self.save_mapping.setVisible(has_file and not self.what.is_earlier)
        self.check.setVisible(not has_look and not has_people)
        self.check.setEnabled(self._list.is_whole and is_free)
        self.bring.setVisible(has_look or has_people)
        self.bring.setEnabled(is_free and bool(self._list.good))
        self.what.setEnabled(is_free)
        self.columns.setEnabled(is_free)
        self.words_card.setEnabled(is_free)
        self.before.setEnabled(is_free)
        self.what.open_mapping.setEnabled(has_file and is_free)

    # --- what is known -----------------------------------------------------------------------

    def _on_known(self, known: _Known) -> None:
        forms, programs, made, names = known
        self.what.offer(forms, programs)
        people = {one.id: one.shown_name for one in (*self._desk.colleagues, *self._desk.former)}
        people.setdefault(UserId(self._desk.person.id), self._desk.person.shown_name)
        self.before.show_imports(made, names, people)
        self.refreshed.emit()

    def _on_names(self, is_on: bool) -> None:
        self.columns.hide_names(not is_on)
        self.look.hide_names(not is_on)

    # --- the file ----------------------------------------------------------------------------

    def open_file(self, path: Path) -> None:
        """Read a table, and suggest what its columns say."""
        self._say_nothing()
        self._list.open(path, self.what.chosen, is_earlier=self.what.is_earlier)
        self._show_stage()

    def open_mapping(self, path: Path) -> None:
        """Read the columns of the file as a saved mapping says."""
        self._say_nothing()
        self._list.take_mapping(path)

    def _on_shaped(self, shape: Shape) -> None:
        self.columns.show_shape(shape, are_hidden=not self._names.is_on)
        if self.what.is_earlier:
            self.words_card.pickers = {}
        else:
            self.words_card.show_shape(shape)
        self._show_stage()
        self.shaped.emit()

    def _on_what_changed(self) -> None:
        """Another form asks other questions: the columns are guessed anew."""
        self._say_nothing()
        if self._list.file is None or not self.what.chosen:
            self._show_stage()
            return
        self._list.guess(self.what.chosen, is_earlier=self.what.is_earlier)

    def _forget(self) -> None:
        self._list.forget()
        self._show_stage()

    # --- looking -----------------------------------------------------------------------------

    def _on_check(self) -> None:
        shape, desk = self._list.shape, self._desk
        if shape is None:
            return
        self._say_nothing()
        if self.what.is_earlier:
            self._list.read_people()
            return
        said = self._words.text("Looking through the rows")
        self._background.run(
            lambda: LookThrough(desk, shape.plan),
            lambda work: self._begin(work, len(shape.plan.rows), said), self._on_failed,
        )  # fmt: skip

    def _on_list(self, people: EarlierList) -> None:
        self.good.say(told_of_list(people, self._words))
        self._show_stage()
        self.bring.setFocus()
        self.looked.emit()

    def _on_looked(self, look: LookThrough, shown: ShownRows) -> None:
        if self._list.shape is None:
            return
        self.look.show_look(self._list.shape.plan, look, shown)
        self._show_stage()
        bring_into_view(self.look)
        self.bring.setFocus()
        self.looked.emit()

    # --- bringing in -------------------------------------------------------------------------

    def _on_bring(self) -> None:
        shape, look, people = self._list.shape, self._list.look, self._list.people
        desk = self._desk
        self._say_nothing()
        if people is not None:
            said = self._words.text("Making the marks")
            self._background.run(
                lambda: TokenWork(desk, people),
                lambda work: self._begin(work, work.total, said), self._on_failed,
            )  # fmt: skip
        elif shape is not None and look is not None:
            said = self._words.text("Importing")
            is_meant = look.found.earlier is not None  # the card said so above the button
            self._background.run(
                lambda: ImportWork(desk, shape.plan, look, is_meant=is_meant),
                lambda work: self._begin(work, work.total, said), self._on_failed,
            )  # fmt: skip

    def _on_undo(self, one: PastImport) -> None:
        self._say_nothing()
        self._undo(one.id)

    def _undo(self, ident: RecordId) -> None:
        desk, said = self._desk, self._words.text("Taking the records away")
        self._background.run(
            lambda: UndoWork(desk, ident),
            lambda work: self._begin(work, work.total, said), self._on_failed,
        )  # fmt: skip

    def _begin(self, work: Work, total: int, said: str) -> None:
        self.stepping.begin(work, total, said)
        self._show_stage()

    def _on_ended(self, work: Work) -> None:
        if isinstance(work, LookThrough):
            self._list.keep_look(work, self._words.language)
            return
        self._forget()
        self.good.say(told_of(work, self._words))
        bring_into_view(self.good)
        self.refresh()
        self.brought.emit()

    def _on_stopped(self, work: Work) -> None:
        """Half an import is none: what is in already goes again."""
        if isinstance(work, ImportWork):
            self._undo(work.ident)
            return
        if isinstance(work, TokenWork):
            self._background.run(work.stop, lambda _nothing: self._undo(work.ident))
            return
        self.good.say(self._words.text("Stopped."))
        self._show_stage()
        self.refresh()

    # --- the rest ----------------------------------------------------------------------------

    def _on_save_mapping(self) -> None:
        if self._list.shape is None:
            return
        title = self._words.text("Save the mapping…")
        chosen, _ = QFileDialog.getSaveFileName(self, title, "mapping.toml", "(*.toml)")
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, place: Path) -> None:
        """Save the mapping as a file: headings and words of choices, and nobody's cells."""
        if self._list.shape is None:
            return
        text = as_toml(self._list.shape.plan.mapping)
        told = self._words.text("The mapping is saved.")
        self._background.run(
            lambda: write_whole(place, text.encode()), lambda _nothing: self.good.say(told),
            self._on_failed,
        )  # fmt: skip

    def _on_back(self) -> None:
        self.stop_work()
        self.closed.emit()

    def _say_nothing(self) -> None:
        self.error.say("")
        self.good.say("")

    def _on_failed(self, error: BaseException) -> None:
        note(error)
        self.good.say("")
        where = f" {error.detail}" if isinstance(error, MappingUnreadable) else ""
        self.error.say(f"{sentence_for(error, self._words)}{where}")  # a mapping names nobody
        bring_into_view(self.error)
        self._show_stage()
