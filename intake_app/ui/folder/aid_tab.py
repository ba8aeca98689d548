"""Aid for one person: Alt and a digit, then Enter; and what was given before."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from intake_app.domain.entry import show_money
from intake_app.domain.form import Answers, Choice, Field
from intake_app.domain.ids import RecordId
from intake_app.domain.stock import AidItem, Lot
from intake_app.services.aid.aid import (
    AidGiven,
    AidOffer,
    aid_of,
    aid_offers,
    give_aid,
    take_back_aid,
)
from intake_app.ui.folder.tab import FolderParts, FolderTab
from intake_app.ui.form.ask_card import AskCard
from intake_app.ui.form.questions import Questions
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import Card, MessageBox, clear, make_button, on_press
from intake_app.ui.parts.labels import muted, words_label
from intake_app.words.dates import moment_in_words, short_date

_COUNT, _LOT, _NO_LOT = "count", "lot", "-"
_KEYS = "123456789"


class AidTab(FolderTab):
    """What can be given, one question, and what was given.

    Attributes:
        buttons: One for each item, by its id.
        ask: How many, and from which lot.
        warning: That the books and the shelf do not agree.
    """

    def __init__(self, parts: FolderParts) -> None:
        super().__init__(parts)
        words = self.words
        self._questions = Questions(words)
        self.warning = MessageBox(self.theme, "warn")
        self.buttons: dict[str, QWidget] = {}
        offers = Card(words.text("Give aid"))
        told = words.text("Alt and the number on the button, then Enter: one is given.")
        offers.box.addWidget(muted(told))
        self._offers = QVBoxLayout()
        offers.box.addLayout(self._offers)
        self.ask = AskCard(parts.setting)
        given = Card(words.text("Given so far"))
        holder = QWidget()
        self._given = QVBoxLayout(holder)
        self._given.setContentsMargins(0, 0, 0, 0)
        given.box.addWidget(holder)
        for card in (self.warning, offers, self.ask, given):
            self.body.addWidget(card)
        self.body.addStretch(1)

    def refresh(self) -> None:
        """Read what is left, and what was given."""
        desk, record = self.parts.desk, self.parts.record
        self.read(lambda: (aid_offers(desk), aid_of(desk, record)), self._show)

    def _show(self, found: tuple[Sequence[AidOffer], Sequence[AidGiven]]) -> None:
        offers, given = found
        clear(self._offers)
        self.buttons = {}
        row = [self._button(offer, key) for offer, key in zip(offers, _keys(), strict=False)]
        self._offers.addWidget(ButtonRow(self.theme.px(10), row))
        clear(self._given)
        for one in given:
            self._given.addWidget(self._line(one))
        if not given:
            self._given.addWidget(muted(self.words.text("Nothing was given yet.")))

    # --- giving -----------------------------------------------------------------------------

    def _button(self, offer: AidOffer, key: str) -> QWidget:
        item = offer.item
        name = item.label.said_in(self.words.language)
        left = self._left(offer) if item.has_stock else ""
        said = f"{name} ({left})" if left else name
        button = make_button(f"{key}  {said}".strip())
        button.setAccessibleName(name)
        button.setAccessibleDescription(left)
        on_press(button, partial(self._on_give, offer))
        if key:  # a mnemonic would press the button a tenth of a second later than the next key
            shortcut = QShortcut(QKeySequence(f"Alt+{key}"), button)
            shortcut.activated.connect(partial(self._on_give, offer))
        self.buttons[item.id] = button
        return button

    def _left(self, offer: AidOffer) -> str:
        """How many; more were given than the books know of where somebody did not note a lot."""
        if offer.left < 0:
            return self.words.text("Count the shelf")
        return self.words.text("{count} left", count=offer.left)

    def _on_give(self, offer: AidOffer) -> None:
        words, item = self.words, offer.item
        unit = item.unit.said_in(words.language)
        label = words.text("How many ({unit})", unit=unit) if unit else words.text("How many")
        fields = [self._questions.number(_COUNT, label, is_required=True)]
        if item.has_lot:
            fields.append(self._lot_field(offer))
        title = words.text("Give: {item}", item=item.label.said_in(words.language))
        self.ask.ask(title, fields, partial(self._on_answered, item))
        first = offer.lots[0].lot if offer.lots else _NO_LOT
        self.ask.fill({_COUNT: {"amount": 1, "unit": ""}, _LOT: first or _NO_LOT})

    def _lot_field(self, offer: AidOffer) -> Field:
        choices = [Choice(lot.lot, self._questions.text(self._lot(lot))) for lot in offer.lots]
        choices = [one for one in choices if one.id]
        unknown = self._questions.text(self.words.text("Lot not noted"))
        choices.append(Choice(_NO_LOT, unknown))
        return self._questions.choice(_LOT, self.words.text("Lot on the box"), choices)

    def _lot(self, lot: Lot) -> str:
        say = self.words.text
        parts = [lot.lot, say("{count} left", count=lot.left)]
        if lot.expires:
            day = short_date(lot.expires, self.words.language)
            parts.append(say("expires {day}", day=day))
        return " · ".join(parts)

    def _on_answered(self, item: AidItem, said: Answers) -> None:
        count = int((said.get(_COUNT) or {}).get("amount", 0))
        lot = str(said.get(_LOT) or _NO_LOT)
        desk, record = self.parts.desk, self.parts.record
        name = item.label.said_in(self.words.language)
        told = self.words.text("Noted: {item}, {count}.", count=count, item=name)

        def done(left: int) -> None:
            is_short = item.has_stock and left < 0
            warning = self.words.text(
                "The books now say {left} of this lot. Count the shelf.", left=left
            )
            self.warning.say(warning if is_short else "")

        from_lot = "" if lot == _NO_LOT else lot
        self.do(lambda: give_aid(desk, record, item.id, count, from_lot), told, done, self.ask)

    # --- what was given ---------------------------------------------------------------------

    def _line(self, one: AidGiven) -> QWidget:
        words = self.words
        name = one.label.label.said_in(words.language) if one.label else one.item
        said = [f"{name}: {one.count}"]
        if one.lot:
            said.append(words.text("lot {lot}", lot=one.lot))
        if one.cost:
            said.append(show_money(one.cost))
        when = moment_in_words(one.at, words.language)
        who = self.parts.desk.name_of(one.by)
        wrong = make_button(words.text("Entered in error"), "small")
        wrong.setAccessibleName(words.text("Entered in error: {item}", item=name))
        on_press(wrong, partial(self._on_wrong, one.record))
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        lines = QVBoxLayout()
        lines.addWidget(words_label(" · ".join(said), "label"))
        lines.addWidget(muted(words.text("{who}, {when}", who=who, when=when)))
        row.addLayout(lines, 1)
        row.addWidget(wrong)
        return line

    def _on_wrong(self, aid: RecordId) -> None:
        def take_back(said: Answers) -> None:
            self.do(
                lambda: take_back_aid(self.parts.desk, aid, str(said["note"])),
                self.words.text("It is out of the list, and back on the shelf."),
                ask=self.ask,
            )

        reason = self._questions.note(is_required=True)
        self.ask.ask(self.words.text("Entered in error"), [reason], take_back)


def _keys() -> list[str]:
    """A digit for each of the first nine items; the rest have none."""
    return [*_KEYS, *[""] * 91]
