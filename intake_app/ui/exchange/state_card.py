"""How far work has gone, in plain words; exchange now, pause, go on."""

from typing import Final

from intake_app.services.exchanging.exchanging import ExchangeTold, say_state, time_or_moment
from intake_app.ui.exchange.line import Carried, ExchangeLine
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import Card, PrimaryButton, named_button, on_press
from intake_app.ui.parts.labels import heading, muted, words_label
from intake_app.ui.parts.still_bar import StillBar
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words, mark

STATES: Final = {
    "waits": mark("Changes wait here until the next bundle is made: every 15 minutes at most."),
    "sealed": mark("Bundles are sealed and lie here. They go with the next visit to a store, or "
                   "on a stick."),
    "sent": mark("Bundles are made and on their way. No other station has said yet that it has "
                 "them."),
    "confirmed": mark("Another station has said that it has all that was entered here."),
    "nothing": mark("Nothing that was entered here waits for another station."),
    "alone": mark("This is the only station. Nothing is exchanged; keep your backups."),
}  # fmt: skip
"""What the three words mean, in a sentence each."""


class StateCard(Card):
    """The sentence, the carrier, and the buttons.

    Attributes:
        sync: Exchange now.
        pause: Pause, or go on.
    """

    def __init__(self, line: ExchangeLine, words: Words, theme: Theme) -> None:
        super().__init__()
        self._line, self._words = line, words
        self._said, self._meaning = heading("", 2), muted("")
        self._filling, self._carrier = muted(""), muted("")
        self._put_back = words_label(words.text(
            "A backup was put back on this computer, so its bundles are counted anew. Nothing "
            "that was sent is lost: it comes back from a store, a stick or another station."
        ))  # fmt: skip
        self._bar = StillBar(words.text("Carrying bundles"))
        self.sync: PrimaryButton = PrimaryButton(words.text("Exchange now"), theme)
        self.sync.setAccessibleName(words.text("Exchange now"))
        self.pause = named_button("")
        self._paused = words_label(words.text(
            "It is paused on this computer. Nothing is carried until somebody presses “Go on by "
            "itself” or “Exchange now”."
        ))  # fmt: skip
        for widget in (
            self._said, self._meaning, self._paused, self._put_back, self._filling, self._carrier,
            self._bar,
        ):  # fmt: skip
            self.box.addWidget(widget)
        self.box.addWidget(ButtonRow(theme.px(9), (self.sync, self.pause)))
        on_press(self.sync, line.sync_asked.emit)
        on_press(self.pause, lambda: line.pause_asked.emit(not line.is_paused))
        line.told.connect(self.show_told)
        line.moved.connect(self._on_moved)
        line.paused.connect(self._on_paused)
        self._put_back.hide()
        self.show_told(line.last_told)
        self._on_moved(line.carried)
        self._on_paused(line.is_paused)

    @property
    def said(self) -> str:
        """The sentence on top."""
        return self._said.text()

    def show_told(self, told: ExchangeTold | None) -> None:
        """Say how far work has gone; nothing new is said where nothing is known."""
        if told is None:
            return
        say, state = self._words.text, told.state
        said = say_state(told, self._words) or say("One station")
        self._said.setText(said[:1].upper() + said[1:])
        self._on_moved(self._line.carried)  # its time is said as the language says it
        if state.is_alone:
            meaning = say(STATES["alone"])
        elif state.waits:
            meaning = say(STATES["waits"])
            if state.next_cut:
                when = time_or_moment(state.next_cut, told.now, self._words)
                meaning = f"{meaning} " + say("The next one: {time}.", time=when)
        elif state.unconfirmed:
            meaning = say(STATES["sent" if told.is_sent else "sealed"])
        else:
            meaning = say(STATES["confirmed" if state.confirmed_at else "nothing"])
        self._meaning.setText(meaning)
        self._meaning.setVisible(state.stopped is None)
        self._put_back.setVisible(state.is_catching_up)
        done, whole = state.filling
        self._filling.setText(say(
            "This station is being filled: part {done} of {whole}.", done=done, whole=whole
        ))  # fmt: skip
        self._filling.setVisible(whole > 0)

    def _on_moved(self, carried: Carried) -> None:
        say = self._words.text
        self._bar.setVisible(carried.is_running)
        self._bar.setRange(0, carried.whole)  # 0: nobody knows
        self._bar.setValue(carried.done)
        told = ""
        if carried.is_running:
            told = say("Carrying bundles now.")
            if carried.is_preparing:
                told = say("What waits is being sealed. Then the stores are visited.")
            if carried.whole:
                told = say("Carrying bundles: {done} of {whole}.", done=carried.done,
                           whole=carried.whole)  # fmt: skip
        elif carried.at:
            told = say("All stores were visited at {time}.", time=self._time(carried.at))
        self._carrier.setText(told)
        self._carrier.setVisible(bool(told))

    def _on_paused(self, is_paused: bool) -> None:
        say = self._words.text
        text = say("Go on by itself") if is_paused else say("Pause")
        self.pause.setText(text)
        self.pause.setAccessibleName(text)
        self._paused.setVisible(is_paused)

    def _time(self, at: str) -> str:
        told = self._line.last_told
        return time_or_moment(at, told.now, self._words) if told else at[11:16]
