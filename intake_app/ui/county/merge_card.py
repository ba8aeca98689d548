"""Merging extracts: the own key, the files, who sent them, and the county's figures."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLineEdit, QPushButton, QVBoxLayout, QWidget

from intake_app.disk.atomic import write_whole
from intake_app.disk.bounded import read_bounded
from intake_app.domain.disclosure import ENDING, MOST_FILE
from intake_app.domain.disclosure_errors import BadBundle
from intake_app.services.county.departments import (
    County,
    Received,
    Stranger,
    confirm_sender,
    county_numbers,
    open_inbox,
    receive,
)
from intake_app.services.county.paper import (
    county_lines,
    merge_in_words,
    print_county,
    small_in_words,
)
from intake_app.services.desk import Desk
from intake_app.services.measures.saying import whole_in_words
from intake_app.services.needs.county import Inbox
from intake_app.services.reports.parts import Section
from intake_app.ui.measures.period_bar import PeriodBar
from intake_app.ui.papers.giver import PaperGiver
from intake_app.ui.papers.printing import ask_for_table_file
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import Card, MessageBox, PrimaryButton, clear, named_button, on_press
from intake_app.ui.parts.errors import note, sentence_for
from intake_app.ui.parts.labels import field_label, heading, muted
from intake_app.ui.parts.scrolling import bring_into_view
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

_MOST_KEY = 64 * 1024


class MergeCard(Card):
    """The card.

    Attributes:
        key: Where the own key file lies.
        secret: What opens it.
        choose_key, choose: Choose the key file, and the extracts.
        read: Reads the extracts.
        period: Which days.
        count: Counts the county.
        save, paper: Save the table, print the report.
        same: By department the button that says that its words are the same.
        said: What it says of the county, line by line.
        good, error: What came of it.
    """

    def __init__(self, desk: Desk, background: Background, words: Words, theme: Theme) -> None:
        say = words.text
        super().__init__(say("Merge extracts of departments"))
        self._desk, self._background, self._words, self._theme = desk, background, words, theme
        self._files: dict[str, bytes] = {}
        self._inbox: Inbox | None = None
        self._received = Received()
        self._county: County | None = None
        self.same: dict[str, QPushButton] = {}
        self.said: list[str] = []
        self.good, self.error = MessageBox(theme, "ok"), MessageBox(theme, "error")
        self.key, self.secret = QLineEdit(), QLineEdit()
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.choose_key = named_button(say("Choose your key file…"))
        self.choose = named_button(say("Choose the extracts…"))
        self.chosen = muted(say("No file is chosen."))
        self.read = PrimaryButton(say("Read the extracts"), theme)
        self.count = PrimaryButton(say("Count the county"), theme)
        self.save = named_button(say("Save the table…"))
        self.paper = named_button(say("Print the report…"))
        self.period = PeriodBar(desk, words, theme)
        self._paper = PaperGiver(background, words, self)
        self._paper.done.connect(self._done)
        self._paper.failed.connect(self._fail)
        self._senders, self._figures = QVBoxLayout(), QVBoxLayout()
        self._came, self._counted = QWidget(), QWidget()
        self._lay()
        for button, act in (
            (self.choose_key, self._on_choose_key), (self.choose, self._on_choose),
            (self.read, self._on_read), (self.count, self._on_count), (self.save, self._on_save),
            (self.paper, self._on_paper),
        ):  # fmt: skip
            on_press(button, act)
        self.secret.returnPressed.connect(self._on_read)
        self.period.chosen.connect(self._counted.hide)
        self.setFocusProxy(self.key)

    def _lay(self) -> None:
        say, gap = self._words.text, self._theme.px(8)
        self.box.addWidget(muted(say(
            "Each department sends a sealed extract. Your key opens them; nobody's name is in "
            "them. Somebody whom two departments met counts once."
        )))  # fmt: skip
        self.box.addWidget(field_label(say("Your key file"), self.key))
        self.box.addWidget(self.key)
        self.box.addWidget(field_label(say("Its passphrase"), self.secret))
        self.box.addWidget(self.secret)
        self.box.addWidget(ButtonRow(gap, (self.choose_key, self.choose)))
        self.box.addWidget(self.chosen)
        self.box.addWidget(ButtonRow(gap, (self.read,)))
        came = QVBoxLayout(self._came)
        came.setContentsMargins(0, 0, 0, 0)
        came.addLayout(self._senders)
        came.addWidget(self.period)
        came.addWidget(ButtonRow(gap, (self.count,)))
        counted = QVBoxLayout(self._counted)
        counted.setContentsMargins(0, 0, 0, 0)
        counted.addWidget(ButtonRow(gap, (self.save, self.paper)))
        counted.addLayout(self._figures)
        for part in (self._came, self.error, self.good, self._counted):
            self.box.addWidget(part)
        self._came.hide()
        self._counted.hide()

    # --- files --------------------------------------------------------------------------------

    def _on_choose_key(self) -> None:
        title = self._words.text("Choose your key file")
        chosen, _ = QFileDialog.getOpenFileName(self, title)
        if chosen:
            self.key.setText(chosen)
            self.secret.setFocus()

    def _on_choose(self) -> None:
        title = self._words.text("Choose the extracts")
        chosen, _ = QFileDialog.getOpenFileNames(self, title, "", f"*{ENDING}")
        if chosen:
            self.take([Path(one) for one in chosen])

    def take(self, paths: Sequence[Path]) -> None:
        """Take these files as the extracts."""
        self._background.run(lambda: _bytes_of(paths), self._taken, self._fail)

    def _taken(self, found: dict[str, bytes]) -> None:
        self._files = found
        self.chosen.setText(self._words.plural(
            "1 file is chosen.", "{n} files are chosen.", len(found)
        ))  # fmt: skip

    def _on_read(self) -> None:
        desk, files, secret = self._desk, self._files, self.secret.text()
        place, known = Path(self.key.text().strip()), self._inbox
        self.secret.clear()

        def job() -> tuple[Inbox, Received]:
            inbox = known if known is not None and not secret else _inbox(desk, place, secret)
            return inbox, receive(desk, inbox, files)

        self._clear()
        self._background.run(job, self._show_received, self._fail)

    def _show_received(self, found: tuple[Inbox, Received]) -> None:
        self._inbox, self._received = found
        say = self._words.text
        clear(self._senders)
        self.same = {}
        for one in self._received.came:
            self._senders.addWidget(muted(say("Read: {department}", department=one.department)))
        for one in self._received.refused:
            said = sentence_for(one.why, self._words)
            self._senders.addWidget(muted(f"{one.name}: {said}"))
        for one in self._received.strangers:
            self._ask_of(one)
        self._came.setVisible(True)
        self.count.setEnabled(bool(self._received.came))
        bring_into_view(self.count)

    def _ask_of(self, one: Stranger) -> None:
        say = self._words.text
        name = "".join(sign if sign.isprintable() else " " for sign in one.department)
        self._senders.addWidget(muted(say(
            "An extract says that it is from {department}. Nothing of it is used yet. Call them: "
            "they read you these words: {words}", department=name, words=" ".join(one.words),
        )))  # fmt: skip
        button = named_button(say("The words are the same: {department}", department=name))
        on_press(button, partial(self._on_same, one))
        self.same[name] = button
        self._senders.addWidget(ButtonRow(self._theme.px(8), (button,)))

    def _on_same(self, one: Stranger) -> None:
        desk, inbox = self._desk, self._inbox
        if inbox is not None:
            self._background.run(
                lambda: confirm_sender(desk, inbox, one), lambda _: self._on_read(), self._fail
            )

    # --- figures ------------------------------------------------------------------------------

    def _on_count(self) -> None:
        desk, came, days = self._desk, self._received.came, self.period.period
        self._clear()
        self._counted.hide()
        self.good.say(self._words.text("Counting…"))
        self._background.run(
            lambda: county_numbers(desk, came, days.since, days.until), self._show_county,
            self._fail,
        )  # fmt: skip

    def _show_county(self, county: County) -> None:
        self._county, words = county, self._words
        self._clear()
        clear(self._figures)
        self.said = [*merge_in_words(county, words), *small_in_words(county, words)]
        for line in self.said:
            self._figures.addWidget(muted(line))
        for section in county.sections:
            self._show_section(section)
        self._figures.addWidget(muted(words.text(
            "Tables by group, how each number is counted, and what is not shown: in the report."
        )))  # fmt: skip
        self._counted.show()
        bring_into_view(self.save)

    def _show_section(self, section: Section) -> None:
        words = self._words
        views = [one for one in section.views if not one.asked.missing]
        if not views:
            return
        self._figures.addWidget(heading(section.title.said_in(words.language), 3))
        for one in views:
            title = one.told.measure.title.said_in(words.language)
            line = f"{title}: {whole_in_words(one.told.whole, one.told.measure, words)}"
            self.said.append(line)
            self._figures.addWidget(muted(line))

    def _on_save(self) -> None:
        desk, county = self._desk, self._county
        if county is None:
            return
        name = f"county-{county.since}-{county.until}.csv"
        place = ask_for_table_file(self, name, self._words)
        if place is None:
            return
        said = self._words.text("The table is saved.")
        self._background.run(
            lambda: write_whole(place, county_lines(desk, county)), lambda _: self._done(said),
            self._fail,
        )  # fmt: skip

    def _on_paper(self) -> None:
        desk, county, language = self._desk, self._county, self._words.language
        if county is not None:
            self._paper.give(lambda: print_county(desk, county, language), "county", "print")

    def _done(self, said: str) -> None:
        self.error.say("")
        self.good.say(said)

    def _clear(self) -> None:
        for box in (self.good, self.error):
            box.say("")

    def _fail(self, error: object) -> None:
        if isinstance(error, BaseException):
            note(error)
            self.good.say("")
            self.error.say(sentence_for(error, self._words))
            bring_into_view(self.error)


def _bytes_of(paths: Sequence[Path]) -> dict[str, bytes]:
    found = dict[str, bytes]()
    for path in paths:
        name = path.name if path.name not in found else str(path)
        found[name] = read_bounded(path, MOST_FILE) or b""  # what is too large is refused by name
    return found


def _inbox(desk: Desk, place: Path, secret: str) -> Inbox:
    data = read_bounded(place, _MOST_KEY) if place.is_file() else None
    if data is None:
        raise BadBundle("key file")
    return open_inbox(desk, data, secret, str(place))
