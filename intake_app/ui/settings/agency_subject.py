"""A subject that is fields of the department's record: read, typed, checked and kept together."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake_app.services.decisions.department import change_agency
from intake_app.services.signing.setting_up import read_agency
from intake_app.settings.agency import Agency
from intake_app.ui.parts.cards import MessageBox, PrimaryButton, clear
from intake_app.ui.parts.failure_box import FailureBox
from intake_app.ui.parts.labels import muted
from intake_app.ui.parts.typed import ToMend
from intake_app.ui.settings.fields import SubjectTools

Offered = TypeVar("Offered")


class AgencyCard(Protocol):
    """A card of the department's fields."""

    def problems(self) -> list[ToMend]:
        """What is missing or wrong, from the top."""
        ...

    def put_into(self, agency: Agency) -> Agency:
        """The same department with what stands here."""
        ...


class AgencySubject(QWidget):
    """Cards of fields with one button that keeps them; each change can be undone in the list.

    Args:
        tools: What subjects are built with.
        read: What there is to choose from; called on the worker.
        make: Makes the cards: of the department, and of what there is to choose from.

    Attributes:
        cards: The cards, once they are read.
        save: Keeps what stands in them.
    """

    def __init__(
        self, tools: SubjectTools, read: Callable[[], Offered],
        make: Callable[[Agency, Offered], Sequence[AgencyCard]],
    ) -> None:  # fmt: skip
        super().__init__()
        self._tools, self._make = tools, make
        self._read_offered: Callable[[], object] = read
        self._seen = Agency()
        self.cards: Sequence[AgencyCard] = ()
        words, theme = tools.words, tools.theme
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(18)
        self._place = QVBoxLayout()
        self._place.setSpacing(18)
        lines.addLayout(self._place)
        self.error, self.good = FailureBox(theme, tools.words), MessageBox(theme, "ok")
        for box in (self.error, self.good):
            lines.addWidget(box)
        self.save = PrimaryButton(words.text("Save settings"))
        self.save.setAccessibleName(words.text("Save settings"))
        self.save.setEnabled(False)
        self.save.clicked.connect(self._on_save)
        lines.addWidget(self.save, 0, Qt.AlignmentFlag.AlignLeft)
        told = words.text("Changes take effect when somebody signs in the next time.")
        lines.addWidget(muted(told))

    def refresh(self) -> None:
        """Read what was decided; what is being typed stays."""
        if not self.cards:
            self._tools.background.run(self._read, self._show, self._on_failed)

    def reload(self) -> None:
        """Read it again: something was undone."""
        self.cards = ()
        self.refresh()

    def _read(self) -> tuple[Agency, object]:
        return read_agency(self._tools.desk.station), self._read_offered()

    def _show(self, found: tuple[Agency, object]) -> None:
        self._seen, offered = found
        clear(self._place)
        make: Callable[..., Sequence[AgencyCard]] = self._make
        self.cards = make(self._seen, offered)
        for card in self.cards:
            if isinstance(card, QWidget):
                self._place.addWidget(card)
                card.show()
        self.save.setEnabled(True)

    def _on_save(self) -> None:
        self.good.say("")
        problems = [problem for card in self.cards for problem in card.problems()]
        told = self._tools.words.plural(
            "{n} thing to fix before you continue", "{n} things to fix before you continue",
            len(problems),
        )  # fmt: skip
        links = [(said, field.setFocus) for said, field in problems]
        self.error.say(told if problems else "", links)
        if problems:
            problems[0][1].setFocus()
            return
        self.save.setEnabled(False)
        agency = self._seen
        for card in self.cards:
            agency = card.put_into(agency)
        self._tools.background.run(partial(self._keep, agency), self._on_kept, self._on_failed)

    def _keep(self, agency: Agency) -> tuple[Agency, object]:
        change_agency(self._tools.desk, agency, self._seen)
        return self._read()

    def _on_kept(self, found: tuple[Agency, object]) -> None:
        self._show(found)
        said = self._tools.words.text(
            "Saved. It takes effect when somebody signs in the next time."
        )
        self.good.say(said)
        self.save.setFocus()

    def _on_failed(self, error: BaseException) -> None:
        self.save.setEnabled(bool(self.cards))
        self.error.tell(error)
