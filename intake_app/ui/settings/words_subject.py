"""Words on papers: choose a paper, change its words in each language, look at it, keep it."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from intake_app.domain.form_change import Spoken
from intake_app.services.decisions.wording import (
    Worded,
    Wording,
    keep_words,
    preview_words,
    use_shipped_words,
    worded_texts,
    wording,
)
from intake_app.ui.papers.preview import PaperPreview
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import Card, ErrorBox, MessageBox, clear, named_button, on_press
from intake_app.ui.parts.errors import note
from intake_app.ui.parts.labels import field_label, heading, muted, tip_of
from intake_app.ui.parts.typed import typed_day
from intake_app.ui.settings.fields import SubjectTools, narrow_picker
from intake_app.ui.settings.mistakes import told
from intake_app.words import own_name

_ALL = Qt.ItemDataRole.UserRole


class WordsSubject(QWidget):
    """A list of papers and legal texts; the words of the chosen one beside a look at it.

    Attributes:
        papers: The list.
        fields: The words of the chosen text: by place and language.
        preview: The paper as a picture.
    """

    def __init__(self, tools: SubjectTools) -> None:
        super().__init__()
        self._tools, words = tools, tools.words
        self._now: Wording | None = None
        self.fields: dict[tuple[str, str], QPlainTextEdit] = {}
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(12)
        lines.addWidget(muted(words.text(
            "Choose a paper or a text, and change its words. What is in braces, like {number}, is "
            "filled in by the program. Papers that were given out stay as they were."
        )))  # fmt: skip
        self.search = QLineEdit()
        lines.addWidget(field_label(words.text("Find a paper"), self.search))
        lines.addWidget(self.search)
        self.papers = QListWidget()
        self.papers.setAccessibleName(words.text("Papers and texts"))
        self.papers.setFixedHeight(tools.theme.px(190))
        lines.addWidget(self.papers)
        self.error, self.good = ErrorBox(tools.theme), MessageBox(tools.theme, "ok")
        self._card = Card()
        self._title, self._told = heading("", 2), muted("")
        self._card.box.addWidget(self._title)
        self._card.box.addWidget(self._told)
        self.language = narrow_picker()
        for code in tools.desk.agency.languages:
            self.language.addItem(own_name(code), code)
        self._card.box.addWidget(field_label(words.text("Language of the words"), self.language))
        self._card.box.addWidget(self.language)
        self._words_place = QVBoxLayout()
        self._words_place.setSpacing(6)
        self._card.box.addLayout(self._words_place)
        self._add_end()
        lines.addWidget(self._card)
        for box in (self.error, self.good):
            lines.addWidget(box)
        self.preview = PaperPreview(tools.theme, words)
        lines.addWidget(self.preview)
        self._card.hide()
        self.search.textChanged.connect(self._on_find)
        self.papers.currentItemChanged.connect(self._on_chosen)
        self.language.currentIndexChanged.connect(self._on_language)

    def refresh(self) -> None:
        """Read which papers there are; what is being typed stays."""
        read = partial(worded_texts, self._tools.desk, self._tools.words.language)
        self._tools.background.run(read, self._show_list, self._fail)

    def stop_work(self) -> None:
        """Nothing of a paper stays in memory."""
        self.preview.drop()

    # --- making ---------------------------------------------------------------------------

    def _add_end(self) -> None:
        words, box = self._tools.words, self._card.box
        self.starts, self.why, self.checked = QLineEdit(), QLineEdit(), QLineEdit()
        starts = words.text("In force from (month/day/year; empty: today)")
        for label, field in (
            (starts, self.starts),
            (words.text("Why (may be empty)"), self.why),
            (words.text("Who has checked these words, and when"), self.checked),
        ):
            box.addWidget(field_label(label, field))
            box.addWidget(field)
        buttons: list[QPushButton] = []
        for text, act in (
            (words.text("Look at the paper"), self._on_look),
            (words.text("Keep these words"), self._on_keep),
            (words.text("Use the program's words again"), self._on_shipped),
        ):
            button = named_button(text)
            on_press(button, act)
            buttons.append(button)
        box.addWidget(ButtonRow(self._tools.theme.px(8), buttons))

    # --- the list -------------------------------------------------------------------------

    def _show_list(self, found: Sequence[Worded]) -> None:
        words, chosen = self._tools.words, self._now.name if self._now else ""
        self.papers.blockSignals(True)
        self.papers.clear()
        titles = [one.title for one in found]
        for one in sorted(found, key=lambda one: (one.is_legal, one.title.casefold())):
            said = one.title
            if titles.count(said) > 1:  # "To do" is the title of two papers
                said = f"{said} ({one.ident})"
            if one.is_legal:
                said = words.text("{title} (legal text)", title=said)
            if one.is_behind:
                said = words.text("{title}: yours, and the program ships a newer one", title=said)
            elif one.is_own:
                said = words.text("{title}: your own words", title=said)
            item = QListWidgetItem(said)
            item.setData(_ALL, one.name)
            self.papers.addItem(item)
            if one.name == chosen:
                self.papers.setCurrentItem(item)
        self.papers.blockSignals(False)
        self._on_find(self.search.text())

    def _on_find(self, text: str) -> None:
        wanted = text.casefold().split()
        for n in range(self.papers.count()):
            item = self.papers.item(n)
            is_hit = all(one in item.text().casefold() for one in wanted)
            item.setHidden(not is_hit)

    def _on_chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            name = str(item.data(_ALL))
            self._tools.background.run(
                partial(wording, self._tools.desk, name), self._show_words, self._fail
            )

    # --- the words ------------------------------------------------------------------------

    def _show_words(self, now: Wording) -> None:
        words, self._now = self._tools.words, now
        self.good.say("")
        self.error.say("")
        self.preview.drop()
        item = self.papers.currentItem()
        self._title.setText(item.text() if item else now.name)
        self._told.setText(words.text("Version {version}.", version=now.version))
        clear(self._words_place)
        self.fields = {}
        for one in now.spoken:
            self._add_words(one, now.shipped.get(one.place, {}))
        is_legal = now.name.startswith("legal/")
        self.checked.setEnabled(is_legal)
        for field in (self.starts, self.why, self.checked):
            field.clear()
        self._on_language()
        self._card.show()

    def _add_words(self, one: Spoken, shipped: Mapping[str, str]) -> None:
        for language in self._tools.desk.agency.languages:
            said = one.words.get(language, "")
            field = QPlainTextEdit(said)
            field.setTabChangesFocus(True)
            rows = min(8, 1 + len(said) // 70 + said.count("\n"))
            field.setFixedHeight(self._tools.theme.px(22 * rows + 30))
            place = one.place.replace("/", " ")
            name = self._tools.words.text(
                "{place}, {language}", place=place,
                language=own_name(language),
            )  # fmt: skip
            field.setAccessibleName(name)
            if shipped.get(language, said) != said:
                field.setAccessibleDescription(shipped[language])
                field.setToolTip(tip_of(shipped[language]))
            self.fields[one.place, language] = field
            self._words_place.addWidget(field)

    def _on_language(self) -> None:
        wanted = str(self.language.currentData())
        for (_, language), field in self.fields.items():
            field.setVisible(language == wanted)

    def typed(self) -> dict[str, dict[str, str]]:
        """The words as they stand in the fields, where they differ."""
        found: dict[str, dict[str, str]] = {}
        for one in self._now.spoken if self._now else ():
            for language in self._tools.desk.agency.languages:
                said = self.fields[one.place, language].toPlainText()
                if said != one.words.get(language, ""):
                    found.setdefault(one.place, {})[language] = said
        return found

    def _on_look(self) -> None:
        if self._now is None:
            return
        self.error.say("")
        language = str(self.language.currentData())
        job = partial(preview_words, self._tools.desk, self._now.name, self.typed(), language)
        self._tools.background.run(job, self._show_paper, self._fail)

    def _show_paper(self, data: bytes) -> None:
        """Below all the words it would not be seen: the page goes there, and so does the cursor."""
        self.preview.show_paper(data)
        self.preview.sheet.setFocus()
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None:
            area.ensureWidgetVisible(self.preview.sheet)

    def _on_keep(self) -> None:
        if self._now is None:
            return
        typed = self.starts.text().strip()
        day = typed_day(typed)
        if typed and day is None:
            words = self._tools.words
            said = words.text("Enter the date as month/day/year, for example 11/2/2026.")
            self.error.say(said, [(said, self.starts.setFocus)])
            return
        job = partial(
            keep_words, self._tools.desk, self._now.name, self.typed(),
            starts=str(day or ""), why=self.why.text().strip(), checked_by=self.checked.text(),
        )  # fmt: skip
        self._tools.background.run(job, self._on_kept, self._fail)

    def _on_shipped(self) -> None:
        if self._now is not None:
            job = partial(use_shipped_words, self._tools.desk, self._now.name)
            self._tools.background.run(job, self._on_kept, self._fail)

    def _on_kept(self, made: object) -> None:
        words = self._tools.words
        said = words.text("Saved. You can take it back under “What was changed”.")
        name = self._now.name if self._now else ""

        def shown(now: Wording) -> None:
            self._show_words(now)
            self.good.say(said if made else words.text("Nothing is different."))

        self._tools.background.run(partial(wording, self._tools.desk, name), shown, self._fail)
        self.refresh()

    def _fail(self, error: BaseException) -> None:
        note(error)
        self.error.say(told(error, self._tools.words))
