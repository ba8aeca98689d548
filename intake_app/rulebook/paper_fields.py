"""Which answers a finished paper tells: what a consent must cover before it may leave.

It errs on the side of telling: words that stand there only because of an answer tell that answer.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from intake_app.domain.form import Form
from intake_app.domain.paper import Block, Item, Part
from intake_app.rulebook.conditions import BORN
from intake_app.rulebook.paper_reader import PaperFile
from intake_app.rulebook.paper_words import places_of

_PARTS = ("_day", "_time", "_at")
"""Endings of the words that a moment is told in."""

_NAMES = ("preferred_name", "first_name", "last_name")
_BY_COLUMN: Mapping[str, tuple[str, ...]] = {
    "person_name": _NAMES, "full_name": _NAMES[1:], "born_on": (BORN,),
}  # fmt: skip
"""Words of every paper that are answers all the same, by the columns of `[facts]`."""


@dataclass(frozen=True, slots=True)
class Telling:
    """A paper that was filled in.

    Attributes:
        file: The paper.
        form: The form whose answers it tells.
        words: What each name stands for; a name without words tells nothing.
        holds: Whether a condition holds.
    """

    file: PaperFile
    form: Form
    words: Mapping[str, str]
    holds: Callable[[str], bool]

    def answers(self, shown: Sequence[Part | None]) -> frozenset[str]:
        """The questions whose answers stand on it.

        Args:
            shown: For each block the part that it became, or None where nothing of it is shown.
        """
        blocks = zip(self.file.paper.blocks, shown, strict=True)
        names = {name for block, part in blocks if part for name in self._names(block)}
        return frozenset(field for name in names for field in self._fields(name))

    def _names(self, block: Block) -> Iterator[str]:
        yield from (name.partition(".")[0] for name in block.fields)
        own = places_of(block.text.said_in("en"))
        yield from (name for name in own if self.words.get(name))
        if not (own or block.items or block.fields):
            yield from self._read_by(block.show_when)
        for item in block.items:
            if self.holds(item.show_when):
                yield from self._names_of(item)

    def _names_of(self, item: Item) -> Iterator[str]:
        own = {item.field, *places_of(item.text.said_in("en"))} - {""}
        yield from (name for name in own if self.words.get(name))
        yield from self._read_by(item.ticked_when)
        if not own:
            yield from self._read_by(item.show_when)

    def _read_by(self, condition: str) -> frozenset[str]:
        return self.file.conditions[condition].names if condition else frozenset()

    def _fields(self, name: str) -> Iterator[str]:
        for column in _BY_COLUMN.get(name, ()):
            field = self.form.facts.get(column, "")
            yield from [field] if self.words.get(field) else []
        whole = next((name.removesuffix(end) for end in _PARTS if name.endswith(end)), name)
        yield from (one for one in {name, whole} if self.form.field(one) is not None)
