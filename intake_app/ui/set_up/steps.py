"""The steps of the set-up: each asks, and says what is missing; none writes anything."""

import base64
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from intake_app.settings.agency import Agency
from intake_app.ui.parts.cards import Card, drop, make_button
from intake_app.ui.parts.labels import labeled, muted, words_label
from intake_app.ui.parts.logo import FILE_BYTES, fitting_logo
from intake_app.ui.parts.picker import Picker
from intake_app.ui.parts.theme import Theme
from intake_app.ui.parts.typed import IS_ORI, IS_PREFIX, ToMend, typed_day
from intake_app.words import Words, mark

NoArrestText = tuple[str, str]
"""Name of a text in resources/legal, and its title in words."""

_WARRANTS = (
    ("never", mark("Never"), mark("Nobody who walks in is checked for warrants.")),
    ("asked", mark("Only with a yes"), mark("The person is told first what may follow.")),
    ("told", mark("Always"), mark("The person is told so before anything is asked.")),
)


class Step(QWidget):
    """One page of the set-up.

    Attributes:
        lines: The layout to fill.
    """

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__()
        self.words, self.theme = words, theme
        self.lines = QVBoxLayout(self)
        self.lines.setContentsMargins(0, 0, 0, 0)
        self.lines.setSpacing(14)

    def problems(self) -> list[ToMend]:
        """What is missing or wrong, first things first."""
        return []

    def enter(self) -> None:
        """The step is shown: take over what earlier steps have said."""

    def end(self) -> None:
        """All has been put in: what is left of the page stays empty."""
        self.lines.addStretch()

    def choice(self, into: QVBoxLayout, label: str, told: str) -> QRadioButton:
        """Put a choice with a line of explanation below it."""
        button = QRadioButton(label)
        button.setAccessibleName(label)
        button.setAccessibleDescription(told)
        under = muted(told)
        under.setIndent(self.theme.px(30))
        into.addWidget(button)
        into.addWidget(under)
        return button

    def ask(self, into: QVBoxLayout, label: str, field: QWidget, hint: str = "") -> None:
        """Put a label, a hint and a field below one another."""
        into.addLayout(labeled(label, field, hint))


class DepartmentStep(Step):
    """Name, address, phone, ORI, letters of receipt numbers, logo."""

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__(words, theme)
        self.name, self.phone, self.ori = QLineEdit(), QLineEdit(), QLineEdit()
        self.prefix, self.neutral = QLineEdit(), QLineEdit()
        self.address = QPlainTextEdit()
        self.address.setTabChangesFocus(True)
        self.address.setFixedHeight(theme.px(84))
        self.logo = b""
        card = Card()
        card.box.setSpacing(14)
        for label, field, hint in (
            (words.text("Name of the department"), self.name, ""),
            (words.text("Street address"), self.address, ""),
            (words.text("Phone"), self.phone, ""),
            (words.text("ORI"), self.ori,
             words.text("Nine letters and digits; leave empty if you have none yet")),
            (words.text("Letters of receipt numbers"), self.prefix,
             words.text("One to six capital letters, for example PH")),
            (words.text("Neutral name, for letters and cards"), self.neutral,
             words.text("For envelopes and wallet cards, for example Pine Hollow Pathways")),
        ):  # fmt: skip
            self.ask(card.box, label, field, hint)
        card.box.addLayout(self._logo_row())
        self.lines.addWidget(card)

    def problems(self) -> list[ToMend]:
        """Name, phone and letters are needed."""
        words, found = self.words, list[ToMend]()
        if not self.name.text().strip():
            found.append((words.text("Enter the name of the department."), self.name))
        if not self.phone.text().strip():
            found.append((words.text("Enter the phone number."), self.phone))
        if self.ori.text().strip() and not IS_ORI(self.ori.text().strip().upper()):
            found.append((words.text("The ORI has nine letters and digits."), self.ori))
        if not IS_PREFIX(self.prefix.text().strip().upper()):
            found.append((words.text("Enter one to six letters for receipt numbers."), self.prefix))
        return found

    def agency(self) -> Agency:
        """The department as typed."""
        address = tuple(
            line.strip() for line in self.address.toPlainText().splitlines() if line.strip()
        )
        name = self.name.text().strip()
        return Agency(
            name=name, address=address, phone=self.phone.text().strip(),
            ori=self.ori.text().strip().upper(), prefix=self.prefix.text().strip().upper(),
            neutral_name=self.neutral.text().strip() or name,
            neutral_address=address, neutral_phone=self.phone.text().strip(),
            logo=base64.b64encode(self.logo).decode(),
            logo_alt=self.words.text("Logo of {name}", name=name) if self.logo else "",
        )  # fmt: skip

    def take_logo(self, file: Path) -> None:
        """Read a picture; one that is too large or no picture is refused in words."""
        data = fitting_logo(file.read_bytes() if file.stat().st_size <= FILE_BYTES else b"")
        if not data:
            self.logo_state.setText(self.words.text("Choose a picture: PNG or JPEG."))
            return
        self.logo = data
        self.logo_state.setText(file.name)

    def _logo_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        choose = make_button(self.words.text("Choose a logo…"))
        choose.clicked.connect(self._on_choose)
        self.logo_state = muted(self.words.text("No logo chosen; letters go without one."))
        row.addWidget(choose)
        row.addWidget(self.logo_state, 1)
        return row

    def _on_choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, self.words.text("Choose a logo…"), "", "PNG, JPEG (*.png *.jpg *.jpeg)"
        )
        if chosen:
            self.take_logo(Path(chosen))


class PolicyStep(Step):
    """Who may read walk-ins, warrant checks, and the signed "no arrest" statement."""

    def __init__(
        self, words: Words, theme: Theme, texts: Sequence[NoArrestText],
        readers: Callable[[], Sequence[tuple[str, str]]],
    ) -> None:  # fmt: skip
        super().__init__(words, theme)
        self._find_readers = readers
        self._boxes: dict[str, QCheckBox] = {}
        self._readers = QVBoxLayout()
        self._readers.setSpacing(2)
        self._add_readers()
        self._add_warrants()
        self._add_statement(texts)

    def enter(self) -> None:
        """List the people of the step before; those who were unticked stay so."""
        unticked = {name for name, box in self._boxes.items() if not box.isChecked()}
        for box in self._boxes.values():
            drop(box)
        self._boxes = {}
        for user_name, shown in self._find_readers():
            box = QCheckBox(shown)
            box.setAccessibleName(shown)
            box.setChecked(user_name not in unticked)
            self._boxes[user_name] = box
            self._readers.addWidget(box)

    def problems(self) -> list[ToMend]:
        """Somebody must read, and a date that was typed must be one."""
        words, found = self.words, list[ToMend]()
        if not self.read_walk_ins():
            first = next(iter(self._boxes.values()), None) or self
            found.append((words.text("At least one person must be able to read walk-ins."), first))
        if self.signed.text().strip() and self.signed_on() is None:
            told = words.text("Enter the date as month/day/year, for example 11/2/2026.")
            found.append((told, self.signed))
        return found

    def read_walk_ins(self) -> tuple[str, ...]:
        """User names of those who hold the key."""
        return tuple(name for name, box in self._boxes.items() if box.isChecked())

    def warrant_policy(self) -> str:
        """Code of the policy."""
        return _WARRANTS[max(self._warrants.checkedId(), 0)][0]

    def signed_on(self) -> date | None:
        """The date the statement was signed, or None."""
        return typed_day(self.signed.text())

    def _add_readers(self) -> None:
        words = self.words
        card = Card(words.text("Who may read walk-ins?"))
        told = words.text(
            "They get the key to the records of people who asked for help. Who works at the front "
            "desk and is not named here takes walk-ins, hands them in, and reads none."
        )
        card.box.addWidget(muted(told))
        card.box.addLayout(self._readers)
        self.lines.addWidget(card)

    def _add_warrants(self) -> None:
        words = self.words
        card = Card(words.text("Are people checked for warrants?"))
        told = words.text("People who fear a check do not come. Most programs check nobody.")
        card.box.addWidget(muted(told))
        self._warrants = QButtonGroup(self)
        for number, (_code, label, told) in enumerate(_WARRANTS):
            button = self.choice(card.box, words.text(label), words.text(told))
            button.setChecked(number == 0)
            self._warrants.addButton(button, number)
        self.lines.addWidget(card)

    def _add_statement(self, texts: Sequence[NoArrestText]) -> None:
        words = self.words
        card = Card(words.text("The “no arrest” statement"))
        told = words.text(
            "It is read to each person before any question about drugs. The chief and the "
            "prosecutor decide which text, and sign it."
        )
        card.box.addWidget(muted(told))
        self.statement = Picker()
        for name, title in texts:
            self.statement.addItem(title, name)
        self.signed = QLineEdit()
        self.ask(card.box, words.text("Which text did they sign?"), self.statement)
        self.ask(card.box, words.text("When did they sign it?"), self.signed,
                 words.text("Month/day/year. Leave empty if it is not signed yet."))  # fmt: skip
        self.lines.addWidget(card)


class CardsStep(Step):
    """How the recovery cards work; the last step before the profile is made."""

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__(words, theme)
        card = Card(words.text("Recovery cards"))
        told = words.text(
            "If everybody forgets a passphrase or this computer breaks, the records open only with "
            "a recovery card. Cards are printed once and are never kept on this computer."
        )
        card.box.addWidget(words_label(told))
        self.either = self.choice(
            card.box, words.text("Two cards"), words.text("Each one opens the records alone.")
        )
        self.two_of_three = self.choice(
            card.box, words.text("Three cards"), words.text("Any two together open them.")
        )
        self.either.setChecked(True)
        told = words.text(
            "Keep them in different places, for example the chief's safe and the town clerk's safe."
        )
        card.box.addWidget(muted(told))
        self.lines.addWidget(card)
        self._add_algorithms()

    def _add_algorithms(self) -> None:
        words = self.words
        card = Card(words.text("For an audit"))
        label = words.text("Use approved algorithms only (NIST)")
        self.approved = QCheckBox(label)
        self.approved.setAccessibleName(label)
        told = words.text(
            "Tick this only if your CJIS auditor asks for it. Passphrases are then stretched with "
            "PBKDF2 instead of Argon2id. It cannot be changed later."
        )
        card.box.addWidget(self.approved)
        card.box.addWidget(muted(told))
        self.lines.addWidget(card)

    def card_plan(self) -> str:
        """Code of the plan."""
        return "either" if self.either.isChecked() else "two_of_three"
