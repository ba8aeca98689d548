"""On a supervisor's home: that words wait which they are said to have given."""

from intake_app.domain.roles import May, may
from intake_app.services.citing.overrides import overrides_to_confirm
from intake_app.services.desk import Desk
from intake_app.ui.home.waiting_card import WaitingCard
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words


class OverridesCard(WaitingCard):
    """How many decisions wait; hidden for everybody else."""

    def __init__(self, desk: Desk, background: Background, words: Words, theme: Theme) -> None:
        why = words.text("Somebody noted that you decided by phone, or that the prosecutor did.")
        super().__init__(words.text("To confirm"), words.text("Look at them"), why, theme)
        self._desk, self._background, self._words = desk, background, words

    def refresh(self) -> None:
        """Count them anew."""
        if may(self._desk.person.roles, May.OVERRIDE) and self._desk.cases is not None:
            self._background.run(lambda: len(overrides_to_confirm(self._desk)), self._on_counted)

    def _on_counted(self, count: int) -> None:
        said = self._words.plural(
            "{n} decision waits for your word.", "{n} decisions wait for your word.", count
        )
        self.say([said] if count else [])
