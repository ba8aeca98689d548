"""How a case leaves: as a packet to the prosecutor, or sealed to the privacy officer."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from intake_app.domain.abeyance_checks import check_sealing
from intake_app.domain.clock import Clock
from intake_app.domain.ids import RecordId
from intake_app.domain.roles import May
from intake_app.services.citing import packets
from intake_app.services.citing.cases import CaseView
from intake_app.services.desk import Desk
from intake_app.services.sealing import sealing
from intake_app.ui.form.ask_reason import ReasonBox
from intake_app.ui.parts.cards import Card, PrimaryButton, make_button, on_press
from intake_app.ui.parts.labels import muted, words_label
from intake_app.ui.parts.scrolling import bring_into_view
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words


class LeavingWork:
    """What the card asks of the services; everything here runs on the worker."""

    def __init__(self, desk: Desk, case: RecordId) -> None:
        self._desk, self._case = desk, case

    def make_packet(self, request: str) -> object:
        """See `packets.make_packet`."""
        return packets.make_packet(self._desk, self._case, request)

    def seal(self) -> None:
        """See `sealing.seal_case`."""
        sealing.seal_case(self._desk, self._case)


class LeavingCard(Card):
    """The two last things that can be done with a case, for who may.

    Signals:
        packet_wanted: Make the packet; carries the prosecutor's request, or "".
        seal_wanted: Seal the case; the person was told what that means, and said yes.

    Attributes:
        packet: Makes the packet.
        seal: Asks whether to seal.
        sure: Seals.
        leave: Does not.
        leaves: What leaves this computer with a packet.
    """

    packet_wanted = Signal(str)
    seal_wanted = Signal()

    def __init__(self, theme: Theme, words: Words, clock: Clock, reason: ReasonBox) -> None:
        super().__init__(words.text("Handing over"))
        self._words, self._clock, self._reason = words, clock, reason
        self._needs_request = False
        self.packet = make_button(words.text("Make prosecutor packet"))
        self.seal = make_button(words.text("Seal case"))
        self.sure = PrimaryButton(words.text("Yes, seal it"), theme)
        self.leave = make_button(words.text("Cancel"))
        self._question = QWidget()
        self._build()
        self.hide()

    def _build(self) -> None:
        say = self._words.text
        told = say(
            "A sealed case leaves this list for good. Only the privacy officer can open it."
            " What stays here is that somebody took part once, without a name."
        )
        inside = Card(say("Seal this case?"))
        inside.box.addWidget(words_label(told))
        inside.box.addLayout(_line(self.sure, self.leave))
        place = QHBoxLayout(self._question)
        place.setContentsMargins(0, 0, 0, 0)
        place.addWidget(inside)
        self._question.hide()
        self.box.addLayout(_line(self.packet, self.seal))
        self.leaves = muted("")
        self.box.addWidget(self.leaves)
        self.box.addWidget(self._question)
        for button, act in (
            (self.packet, self._on_packet), (self.seal, self._on_seal), (self.sure, self._on_sure),
            (self.leave, self._question.hide),
        ):  # fmt: skip
            button.setAccessibleName(button.text())
            on_press(button, act)

    def show_case(self, case: CaseView) -> None:
        """Offer what this reader's role includes, and say why not otherwise."""
        self._question.hide()
        self._needs_request = packets.needs_request(case.status)
        is_wrong = case.intake.is_entered_in_error
        wrong = self._words.text("This was entered in error. It is in no list and no count.")
        why = case.status.disclosure
        self.packet.setVisible(May.ISSUE_CASE_PAPER in case.roles)
        self.leaves.setVisible(May.ISSUE_CASE_PAPER in case.roles)
        self.leaves.setText(self._what_leaves(is_told=case.tells_treatment))
        self._tell(self.packet, wrong if is_wrong else self._words.text(why) if why else "")
        stops = check_sealing(case.acts, case.terms, self._clock.now())
        self.seal.setVisible(May.SEAL_CASE in case.roles)
        first = self._words.text(stops[0]) if stops else ""
        self._tell(self.seal, wrong if is_wrong else first)
        self.setVisible(bool({May.ISSUE_CASE_PAPER, May.SEAL_CASE} & case.roles))

    def _what_leaves(self, *, is_told: bool) -> str:
        """What a packet takes out of this computer; of treatment one word, or none."""
        say = self._words.text
        always = say(
            "What leaves this computer with a packet: the paper that was issued, the agreement,"
            " the log of the plan, and the audit lines of this case."
        )
        treatment = (
            say("Of treatment: the status word only.")
            if is_told
            else say("Of treatment nothing: the consent to report back does not stand.")
        )
        return f"{always} {treatment}"

    @staticmethod
    def _tell(button: QPushButton, why_not: str) -> None:
        button.setEnabled(not why_not)
        button.setToolTip(why_not)
        button.setAccessibleDescription(why_not)

    def _on_packet(self) -> None:
        if not self._needs_request:
            self.packet_wanted.emit("")
            return
        self._reason.ask(
            self._words.text("This case was not returned. Why does the prosecutor ask for it?"),
            self._words.text("Make prosecutor packet"),
            self.packet_wanted.emit,
        )

    def _on_seal(self) -> None:
        self._question.show()
        self.leave.setFocus(Qt.FocusReason.OtherFocusReason)
        bring_into_view(self._question)

    def _on_sure(self) -> None:
        self._question.hide()
        self.seal.setEnabled(False)
        self.seal_wanted.emit()


def _line(*buttons: QPushButton) -> QHBoxLayout:
    line = QHBoxLayout()
    for button in buttons:
        line.addWidget(button)
    line.addStretch(1)
    return line
