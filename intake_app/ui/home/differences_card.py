"""On the home page: that differences wait for this person."""

from intake_app.domain.roles import May, may
from intake_app.services.desk import Desk
from intake_app.services.disputes.disputes import disputes_waiting, may_see_differences
from intake_app.services.people.same_elsewhere import same_elsewhere
from intake_app.ui.home.waiting_card import WaitingCard
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

_LOOKED_AT = 8
"""Of the newest intakes that came from elsewhere, so many are looked at for the home page."""


class DifferencesCard(WaitingCard):
    """How many differences and pairs of people wait."""

    def __init__(self, desk: Desk, background: Background, words: Words, theme: Theme) -> None:
        why = words.text(
            "People wrote different things on computers that could not hear each other."
        )
        title, button = words.text("Differences"), words.text("Look at the differences")
        super().__init__(title, button, why, theme)
        self._desk, self._background, self._words = desk, background, words

    def refresh(self) -> None:
        """Count them anew."""
        if may_see_differences(self._desk):
            self._background.run(self._count, self._on_counted)

    def _count(self) -> tuple[int, int]:
        desk = self._desk
        leads = may(desk.person.roles, May.MERGE_PEOPLE)
        pairs = len(same_elsewhere(desk, _LOOKED_AT)) if leads else 0
        return disputes_waiting(desk), pairs

    def _on_counted(self, counted: tuple[int, int]) -> None:
        words, (waiting, pairs) = self._words, counted
        said: list[str] = []
        if waiting:
            said.append(words.plural(
                "{n} difference waits for you.", "{n} differences wait for you.", waiting
            ))  # fmt: skip
        if pairs:
            said.append(words.plural(
                "{n} pair of people may be one person.", "{n} pairs of people may be one person.",
                pairs,
            ))  # fmt: skip
        self.say(said)
