"""The end of one record: propose that it is removed, or hold it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from intake_app.domain.form import Answers, Choice
from intake_app.domain.purge import Scope, Way
from intake_app.domain.retention import Basis
from intake_app.domain.roles import May, may
from intake_app.services.purging.holds import place_hold
from intake_app.services.purging.purging import RecordEnd, Wanted, propose_purge, record_end
from intake_app.ui.folder.tab import FolderParts, FolderTab
from intake_app.ui.form.ask_card import AskCard
from intake_app.ui.form.questions import Questions
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import Card, named_button, on_press
from intake_app.ui.parts.labels import muted

_ALL: Final = "all"


@dataclass(frozen=True, slots=True)
class _Found:
    """What the tab shows; read in one job."""

    end: RecordEnd
    bases: Sequence[Basis]


class EndTab(FolderTab):
    """What can be done about the end of this record.

    Attributes:
        propose: Asks why it should be removed.
        hold: Holds this record.
        hold_person: Holds all records of the person.
        ask: What is asked.
        told: Where it stands.
    """

    def __init__(self, parts: FolderParts) -> None:
        super().__init__(parts)
        say, roles = self.words.text, parts.desk.person.roles
        self._found: _Found | None = None
        self.ask = AskCard(parts.setting)
        self.told = muted("")
        self.propose = named_button(say("Propose to remove this record"))
        self.hold = named_button(say("Hold this record"))
        self.hold_person = named_button(say("Hold all records of this person"))
        card = Card(say("The end of this record"))
        card.box.addWidget(muted(say(
            "Nobody removes a record alone: another person approves, and then it waits. A hold "
            "keeps it for a court or a records request."
        )))  # fmt: skip
        card.box.addWidget(self.told)
        row = (self.propose, self.hold, self.hold_person)
        card.box.addWidget(ButtonRow(self.theme.px(8), row))
        for part in (card, self.ask):
            self.body.addWidget(part)
        self.body.addStretch(1)
        on_press(self.propose, self._on_propose)
        on_press(self.hold, self._on_hold)
        on_press(self.hold_person, self._on_hold_person)
        self.propose.setVisible(may(roles, May.PROPOSE_PURGE))
        for button in (self.hold, self.hold_person):
            button.setVisible(may(roles, May.HOLD_RECORDS))

    def refresh(self) -> None:
        """Read where it stands."""
        self.read(self._read, self._show)

    def _read(self) -> _Found:
        desk = self.parts.desk
        return _Found(record_end(desk, self.parts.record), desk.library.retention().bases)

    def _show(self, found: _Found) -> None:
        say = self.words.text
        self._found, end = found, found.end
        told = {
            (True, True): say("It is proposed for removal, and a hold stops that."),
            (True, False): say("It is proposed for removal. Another person must approve it."),
            (False, True): say("A hold stands on it: it cannot be removed."),
            (False, False): "",
        }[end.is_proposed, end.is_held]
        self.told.setText(told)
        self.told.setVisible(bool(told))
        self.propose.setEnabled(not end.is_proposed and not end.is_held)

    def _on_propose(self) -> None:
        found, words = self._found, self.words
        if found is None:
            return
        questions, intakes = Questions(words), found.end.intakes
        choices = [Choice(one.id, one.label) for one in found.bases]
        asked = [questions.choice("basis", words.text("Why it is to be removed"), choices)]
        if len(intakes) > 1:
            which = [
                Choice("one", questions.text(words.text("This record"))),
                Choice(_ALL, questions.text(words.text("All records of this person here"))),
            ]
            asked.append(questions.choice("which", words.text("What is to be removed"), which))

        def then(said: Answers) -> None:
            records = intakes if said.get("which") == _ALL else [self.parts.record]
            wanted = Wanted(found.end.compartment, records, str(said["basis"]), Way.PURGE)
            self.do(
                lambda: propose_purge(self.parts.desk, wanted),
                words.text("It is proposed. Another person must approve it."),
                ask=self.ask,
            )

        self.ask.ask(
            words.text("Propose to remove this record"),
            asked,
            then,
            words.text("Nothing happens to it until another person has approved."),
        )

    def _on_hold(self) -> None:
        desk, record = self.parts.desk, self.parts.record
        self.do(lambda: place_hold(desk, Scope.RECORD, record),
                self.words.text("The record is held. Lift it under Records."))  # fmt: skip

    def _on_hold_person(self) -> None:
        found, desk = self._found, self.parts.desk
        if found is not None:
            self.do(lambda: place_hold(desk, Scope.PERSON, found.end.person),
                    self.words.text("The records are held. Lift it under Records."))  # fmt: skip
