"""A department's own texts, as they are in force today: form packs, words on papers, code lists.

They are records of the `station` file; here they are only looked up. What has a mistake is caught
where it is decided, and again where it is read: no text here can run anything.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from intake_app.domain.decision import Decision, in_force
from intake_app.rulebook.pack_reader import is_own_name


class OwnTexts:
    """The texts of a day; a new day brings what starts on it.

    Args:
        today: The day on the wall.
        trial: Texts that are only tried, in a training profile: they lie over all others.
    """

    def __init__(self, today: Callable[[], date], trial: Mapping[str, str] | None = None) -> None:
        self._today, self._trial = today, dict(trial or {})
        self._decisions: Sequence[Decision] = ()
        self._texts: Mapping[str, str] = {}
        self._of: tuple[date, Mapping[str, str]] | None = None

    def renew(self, decisions: Sequence[Decision], texts: Mapping[str, str]) -> None:
        """Take what was decided until now; the texts come by their hashes."""
        self._decisions, self._texts, self._of = tuple(decisions), dict(texts), None

    def __call__(self) -> Mapping[str, str]:
        """The texts of today by name."""
        today = self._today()
        if self._of is None or self._of[0] != today:
            self._of = today, self.on(today)
        return self._of[1]

    def on(self, day: date) -> Mapping[str, str]:
        """The texts of a day by name."""
        found = in_force(self._decisions, day.isoformat(), self._texts)
        own = {name: self._texts[digest] for name, digest in found.items()}
        return {name: text for name, text in {**own, **self._trial}.items() if is_own_name(name)}
