"""All stations of the department, each with what can be done about it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from intake_app.services.exchanging.stations import Station
from intake_app.ui.parts.blocks_card import Act, Block, BlocksCard
from intake_app.ui.parts.cursor import take_cursor_soon
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words
from intake_app.words.dates import moment_in_words


class ListCard(BlocksCard):
    """One block for each.

    Signals:
        rename_asked: Call this one something else (a `Station`).
        strike_asked: Strike this one (a `Station`).
    """

    rename_asked = Signal(object)
    strike_asked = Signal(object)

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__(words.text("Stations"), theme)
        self._words = words

    def show_stations(self, found: Sequence[Station], department: Sequence[str]) -> None:
        """Show them anew; the cursor stays at its button."""
        of_all = self._words.text(
            "The department's words, also on its recovery cards: {words}",
            words=" ".join(department),
        )  # fmt: skip
        if self.show_blocks([self._block(one) for one in found], of_all):
            take_cursor_soon(self)  # it was struck: its buttons are gone

    def _block(self, one: Station) -> Block:
        title = station_title(one, self._words)
        chip = self._words.text("struck") if one.is_struck else ""
        acts = () if one.is_struck else self._acts(one, title)
        return Block(one.id, title, chip, self._sentences(one), acts)

    def _sentences(self, one: Station) -> list[str]:
        say = self._words.text
        found = [say("Let in {when}", when=moment_in_words(one.at, self._words.language))]
        if one.is_here:
            found.append(say("You are working at this one."))
        if one.is_here and one.is_struck:
            found.append(say("It was struck. What is written here goes to no other station."))
        if one.has_twin:
            found.append(
                say("Another station has the same letter. Strike one, and enroll it anew.")
            )
        return found

    def _acts(self, one: Station, title: str) -> list[Act]:
        say = self._words.text
        rename = Act(
            "rename", say("Rename…"), say("Rename {name}", name=title),
            lambda: self.rename_asked.emit(one),
        )  # fmt: skip
        if one.is_here:
            return [rename]
        return [rename, Act(
            "strike", say("Lost or stolen…"), say("{name} was lost or stolen", name=title),
            lambda: self.strike_asked.emit(one),
        )]  # fmt: skip


def station_title(one: Station, words: Words) -> str:
    """The letter and the name of a station; the letter alone where nobody has named it."""
    return f"{one.letter} · {one.name}" if one.name else words.text("Station {n}", n=one.letter)
