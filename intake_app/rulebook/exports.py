"""All mappings of exports on a shelf, read against what forms, cuts and measures there are."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

from intake_app.domain.export import Export
from intake_app.domain.form import Field
from intake_app.domain.measure import Cut
from intake_app.rulebook.export_reader import EXPORTS, Known, read_export
from intake_app.rulebook.mistake import Mistake, Mistaken
from intake_app.rulebook.shelf import Shelf
from intake_app.rulebook.toml_source import TomlSource


@dataclass(slots=True)
class FormsSeen:
    """The questions and facts of all forms, collected one form after another."""

    _questions: defaultdict[str, list[Field]] = field(
        default_factory=lambda: defaultdict[str, list[Field]](list)
    )
    _facts: defaultdict[str, set[str]] = field(
        default_factory=lambda: defaultdict[str, set[str]](set)
    )

    def add(self, questions: Iterable[Field], facts: Mapping[str, str]) -> None:
        """A form's questions, and what stands under its [facts]."""
        for one in questions:
            self._questions[one.id].append(one)
        for name, question in facts.items():
            self._facts[name].add(question)

    def known(
        self, tables: Callable[[str], Collection[str]],
        cuts: Iterable[Cut] | None = None, measures: Collection[str] | None = None,
    ) -> Known:  # fmt: skip
        """What mappings may name.

        Args:
            tables: The codes of a code table by its name.
            cuts: What numbers may be cut by.
            measures: Ids of measures.
        """
        names = {one.codes for asked in self._questions.values() for one in asked}
        by_id = None if cuts is None else {one.id: one for one in cuts}
        names |= {name for one in (by_id or {}).values() for name in one.codes}
        return Known(
            dict(self._questions), dict(self._facts), by_id, measures,
            {name: tables(name) for name in names if name},
        )  # fmt: skip


def exports_on(shelf: Shelf, known: Known, mistakes: list[Mistake]) -> dict[str, Export]:
    """The mappings without a mistake, by the names of their files; the others are named."""
    found: dict[str, Export] = {}
    for name in shelf.names(EXPORTS):
        mine: list[Mistake] = []
        try:
            read = read_export(TomlSource(name, shelf.text(name) or ""), known, mine)
        except Mistaken as error:
            mistakes += error.mistakes
            continue
        mistakes += mine
        if all(one.is_doubt for one in mine):
            found[name] = read
    return found
