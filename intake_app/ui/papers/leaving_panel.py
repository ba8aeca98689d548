"""What leaves this computer: shown beside every preview and before everything that goes out.

Closed to one line where a consent covers all of it; a full stop where it does not.
"""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake_app.domain.consent import Held
from intake_app.domain.provider import Mou
from intake_app.services.drawing.leaving import Leaving, Told
from intake_app.ui.papers.consent_words import kind_in_words
from intake_app.ui.parts.cards import Card, MessageBox, clear, make_button
from intake_app.ui.parts.errors import sentence_for
from intake_app.ui.parts.icons import icon
from intake_app.ui.parts.labels import muted, words_label
from intake_app.ui.parts.names import NameSwitch
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words
from intake_app.words.dates import short_date


class LeavingPanel(Card):
    """The panel. It is hidden while nothing discloses.

    Signals:
        changed: Whether it may go on is another answer now.

    Attributes:
        more: Opens and closes the list.
        stop: Why it cannot go on, and what to do.
        warn: What speaks against it, and does not stop it.
    """

    changed = Signal(bool)

    def __init__(self, theme: Theme, words: Words, names: NameSwitch | None = None) -> None:
        super().__init__(words.text("What leaves this computer"))
        self._theme, self._words, self._names = theme, words, names
        self.leaving: Leaving | None = None
        self.stop, self.warn = MessageBox(theme, "error"), MessageBox(theme, "warn")
        self._told = words_label("")
        self.more = make_button("", "link")
        self.more.setCheckable(True)
        self.more.setIconSize(QSize(theme.px(16), theme.px(16)))
        self._list = QWidget()
        self._lines = QVBoxLayout(self._list)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(theme.px(4))
        for part in (self.stop, self.warn, self._told):
            self.box.addWidget(part)
        self.box.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.box.addWidget(self._list)
        self.more.toggled.connect(self._on_more)
        self.hide()

    @property
    def may_go_on(self) -> bool:
        """Whether all that would leave is covered."""
        return self.leaving is None or self.leaving.is_covered

    def show_leaving(self, leaving: Leaving | None) -> None:
        """Show what would leave; None, or what discloses nothing, hides the panel."""
        self.leaving = leaving if leaving is not None and leaving.discloses else None
        self.setVisible(self.leaving is not None)
        if self.leaving is not None:
            self._fill(self.leaving)
        self.changed.emit(self.may_go_on)

    def _fill(self, leaving: Leaving) -> None:
        say = self._words.text
        to = leaving.recipient.name or say("nobody named yet")
        why = leaving.error
        self.stop.say("" if why is None else say(
            "Stop. {why}", why=sentence_for(why, self._words)
        ))  # fmt: skip
        is_warned = leaving.is_covered and leaving.mou in {Mou.NONE, Mou.EXPIRED}
        self.warn.say(
            say("No agreement (MOU) with this provider is in force.") if is_warned else ""
        )
        count = len(_answers(leaving.told))
        told = self._words.plural(
            "{n} answer goes to {to}.", "{n} answers go to {to}.", count, to=to
        )
        covered = say("A consent covers all of it.") if leaving.is_covered else ""
        self._told.setText(f"{told} {covered}".strip())
        self.more.setVisible(bool(_answers(leaving.told)))
        clear(self._lines)
        for line in self._said(leaving):
            self._lines.addWidget(muted(line))
        if _answers(leaving.left_out):
            self._lines.insertWidget(0, words_label(self._left_out(leaving), "label"))
        self.more.setChecked(not leaving.is_covered)
        self._on_more(self.more.isChecked())

    def _left_out(self, leaving: Leaving) -> str:
        labels = self._labels(_answers(leaving.left_out))
        return self._words.text("Not covered: {answers}", answers=labels)

    def _said(self, leaving: Leaving) -> Iterator[str]:
        say = self._words.text
        if leaving.people and (self._names is None or self._names.is_on):
            yield say("About {names}.", names=", ".join(leaving.people))
        for held in leaving.consents:
            told = [one for one in _answers(leaving.told) if one.consent == held.consent.id]
            if told:
                yield say("{consent}: {answers}", consent=self._named(held),
                          answers=self._labels(told))  # fmt: skip
        if leaving.is_covered:
            yield say("The notice of 42 CFR 2.32 and a copy of the consent go with it.")

    def _named(self, held: Held) -> str:
        kind = kind_in_words(held.consent.kind, self._words)
        day = held.consent.signed_on
        if not day:
            return kind
        day = short_date(day, self._words.language)
        return self._words.text("{kind}, signed {day}", kind=kind, day=day)

    def _labels(self, told: Sequence[Told]) -> str:
        labels = (one.label.said_in(self._words.language) for one in told)
        return ", ".join(dict.fromkeys(labels))

    def _on_more(self, is_open: bool) -> None:
        self._list.setVisible(is_open)
        say = self._words.text
        self.more.setText(say("Hide the answers") if is_open else say("Show the answers"))
        self.more.setAccessibleName(self.more.text())
        sign = "chevron-down" if is_open else "chevron-right"
        self.more.setIcon(icon(sign, self._theme.tokens.ink, self._theme.px(16)))


def _answers(told: Sequence[Told]) -> list[Told]:
    """What it tells of the person, without the consent's own words."""
    return [one for one in told if not one.is_own]
