"""Let a computer in: find its request, type the words that are read out, sign."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QVBoxLayout, QWidget

from intake_app.services.exchanging.stations import Asking, Enrol
from intake_app.ui.parts.asking_card import AskingCard
from intake_app.ui.parts.cards import PrimaryButton, clear, named_button, on_press
from intake_app.ui.parts.labels import field_label, words_label
from intake_app.ui.parts.picker import Picker
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words


class LetInCard(AskingCard):
    """Shows what asks, and asks the administrator; they can only type words that they hear.

    Signals:
        look_asked: Look for requests in this place (a `Path`).
        asked: Let this computer in (an `Enrol`).

    Attributes:
        which: Which computer, where several ask.
        words_heard: The fields for words, by place.
        name: What it shall be called.
        passphrase: The administrator's own.
        look: Chooses a stick or folder.
        act: Lets it in.
    """

    look_asked = Signal(object)
    asked = Signal(object)

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__(words.text("Let a computer in"), theme, words.text(
            "On the new computer, choose “Join a department”. It writes a request and shows eight "
            "words. Have somebody there read you the words that are asked for below."
        ))  # fmt: skip
        self._words, self._place = words, Path()
        self._found: Sequence[Asking] = ()
        self._is_chosen = False
        self.words_heard: dict[int, QLineEdit] = {}
        self.which, self.name, self.passphrase = Picker(), QLineEdit(), QLineEdit()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.look = named_button(words.text("Look on a stick or in a folder…"))
        self.act = PrimaryButton(words.text("Let it in"))
        self.act.setAccessibleName(self.act.text())
        self._heard = QVBoxLayout()
        self._form = self._make_form()
        self.box.addWidget(self._form)
        self.finish(self.look)
        self._put_in_order()
        on_press(self.look, self._on_look)
        on_press(self.act, self._on_act)
        self.passphrase.returnPressed.connect(self._on_act)
        self.which.currentIndexChanged.connect(self._ask_words)
        self._form.hide()

    def show_found(self, found: Sequence[Asking], place: Path | None) -> None:
        """Ask about what was found; nothing: the form goes."""
        self._found, self._is_chosen = found, place is not None
        self._place = place or Path()
        self.which.clear()
        for one in found:
            told = self._words.text(
                "Computer {id}, program {version}", id=one.station, version=one.program or "?"
            )
            self.which.addItem(told, one.station)
        self.which.setVisible(len(found) > 1)
        self._form.setVisible(bool(found))
        self._ask_words()
        if self._is_chosen and self.words_heard:  # somebody waits at the phone
            first = next(iter(self.words_heard.values()))
            first.show()  # it is too new to be on screen, and takes no cursor before
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def done(self) -> None:
        """It was let in."""
        self.passphrase.clear()
        self.name.clear()
        self.show_found((), None)

    def _make_form(self) -> QWidget:
        made, say = QWidget(), self._words.text
        lines = QVBoxLayout(made)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(8)
        self.which.setAccessibleName(say("Which computer"))
        lines.addWidget(self.which)
        lines.addLayout(self._heard)
        for label, field in (
            (say("Name of the new computer"), self.name),
            (say("Your own passphrase, once more"), self.passphrase),
        ):
            lines.addWidget(field_label(label, field))
            lines.addWidget(field)
        lines.addWidget(self.act, 0, Qt.AlignmentFlag.AlignLeft)
        return made

    def _ask_words(self, _n: int = 0) -> None:
        clear(self._heard)
        self.words_heard = {}
        chosen = self._chosen()
        for place in chosen.places if chosen else ():
            field = QLineEdit()
            label = self._words.text("Word {n} on the new computer", n=str(place))
            self._heard.addWidget(field_label(label, field))
            self._heard.addWidget(field)
            self.words_heard[place] = field
        if chosen and chosen.is_enrolled:
            told = self._words.text(
                "It was let in before. It gets a new answer and stays the same."
            )
            self._heard.addWidget(words_label(told))
        self._put_in_order()

    def _put_in_order(self) -> None:
        """Tab goes as the eye does: fields that came later would be its last."""
        fields = [self.which, *self.words_heard.values(), self.name, self.passphrase]
        for one, following in pairwise([*fields, self.act, self.look]):
            self.setTabOrder(one, following)

    def _chosen(self) -> Asking | None:
        wanted = self.which.currentData()
        return next((one for one in self._found if one.station == wanted), None)

    def _on_look(self) -> None:
        title = self._words.text("Choose a folder or stick")
        folder = QFileDialog.getExistingDirectory(self, title)
        if folder:
            self.look_asked.emit(Path(folder))

    def _on_act(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        heard = {place: field.text() for place, field in self.words_heard.items()}
        place = self._place if self._is_chosen else None
        self.asked.emit(
            Enrol(chosen.data, heard, self.passphrase.text(), self.name.text(), place)
        )  # fmt: skip
