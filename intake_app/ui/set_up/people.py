"""The steps of the set-up that ask for people: administrator, coordinator, further ones."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QRadioButton, QWidget

from intake_app.domain.roles import Role
from intake_app.services.records.role_words import ROLES, role_name, role_names
from intake_app.services.signing.signing_in import NewPerson
from intake_app.settings.sign_in_policy import DEFAULT, read_policy
from intake_app.ui.parts.cards import Card, drop, make_button, named_button, on_press
from intake_app.ui.parts.labels import muted, words_label
from intake_app.ui.parts.picker import Picker
from intake_app.ui.parts.theme import Theme
from intake_app.ui.parts.typed import ToMend
from intake_app.ui.set_up.steps import Step
from intake_app.words import Words

_FURTHER = (
    Role.FRONT_DESK, Role.OFFICER, Role.SUPERVISOR, Role.COORDINATOR, Role.ADMINISTRATOR,
    Role.PRIVACY_OFFICER,
)  # fmt: skip


class PersonCard(Card):
    """Asks for one person: shown name, user name, passphrase twice.

    Attributes:
        shown_name: "M. Hale".
        user_name: What they sign in with.
        passphrase: Their first one.
        again: The same.
        suggest: Asks for four random words.

    Signals:
        suggest_asked: Four words are wanted; `take_suggestion` takes them.
    """

    suggest_asked = Signal()

    def __init__(self, title: str, step: Step) -> None:
        super().__init__(title)
        self._title, self._words = title, step.words
        self.shown_name, self.user_name = QLineEdit(), QLineEdit()
        self.passphrase, self.again = QLineEdit(), QLineEdit()
        words = step.words
        for field in (self.passphrase, self.again):
            field.setEchoMode(QLineEdit.EchoMode.Password)
        self.box.setSpacing(12)
        asked = (
            (words.text("Name as colleagues see it"), self.shown_name, words.text("M. Hale")),
            (words.text("User name"), self.user_name, ""),
            (words.text("Passphrase"), self.passphrase, words.text("Four or more words")),
            (words.text("Passphrase again"), self.again, ""),
        )
        for label, field, hint in asked:
            step.ask(self.box, label, field, hint)
            field.setAccessibleName(words.text("{title}: {label}", title=title, label=label))
            if field is self.passphrase:
                self._offer_words(words.text("Suggest four words"))

    def _offer_words(self, label: str) -> None:
        name = self._words.text("{title}: {label}", title=self._title, label=label)
        self.suggest = named_button(label)
        self.suggest.setAccessibleName(name)
        on_press(self.suggest, self.suggest_asked.emit)
        self.suggested = words_label("", "label")
        self.suggested.hide()
        row = QHBoxLayout()
        row.addWidget(self.suggest)
        row.addWidget(self.suggested, 1)
        self.box.addLayout(row)

    def take_suggestion(self, phrase: str) -> None:
        """Show four words, to be learned and typed once more."""
        self.suggested.setText(self._words.text("Learn it now: {phrase}", phrase=phrase))
        self.suggested.show()
        self.passphrase.setText(phrase)
        self.again.clear()
        self.again.setFocus()

    def problems(self) -> list[ToMend]:
        """What is missing."""
        words, found = self._words, list[ToMend]()
        for field, told in (
            (self.shown_name, words.text("{title}: enter the name.", title=self._title)),
            (self.user_name, words.text("{title}: enter a user name.", title=self._title)),
        ):
            if not field.text().strip():
                found.append((told, field))
        if len(self.passphrase.text()) < read_policy(DEFAULT).holder_characters:
            told = words.text(
                "{title}: the passphrase needs four or more words.", title=self._title
            )
            found.append((told, self.passphrase))
        elif self.passphrase.text() != self.again.text():
            told = words.text("{title}: the two passphrases differ.", title=self._title)
            found.append((told, self.again))
        return found

    def person(self, roles: frozenset[Role]) -> NewPerson:
        """The person as typed."""
        return NewPerson(
            self.user_name.text().strip(), self.shown_name.text().strip(),
            self.passphrase.text(), roles,
        )  # fmt: skip

    def wipe(self) -> None:
        """Empty all fields."""
        for field in (self.shown_name, self.user_name, self.passphrase, self.again):
            field.clear()


class LeadersStep(Step):
    """One administrator and one coordinator; in a tiny agency one person is both."""

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__(words, theme)
        told = words.text(
            "The administrator adds people and settings and cannot read walk-ins. The coordinator "
            "reads walk-ins and follows them up. In a tiny agency one person may be both; then "
            "that person can do everything, and the log is the only check."
        )
        self.lines.addWidget(words_label(told))
        self.two = QRadioButton(words.text("Two people"))
        self.one = QRadioButton(words.text("One person is both"))
        self.two.setChecked(True)
        self._group = QButtonGroup(self)
        row = QHBoxLayout()
        row.setSpacing(20)
        for button in (self.two, self.one):
            button.setAccessibleName(button.text())
            self._group.addButton(button)
            row.addWidget(button)
        row.addStretch()
        self.lines.addLayout(row)
        self.administrator = PersonCard(words.text("Administrator"), self)
        self.coordinator = PersonCard(words.text("Coordinator"), self)
        self.lines.addWidget(self.administrator)
        self.lines.addWidget(self.coordinator)
        self.one.toggled.connect(self.coordinator.setHidden)

    def problems(self) -> list[ToMend]:
        """Of both cards, and two people need two user names."""
        found = self.administrator.problems()
        if not self.one.isChecked():
            found += self.coordinator.problems()
            names = {person.user_name.lower() for person in self.people()}
            if len(names) < 2 and not found:
                told = self.words.text("Two people need two user names.")
                found.append((told, self.coordinator.user_name))
        return found

    def people(self) -> tuple[NewPerson, ...]:
        """Those who were typed."""
        if self.one.isChecked():
            both = frozenset({Role.ADMINISTRATOR, Role.COORDINATOR})
            return (self.administrator.person(both),)
        return (
            self.administrator.person(frozenset({Role.ADMINISTRATOR})),
            self.coordinator.person(frozenset({Role.COORDINATOR})),
        )


class FurtherStep(Step):
    """Everybody else; may stay empty."""

    def __init__(
        self, words: Words, theme: Theme, leaders: LeadersStep, kind: Callable[[], str]
    ) -> None:
        super().__init__(words, theme)
        self._leaders, self._kind = leaders, kind
        self._people: list[NewPerson] = []
        told = words.text(
            "Add who takes walk-ins at the front desk. More can be added later. The passphrases "
            "that you type for others open once; then they choose their own."
        )
        self.lines.addWidget(words_label(told))
        self._list = Card(words.text("People so far"))
        self._rows = self._list.box
        self.lines.addWidget(self._list)
        self.card = PersonCard(words.text("Another person"), self)
        self.role = Picker()
        for role in _FURTHER:
            self.role.addItem(words.text(ROLES[role]), role.value)
        self.ask(self.card.box, words.text("Role"), self.role)
        self.add = make_button(words.text("Add this person"))
        self.add.clicked.connect(self._on_add)
        self.said = muted("")
        self.card.box.addWidget(self.said)
        row = QHBoxLayout()
        row.addWidget(self.add)
        row.addStretch()
        self.card.box.addLayout(row)
        self.lines.addWidget(self.card)

    def enter(self) -> None:
        """List everybody; roles are named after the kind of agency."""
        for n in range(self.role.count()):
            role = Role(self.role.itemData(n))
            self.role.setItemText(n, role_name(role, self.words, self._kind()))
        self._show()

    def problems(self) -> list[ToMend]:
        """A person who was typed and not added."""
        if self.card.user_name.text().strip() or self.card.passphrase.text():
            told = self.words.text("Press “Add this person”, or empty the fields.")
            return [(told, self.add)]
        return []

    def people(self) -> tuple[NewPerson, ...]:
        """Leaders first, then those added here."""
        return (*self._leaders.people(), *self._people)

    def readers(self) -> Sequence[tuple[str, str]]:
        """Those whose role reads walk-ins: user name, and words to tick."""
        reading = {Role.FRONT_DESK, Role.COORDINATOR}
        return [(p.user_name, self._told(p)) for p in self.people() if p.roles & reading]

    def _told(self, person: NewPerson) -> str:
        return f"{person.shown_name} · {role_names(person.roles, self.words, self._kind())}"

    def _on_add(self) -> None:
        found = self.card.problems()
        taken = {person.user_name.lower() for person in self.people()}
        if not found and self.card.user_name.text().strip().lower() in taken:
            told = self.words.text("This user name is taken. Choose another one.")
            found = [(told, self.card.user_name)]
        if found:
            self.said.setText(found[0][0])
            found[0][1].setFocus()
            return
        self._people.append(self.card.person(frozenset({Role(self.role.currentData())})))
        self.card.wipe()
        self.said.setText("")
        self._show()
        self.card.shown_name.setFocus()

    def _show(self) -> None:
        while self._rows.count() > 1:  # all but the title line
            item = self._rows.takeAt(1)
            if item and (widget := item.widget()):
                drop(widget)
        for person in self.people():
            self._rows.addWidget(self._row(person))

    def _row(self, person: NewPerson) -> QWidget:
        holder, row = QWidget(), QHBoxLayout()
        holder.setLayout(row)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(words_label(self._told(person)), 1)
        if person in self._people:
            remove = make_button(self.words.text("Remove"), "small")
            told = self.words.text("Remove {name}", name=person.shown_name)
            remove.setAccessibleName(told)
            remove.clicked.connect(lambda: self._on_remove(person))
            row.addWidget(remove)
        return holder

    def _on_remove(self, person: NewPerson) -> None:
        self._people.remove(person)
        self._show()
