"""What stands over every folder: whose it is, and how the person may be reached, if at all."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy

from intake_app.services.disputes.disputes import disputes_about
from intake_app.services.people.person_view import Reach, reach_of
from intake_app.services.records.safe_contact import PlanLine
from intake_app.ui.folder.tab import FolderParts, FolderTab
from intake_app.ui.form.same_person import STOP
from intake_app.ui.parts.cards import MessageBox
from intake_app.ui.parts.icons import icon_label
from intake_app.ui.parts.labels import muted, words_label
from intake_app.words import Words

HIDDEN: Final = "•••"

_WAYS: Final = "contact_ways"
_FIRST: Final = ("phone", "voicemail_ok", "say_who_ok", "safe_hours", "never_contact")


def plan_in_words(reach: Reach, words: Words, *, names: bool) -> tuple[str, str]:
    """The safe ways as a heading, and the rest of the plan as one line.

    Args:
        reach: How the person may be reached.
        words: Language of the window.
        names: Whether what tells who they are may be read.
    """
    by_field = {line.field: line for line in reach.lines}
    ways = by_field.get(_WAYS)
    if ways is not None and reach.is_safe:
        head = words.text("Safe ways: {ways}", ways=ways.words)
    elif reach.lines:
        head = words.text("No safe way is known. Do not call or write.")
    else:  # somebody whom nobody has met yet
        head = words.text("Nobody could ask yet how to reach them safely.")
    first = [by_field[name] for name in _FIRST if name in by_field]
    rest = [line for line in reach.lines if line.field not in {*_FIRST, _WAYS, "may_contact"}]
    said = [_line(line, words, names=names) for line in (*first, *rest)]
    return head, "   ·   ".join(said)


def _line(line: PlanLine, words: Words, *, names: bool) -> str:
    label = line.label.said_in(words.language).rstrip("?¿")
    label = label.removeprefix("¿")
    return f"{label}: {line.words if names or not line.is_identity else HIDDEN}"


class PersonBar(FolderTab):
    """The bar; it does not scroll, and is as high as its words.

    Attributes:
        stop: That nobody may contact the person.
        whose: The number of the folder, and the name while names are shown.
        head: The safe ways.
        plan: The rest of the plan.
        differs: That people wrote different things in this folder.
    """

    def __init__(self, parts: FolderParts) -> None:
        super().__init__(parts)
        self._reach: Reach | None = None
        self._stand_still()
        self.stop, self.differs = MessageBox(self.theme, "error"), MessageBox(self.theme, "warn")
        self.whose, self.head, self.plan = muted(""), words_label("", "label"), muted("")
        side, size = self.theme.px(34), self.theme.px(20)
        self.body.setContentsMargins(side, self.theme.px(10), side, self.theme.px(6))
        self.body.setSpacing(self.theme.px(2))
        line = QHBoxLayout()
        line.setSpacing(self.theme.px(10))
        self._sign = icon_label("phone", self.theme.tokens.ink, size)
        line.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self.head, 1)
        line.addWidget(self.stop, 1)
        line.addWidget(self.whose)
        self.switch = parts.names.button(self.words)
        line.addWidget(self.switch)
        self.body.addWidget(self.differs)
        self.body.addLayout(line)
        self.body.addWidget(self.plan)
        parts.names.changed.connect(self._say)
        self.refresh()

    def refresh(self) -> None:
        """Read the plan and the flags anew."""
        desk, record, language = self.parts.desk, self.parts.record, self.words.language
        self.read(
            lambda: (reach_of(desk, record, language), len(disputes_about(desk, record))),
            self._show,
        )

    def _stand_still(self) -> None:
        """Take the column out of the area that scrolls: a bar is always seen whole."""
        area, lines = self.findChild(QScrollArea), self.layout()
        inside = area.takeWidget() if area else None
        if area is None or inside is None or lines is None:
            return
        lines.removeWidget(area)
        area.hide()
        area.deleteLater()
        lines.addWidget(inside)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def _show(self, found: tuple[Reach, int]) -> None:
        self._reach, count = found
        told = self.words.plural(
            "People wrote {n} thing here in two ways. See “Differences”.",
            "People wrote {n} things here in two ways. See “Differences”.", count,
        )  # fmt: skip
        self.differs.say(told if count else "")
        self._say()

    def _say(self, *_: object) -> None:
        reach, words = self._reach, self.words
        if reach is None:
            return
        name = reach.name if self.parts.names.is_on else ""
        self.whose.setText("   ·   ".join(filter(None, (name, reach.whose))))
        self.stop.say(words.text(STOP[reach.stop]) if reach.stop else "")
        head, plan = plan_in_words(reach, words, names=self.parts.names.is_on)
        if reach.number:
            head = words.text("{plan} (from intake {number})", plan=head, number=reach.number)
        self.head.setText(head)
        self.plan.setText(plan)
        for part in (self.head, self._sign):
            part.setVisible(not reach.stop)
        self.plan.setVisible(bool(plan) and not reach.stop)
