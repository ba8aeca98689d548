"""The parts of the consent tab: a consent, who must be told, and what left."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from intake_app.domain.consent import ConsentKind, State
from intake_app.services.sharing.accounting import Entry
from intake_app.services.sharing.consent_overview import ConsentLine
from intake_app.services.sharing.revoking import Receiver, Traces
from intake_app.ui.papers.consent_words import STATES, kind_in_words, state_in_words
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import Card, Chip, MessageBox, named_button, on_press
from intake_app.ui.parts.labels import muted, words_label
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words
from intake_app.words.dates import moment_in_words, short_date


def _button(words: str, about: str) -> QPushButton:
    button = named_button(words, "small")
    button.setAccessibleDescription(about)
    return button


class ConsentCard(Card):
    """One consent: what it says, where it stands, and what can be done with it.

    Signals:
        revoke_asked: Take it back, or confirm that in writing.
        end_asked: Note that the event came that ends it.
        paper_asked: Issue its paper.

    Attributes:
        buttons: What can be done, by the words on it.
    """

    revoke_asked = Signal()
    end_asked = Signal()
    paper_asked = Signal()

    def __init__(self, line: ConsentLine, words: Words, theme: Theme) -> None:
        super().__init__()
        self._line, self._words = line, words
        self.buttons: dict[str, QPushButton] = {}
        consent = line.held.consent
        head = QHBoxLayout()
        title = kind_in_words(consent.kind, words)
        to = consent.recipient.name or consent.recipient_class
        if consent.kind is not ConsentKind.ALL_CARE and to:
            title = words.text("{kind}: {to}", kind=title, to=to)
        head.addWidget(words_label(title, "h2"), 1)
        chip = Chip(state_in_words(line.held, words), STATES[line.held.state][1])
        head.addWidget(chip, 0, Qt.AlignmentFlag.AlignTop)
        self.box.addLayout(head)
        day = short_date(consent.entered[:10], words.language)
        self.box.addWidget(muted(words.text("Noted on {day}", day=day)))
        for label, said in line.said:
            self.box.addWidget(muted(words.text("{label}: {said}", label=label, said=said)))
        self._offer(title, theme)

    def _offer(self, title: str, theme: Theme) -> None:
        say, held = self._words.text, self._line.held
        offered = []
        if held.state not in {State.REVOKED, State.REFUSED}:
            offered.append((say("Take it back…"), self.revoke_asked))
        elif held.revocations and not held.is_confirmed:
            offered.append((say("Confirmed in writing…"), self.revoke_asked))
        if self._line.has_event:
            offered.append((say("Note that it ended…"), self.end_asked))
        if held.consent.kind is not ConsentKind.ALL_CARE and held.state is not State.REFUSED:
            offered.append((say("Make its paper"), self.paper_asked))
        for words, asked in offered:
            self.buttons[words] = _button(words, title)
            on_press(self.buttons[words], asked.emit)
        if offered:
            self.box.addWidget(ButtonRow(theme.px(8), tuple(self.buttons.values())))


class TellCard(Card):
    """Who received something under a consent that was taken back, and whether they were told.

    Signals:
        notice_asked: Make the notice for a recipient (name).
        told_asked: Note that a recipient was told (name).

    Attributes:
        buttons: By recipient: the notice, and that they were told.
    """

    notice_asked = Signal(str)
    told_asked = Signal(str)

    def __init__(self, traces: Traces, words: Words, theme: Theme) -> None:
        super().__init__(words.text("Tell who received something"))
        self._words, self._theme = words, theme
        self.buttons: dict[str, tuple[QPushButton, QPushButton]] = {}
        warn = MessageBox(theme, "warn")
        self.box.addWidget(warn)
        warn.say(words.plural(
            "{n} recipient is not told yet.", "{n} recipients are not told yet.", len(traces.owed)
        ) if traces.owed else "")  # fmt: skip
        for receiver in traces.receivers:
            self.box.addWidget(self._row(receiver))
        if not traces.receivers:
            self.box.addWidget(muted(words.text("Nothing was sent under this consent.")))
        for paper in traces.waiting:
            title = paper.title_in(words.language)
            said = words.text("Not printed, and stays here: {title}, no. {number}", title=title,
                              number=paper.number)  # fmt: skip
            self.box.addWidget(muted(said))

    def _row(self, receiver: Receiver) -> QFrame:
        say, row = self._words.text, QFrame()
        row.setObjectName("row")
        lines = QVBoxLayout(row)
        lines.setContentsMargins(0, 6, 0, 10)
        lines.setSpacing(3)
        lines.addWidget(words_label(receiver.name, "label"))
        numbers = ", ".join(one.said.number or one.said.what for one in receiver.got)
        lines.addWidget(muted(say("Received: {numbers}", numbers=numbers)))
        if receiver.told:
            when = moment_in_words(receiver.told_at, self._words.language)
            lines.addWidget(muted(say("Told: {when}", when=when)))
        notice = _button(say("Make the notice"), receiver.name)
        told = _button(say("They were told…"), receiver.name)
        on_press(notice, lambda: self.notice_asked.emit(receiver.name))
        on_press(told, lambda: self.told_asked.emit(receiver.name))
        told.setVisible(not receiver.told)
        self.buttons[receiver.name] = (notice, told)
        lines.addWidget(ButtonRow(self._theme.px(8), (notice, told)))
        return row


class DisclosureCard(Card):
    """What left this computer about the person, the newest first.

    Signals:
        note_asked: Note one that no paper made: a call in an emergency, a court order.
        print_asked: Issue the accounting.

    Attributes:
        other: Notes one that no paper made.
        account: Issues the accounting.
    """

    note_asked = Signal()
    print_asked = Signal()

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__(words.text("What was shared"))
        self._words = words
        self._lines = QVBoxLayout()
        self._lines.setSpacing(theme.px(6))
        self.box.addLayout(self._lines)
        self.account = _button(words.text("Make the accounting"), "")
        self.other = _button(words.text("Note a disclosure…"), "")
        on_press(self.account, self.print_asked.emit)
        on_press(self.other, self.note_asked.emit)
        self.box.addWidget(ButtonRow(theme.px(8), (self.account, self.other)))

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show these."""
        while (item := self._lines.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        say = self._words.text
        for one in reversed(entries):
            head = say("{what} to {to}", what=one.what, to=one.recipient)
            self._lines.addWidget(words_label(head, "label"))
            day = short_date(one.at[:10], self._words.language)
            when = moment_in_words(one.received, self._words.language) if one.received else ""
            came = say("received by {name} on {when}", name=one.recipient, when=when)
            said = (day, one.purpose, one.reason, one.by, came if when else "")
            self._lines.addWidget(muted(" · ".join(filter(None, said))))
        if not entries:
            self._lines.addWidget(muted(say("Nothing was shared outside of this department.")))
