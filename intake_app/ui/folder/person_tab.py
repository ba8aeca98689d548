"""The person behind a folder: all intakes, who may be the same, and what holds about them."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout

from intake_app.domain.draft import Draft
from intake_app.domain.form import Answers, Choice
from intake_app.domain.ids import RecordId, UserId
from intake_app.domain.listing import Row
from intake_app.domain.roles import May, may
from intake_app.services.people.conflicts import set_conflict, who_can_be_kept_off
from intake_app.services.people.merging import Both, Merged, both_sides, merge_people, unmerge
from intake_app.services.people.other_side import also_stop, is_known_there
from intake_app.services.people.person_view import PersonView, person_view
from intake_app.services.people.persons import DECEASED, DO_NOT_CONTACT, STOPS, FlagSet, set_flag
from intake_app.services.people.same_person import Suggestion, begin_for
from intake_app.services.records.ways_in import WayIn
from intake_app.ui.folder.merge_card import MergeCard
from intake_app.ui.folder.person_bar import HIDDEN
from intake_app.ui.folder.tab import FolderParts, FolderTab
from intake_app.ui.form.ask_card import AskCard
from intake_app.ui.form.questions import Questions
from intake_app.ui.form.same_person import signs_in_words, who_in_words
from intake_app.ui.parts.cards import Card, Chip, clear, make_button, named_button, on_press
from intake_app.ui.parts.codes import state_name
from intake_app.ui.parts.errors import note, sentence_for
from intake_app.ui.parts.labels import muted, words_label
from intake_app.ui.parts.lists import Line, line_button, ruled
from intake_app.ui.parts.pathway_words import pathway_name
from intake_app.words import mark
from intake_app.words.dates import moment_in_words, short_date

_FLAGS = {DECEASED: mark("Died"), DO_NOT_CONTACT: mark("Do not contact")}
_SET = {DECEASED: mark("Note a death…"), DO_NOT_CONTACT: mark("Do not contact…")}
_LIFT = {DECEASED: mark("The person is alive…"), DO_NOT_CONTACT: mark("Contact is allowed again…")}


class PersonTab(FolderTab):
    """The tab.

    Attributes:
        flags: Sets or lifts a flag, by flag.
        lines: Intakes of the person, by id.
        compare: Compares with somebody who may be the same, by an intake of theirs.
        merge: Both sides.
        ask: What is asked before something is noted.
        next: A new intake for this person; its menu holds the ways in.
        keep_off: Keeps the person from a colleague.
    """

    def __init__(self, parts: FolderParts) -> None:
        super().__init__(parts)
        self._ask = Questions(self.words)
        self._view: PersonView | None = None
        self.flags: dict[str, QPushButton] = {}
        self.lines: dict[RecordId, QPushButton] = {}
        self.compare: dict[RecordId, QPushButton] = {}
        self.ask, self.merge = AskCard(parts.setting), MergeCard(parts.setting, parts.names)
        say = self.words.text
        self._card_of = {
            name: self._card(title)
            for name, title in (
                ("intakes", say("All intakes of this person")),
                ("same", say("Maybe the same person")),
                ("flags", say("What holds about this person")), ("names", say("Other names")),
                ("merges", say("Made of several entries")),
                ("kept", say("Kept from colleagues")),
            )
        }  # fmt: skip
        self.next = make_button(say("New intake for this person"))
        self.next.setAccessibleName(self.next.text())
        self.next_menu = QMenu(self.next)
        self.next.setMenu(self.next_menu)
        intakes, _ = self._card_of["intakes"]
        intakes.box.addWidget(self.next, 0, Qt.AlignmentFlag.AlignLeft)
        self.keep_off = make_button(say("Keep from a colleague…"))
        self.keep_off.setAccessibleName(self.keep_off.text())
        on_press(self.keep_off, self._on_keep_off)
        kept, _ = self._card_of["kept"]
        kept.box.addWidget(self.keep_off, 0, Qt.AlignmentFlag.AlignLeft)
        for card in (self.ask, self.merge, *(card for card, _ in self._card_of.values())):
            self.body.addWidget(card)
        self.body.addStretch(1)
        parts.names.changed.connect(self._say)

    def refresh(self) -> None:
        """Read all about the person anew."""
        desk, record = self.parts.desk, self.parts.record
        self.read(lambda: person_view(desk, record), self._show)

    # --- showing ----------------------------------------------------------------------------

    def _card(self, title: str) -> tuple[Card, QVBoxLayout]:
        card, lines = Card(title), QVBoxLayout()
        lines.setSpacing(self.theme.px(6))
        card.box.addLayout(lines)
        return card, lines

    def _show(self, view: PersonView) -> None:
        self._view = view
        self.next_menu.clear()
        for way in view.ways:
            act = self.next_menu.addAction(way.title.said_in(self.words.language))
            act.triggered.connect(partial(self._on_next, way))
        self.next.setHidden(not view.ways)
        self._say()

    def _say(self, *_: object) -> None:
        view = self._view
        if view is None:
            return
        self.flags, self.lines, self.compare = {}, {}, {}
        self.ask.forget_way_back()
        self._fill("intakes", [partial(self._add_intake, row) for row in reversed(view.intakes)])
        self._fill("same", [partial(self._add_same, one) for one in view.same.first])
        self._fill("flags", [self._add_flags, *(partial(self._add_set, s) for s in view.history)])
        self._fill("names", [self._add_names] if view.other_names else [])
        self._fill("merges", [partial(self._add_merge, one) for one in view.merges])
        self._fill("kept", [partial(self._add_kept, p.id, p.shown_name) for p in view.kept_from])
        self._card_of["kept"][0].setVisible(may(self.parts.desk.person.roles, May.KEEP_APART))

    def _fill(self, name: str, adders: list[Callable[[QVBoxLayout], None]]) -> None:
        card, lines = self._card_of[name]
        clear(lines)
        for add in adders:
            add(lines)
        card.setVisible(bool(adders))

    def _add_intake(self, row: Row, lines: QVBoxLayout) -> None:
        here = self.words.text("This folder") if row.record == self.parts.record else ""
        line = Line(
            short_date(row.opened, self.words.language), pathway_name(row.pathway, self.words),
            f"{row.number} · {state_name(row, self.words)}", here,
        )  # fmt: skip
        button = line_button(self.theme, line, partial(self._open, row))
        self.lines[row.record] = button
        lines.addWidget(ruled(button))

    def _open(self, row: Row) -> None:
        if row.record != self.parts.record:
            self.record_asked.emit(str(row.record))

    def _add_same(self, found: Suggestion, lines: QVBoxLayout) -> None:
        words = self.words
        who = who_in_words(found, words, names=self.parts.names.is_on)
        button = make_button(words.text("Compare"), "small")
        button.setAccessibleName(words.text("Compare: {who}", who=who))
        on_press(button, partial(self._on_compare, found.intake.record))
        self.compare[found.intake.record] = button
        self._add_line(lines, who, signs_in_words(found.signs, words), button)

    def _add_flags(self, lines: QVBoxLayout) -> None:
        if self._view is None:
            return
        line = QHBoxLayout()
        standing = self._view.flags.standing
        for flag in (one for one in STOPS if one in standing):
            line.addWidget(Chip(self.words.text(_FLAGS[flag]), "late"))
        if may(self.parts.desk.person.roles, May.FLAG_PERSON):
            for flag in STOPS:
                said = self.words.text((_LIFT if flag in standing else _SET)[flag])
                button = named_button(said, "small")
                on_press(button, partial(self._on_flag, flag, on=flag not in standing))
                self.flags[flag] = button
                line.addWidget(button)
        line.addStretch(1)
        lines.addLayout(line)
        if not standing:
            lines.addWidget(muted(self.words.text("Nothing speaks against contact.")))

    def _add_set(self, one: FlagSet, lines: QVBoxLayout) -> None:
        words, name = self.words, self.words.text(_FLAGS.get(one.flag, one.flag))
        said = words.text("{flag}: set", flag=name) if one.is_on else words.text(
            "{flag}: lifted", flag=name)  # fmt: skip
        when = moment_in_words(one.at, words.language) if one.at else ""
        who = self.parts.desk.name_of(one.by)
        parts = [part for part in (said, one.note, when, who) if part]
        lines.addWidget(muted(" · ".join(parts)))

    def _add_names(self, lines: QVBoxLayout) -> None:
        names = self._view.other_names if self._view else ()
        said = "; ".join(names) if self.parts.names.is_on else HIDDEN
        lines.addWidget(words_label(said))

    def _add_merge(self, one: Merged, lines: QVBoxLayout) -> None:
        words = self.words
        said = words.text("Took in {numbers}", numbers=", ".join(one.numbers))
        when = moment_in_words(one.at, words.language) if one.at else ""
        under = " · ".join(p for p in (one.reason, when, self.parts.desk.name_of(one.by)) if p)
        button = make_button(words.text("Take back…"), "small")
        button.setAccessibleName(words.text("Take back: {merge}", merge=said))
        on_press(button, partial(self._on_unmerge, one.id))
        button.setVisible(may(self.parts.desk.person.roles, May.MERGE_PEOPLE))
        self._add_line(lines, said, under, button)

    def _add_kept(self, user: UserId, name: str, lines: QVBoxLayout) -> None:
        button = make_button(self.words.text("Show again…"), "small")
        button.setAccessibleName(self.words.text("Show again to {who}", who=name))
        on_press(button, partial(self._on_show_again, user, name))
        self._add_line(lines, name, "", button)

    def _add_line(self, lines: QVBoxLayout, said: str, under: str, button: QPushButton) -> None:
        line, texts = QHBoxLayout(), QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(words_label(said))
        if under:
            texts.addWidget(muted(under))
        line.addLayout(texts, 1)
        line.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        lines.addLayout(line)

    # --- doing ------------------------------------------------------------------------------

    def _on_next(self, way: WayIn, _is_checked: bool = False) -> None:
        desk, record = self.parts.desk, self.parts.record

        def begun(draft: Draft) -> None:
            self.draft_asked.emit(str(draft.id))

        self.parts.background.run(lambda: begin_for(desk, record, way.form), begun, self.fail)

    def _on_flag(self, flag: str, *, on: bool) -> None:
        desk, record = self.parts.desk, self.parts.record
        told = self.words.text(
            "All letters, calls, reminders and follow-ups of this person stop at once."
        )

        def then(said: Answers) -> None:
            self._note(
                lambda: set_flag(desk, record, flag, on=on, note=str(said.get("note") or "")),
                partial(self._ask_other_side, flag) if on else None,
            )

        what = self.words.text((_SET if on else _LIFT)[flag]).rstrip("…")
        how = self._ask.note(self.words.text("How do we know it?"), is_required=True)
        self.ask.ask(what, [how], then, told if on else "")

    def _ask_other_side(self, flag: str) -> None:
        """Who holds both keys is asked to stop letters there too; nothing of the reason crosses."""
        desk, record = self.parts.desk, self.parts.record
        if desk.care is None or desk.cases is None:
            return
        told = self.words.text(
            "The same name and birth date is on the other side of the wall too. Only that letters "
            "stop is written there: not why, and not from where."
        )

        def asked(is_known: bool) -> None:
            if is_known:
                self.ask.ask(self.words.text("Stop letters there too"), [], then, told)

        def then(_said: Answers) -> None:
            self._note(lambda: also_stop(desk, record, flag), None)

        self.parts.background.run(lambda: is_known_there(desk, record), asked, self.fail)

    def _on_compare(self, other: RecordId) -> None:
        desk, record = self.parts.desk, self.parts.record

        def then(chosen: Answers, reason: str) -> None:
            def merged(_fact: object) -> None:
                self.merge.hide()
                self._done()

            self.parts.background.run(
                lambda: merge_people(desk, record, other, chosen, reason), merged,
                lambda error: self._told(error, self.merge.fail),
            )  # fmt: skip

        def shown(both: Both) -> None:
            self.merge.ask(both, then)

        self.parts.background.run(lambda: both_sides(desk, record, other), shown, self.fail)

    def _on_unmerge(self, merge: RecordId) -> None:
        desk, record = self.parts.desk, self.parts.record

        def then(said: Answers) -> None:
            self._note(lambda: unmerge(desk, record, merge, str(said.get("note") or "")), None)

        what = self.words.text("Make two persons of it again")
        self.ask.ask(what, [self._ask.note(is_required=True)], then)

    def _on_keep_off(self) -> None:
        if self._view is None or not self._view.intakes:
            return
        pathway = self._view.intakes[-1].pathway
        people = [
            Choice(str(one.id), self._ask.text(one.shown_name))
            for one in who_can_be_kept_off(self.parts.desk, pathway)
        ]
        fields = [
            self._ask.choice("user", self.words.text("Colleague"), people),
            self._ask.note(is_required=True),
        ]
        told = self.words.text(
            "For this colleague it will be as if the person had never come: not in lists, search "
            "or papers. They cannot see or lift it."
        )
        then = partial(self._keep, on=True)
        self.ask.ask(self.words.text("Keep from a colleague"), fields, then, told)

    def _on_show_again(self, user: UserId, name: str) -> None:
        what = self.words.text("Show again to {who}", who=name)
        fields = [self._ask.note(is_required=True)]
        self.ask.ask(what, fields, lambda said: self._keep({**said, "user": user}, on=False))

    def _keep(self, said: Answers, *, on: bool) -> None:
        desk, record, user = self.parts.desk, self.parts.record, UserId(str(said.get("user") or ""))
        why = str(said.get("note") or "")
        self._note(lambda: set_conflict(desk, record, user, on=on, note=why), None)

    def _note(self, job: Callable[[], object], then: Callable[[], object] | None) -> None:
        """Do what was asked; a refusal stays at the question."""

        def done(_: object) -> None:
            self.ask.done()
            self._done()
            if then is not None:
                then()

        self.parts.background.run(job, done, lambda error: self._told(error, self.ask.fail))

    def _done(self) -> None:
        self.error.say("")
        self.good.say(self.words.text("Saved."))
        self.changed.emit()
        self.refresh()

    def _told(self, error: BaseException, say: Callable[[str], None]) -> None:
        note(error)
        say(sentence_for(error, self.words))
