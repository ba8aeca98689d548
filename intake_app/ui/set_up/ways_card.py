"""Which ways in a department offers: its kind, the pathways that are on, a program for each."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtWidgets import QCheckBox

from intake_app.domain.pathway import CARE_ROOM, POLICE, Pathway, pathways_on, room_of
from intake_app.domain.text import Text
from intake_app.settings.agency import Agency
from intake_app.ui.parts.cards import Card
from intake_app.ui.parts.labels import labeled, muted
from intake_app.ui.parts.pathway_words import AGENCIES, PATHWAYS, pathway_name
from intake_app.ui.parts.picker import Picker
from intake_app.ui.parts.theme import Theme
from intake_app.ui.parts.typed import ToMend
from intake_app.words import Words

Programs = Mapping[str, Sequence[tuple[str, Text]]]
"""By pathway: the programs that can be laid over its form, id and name."""

NO_PROGRAMS: Final[Programs] = {}


class WaysCard(Card):
    """One card, of the set-up and of the settings.

    Attributes:
        kind: The kind of agency.
        ways: A box for each pathway; officer intervention is there for police only.
        programs: A list of programs for each way into care that has some and is on.
    """

    def __init__(
        self, agency: Agency, words: Words, theme: Theme, programs: Programs = NO_PROGRAMS
    ) -> None:
        super().__init__(words.text("Ways in"))
        self._words, self._theme = words, theme
        self.box.setSpacing(10)
        self.kind = Picker()
        for code, name in AGENCIES.items():
            self.kind.addItem(words.text(name), code)
        self.kind.setCurrentIndex(max(self.kind.findData(agency.kind), 0))
        self.kind.currentIndexChanged.connect(self._on_kind)
        self.box.addLayout(labeled(words.text("Kind of agency"), self.kind))
        told = words.text(
            "What is off cannot be begun, and is shown nowhere. What was begun before can be "
            "finished and read."
        )
        self.box.addWidget(muted(told))
        self.ways: dict[Pathway, QCheckBox] = {}
        for way in Pathway:
            self._add_way(way, is_on=way in agency.pathways or not agency.pathways)
        self.programs: dict[str, Picker] = {}
        for way in pathways_on(agency.kind, agency.pathways):
            if room_of(way) is CARE_ROOM and programs.get(way):
                self.programs[way] = self._add_program(agency, way, programs[way])
        self._on_kind()

    def problems(self) -> list[ToMend]:
        """What is wrong: a department without any way in."""
        if self._chosen():
            return []
        return [(self._words.text("Turn at least one way in on."), self.ways[next(iter(Pathway))])]

    def put_into(self, agency: Agency) -> Agency:
        """The same department with what stands here; call it without `problems` only."""
        kind, chosen = str(self.kind.currentData()), self._chosen()
        is_all = chosen == pathways_on(kind, ())
        said = {way: str(picker.currentData()) for way, picker in self.programs.items()}
        offered = {p.itemData(n) for p in self.programs.values() for n in range(p.count())}
        kept = tuple(one for one in agency.programs if one not in offered)
        others = tuple(one for way, one in said.items() if one and way != Pathway.SELF_REFERRAL)
        return replace(
            agency,
            kind=kind,
            pathways=() if is_all else tuple(str(way) for way in chosen),
            program=said.get(Pathway.SELF_REFERRAL, agency.program),
            programs=kept + others,
        )

    def _chosen(self) -> tuple[Pathway, ...]:
        may_be = pathways_on(str(self.kind.currentData()), ())
        return tuple(way for way in may_be if self.ways[way].isChecked())

    def _add_way(self, way: Pathway, *, is_on: bool) -> None:
        said, words = PATHWAYS[way], self._words
        box = self.ways[way] = QCheckBox(words.text(said.name))
        box.setAccessibleName(box.text())
        box.setAccessibleDescription(words.text(said.told))
        box.setToolTip(words.text(said.told))
        box.setChecked(is_on)
        self.box.addWidget(box)

    def _add_program(
        self, agency: Agency, way: Pathway, offered: Sequence[tuple[str, Text]]
    ) -> Picker:
        words, language = self._words, self._words.language
        chosen = {agency.program} if way is Pathway.SELF_REFERRAL else set(agency.programs)
        picker = Picker()
        picker.let_shrink(8)
        picker.addItem(words.text("The plain form"), "")
        for ident, name in offered:
            picker.addItem(name.said_in(language), ident)
            if ident in chosen:
                picker.setCurrentIndex(picker.count() - 1)
        label = words.text("Program over the walk-in form")
        if way is not Pathway.SELF_REFERRAL:
            name = pathway_name(way, words, agency.kind)
            label = words.text("Program: {pathway}", pathway=name)
        self.box.addLayout(labeled(label, picker))
        return picker

    def _on_kind(self) -> None:
        """Officer intervention is for police alone; names follow the kind."""
        kind = str(self.kind.currentData())
        for way, box in self.ways.items():
            box.setText(pathway_name(way, self._words, kind))
            box.setAccessibleName(box.text())
        self.ways[Pathway.OFFICER_INTERVENTION].setVisible(kind == POLICE)
