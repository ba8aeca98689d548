"""The folder of one person's way in: what was taken at first, and all that came after, as tabs."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from intake_app.ui.folder.tab import FolderParts, FolderTab
from intake_app.ui.folder.tabs import TabKind
from intake_app.ui.parts.cards import named_button, on_press


class FolderPage(QWidget):
    """A bar that always shows, tabs, and under them the tab that is open.

    Tabs are built when they are first opened, and read anew on each visit.

    Signals:
        record_asked: Open another record (its id).
        draft_asked: Go on with a draft (its id).
        closed: Back to where one came from, from any tab.
        first_aged: What was taken at first is shown again, and a tab has written since.

    Attributes:
        first: What was taken at first: the page of the intake or case.
        bar: What is always in view: how to reach the person safely; or None.
        tabs: The tabs.
    """

    record_asked = Signal(str)
    draft_asked = Signal(str)
    closed = Signal()
    first_aged = Signal()

    def __init__(
        self, first: QWidget, title: str, kinds: Sequence[TabKind], parts: FolderParts,
        bar: FolderTab | None = None,
    ) -> None:  # fmt: skip
        super().__init__()
        self.setObjectName("page")
        self.first, self.bar, self._parts = first, bar, parts
        self._kinds, self._has_aged = kinds, False
        self._made: dict[int, FolderTab] = {}
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setAccessibleName(parts.setting.words.text("Parts of this folder"))
        self._stack = QStackedWidget()
        self._stack.addWidget(first)
        self.tabs.addTab(title)
        for kind in kinds:
            self.tabs.addTab(parts.setting.words.text(kind.label))
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        if bar is not None:
            lines.addWidget(bar)
            self._connect(bar)
        lines.addLayout(self._top())
        lines.addWidget(self._stack, 1)
        self.tabs.setVisible(bool(kinds))
        self.setFocusProxy(self.tabs)
        self.tabs.currentChanged.connect(self._on_chosen)
        for key, step in (("Ctrl+Tab", 1), ("Ctrl+Shift+Tab", -1)):
            QShortcut(QKeySequence(key), self).activated.connect(partial(self._on_step, step))

    def _top(self) -> QHBoxLayout:
        """The tabs, and the way back; the first page has one of its own."""
        row = QHBoxLayout()
        row.addWidget(self.tabs, 1)
        self.back = named_button(self._parts.setting.words.text("Back"), "link")
        self.back.hide()
        on_press(self.back, self.closed.emit)
        row.addWidget(self.back)
        row.addSpacing(self._parts.setting.theme.px(34))
        return row

    def show_tab(self, ident: str) -> FolderTab:
        """Open a tab by its id.

        Raises:
            KeyError: This person's role has no such tab.
        """
        places = {kind.id: n for n, kind in enumerate(self._kinds, 1)}
        self.tabs.setCurrentIndex(places[ident])
        return self._made[places[ident]]

    @property
    def tab_id(self) -> str:
        """Of the tab that is open; empty: what was taken at first."""
        place = self.tabs.currentIndex()
        return self._kinds[place - 1].id if place > 0 else ""

    def save_at_once(self) -> BaseException | None:
        """Keep what is typed in any tab, and wait; why that was not possible, or None."""
        tried = [tab.save_at_once() for tab in self._made.values()]
        return next((why for why in tried if why is not None), None)

    def _on_step(self, step: int) -> None:
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + step) % self.tabs.count())

    def _on_chosen(self, place: int) -> None:
        self.back.setVisible(place != 0)
        if place == 0:
            self._stack.setCurrentWidget(self.first)
            self._on_first()
            return
        if place not in self._made:
            tab = self._kinds[place - 1].make(self._parts)
            self._made[place] = tab
            self._stack.addWidget(tab)
            self._connect(tab)
        self._stack.setCurrentWidget(self._made[place])
        self._made[place].refresh()

    def _on_first(self) -> None:
        if self._has_aged:
            self._has_aged = False
            self.first_aged.emit()

    def _on_changed(self) -> None:
        self._has_aged = True

    def _connect(self, tab: FolderTab) -> None:
        tab.changed.connect(self._on_changed)
        tab.record_asked.connect(self.record_asked)
        tab.draft_asked.connect(self.draft_asked)
        if self.bar is not None and tab is not self.bar:
            tab.changed.connect(self.bar.refresh)
