"""Reports of numbers on paper: the quarterly report, the status list, and what was released."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake_app.domain.roles import May, may
from intake_app.services.desk import Desk
from intake_app.ui.form.page_frame import PageHead
from intake_app.ui.measures.release_card import ReleaseCard
from intake_app.ui.measures.released_card import ReleasedCard
from intake_app.ui.measures.report_card import MONTHLY, QUARTERLY, ReportCard
from intake_app.ui.measures.status_card import StatusCard
from intake_app.ui.measures.ways import ways_of
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import named_button, on_press
from intake_app.ui.parts.scrolling import scrolled
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words


class ReportsPage(QWidget):
    """What leaves as numbers on paper, for who may.

    Signals:
        closed: Back to the board of numbers.
        refreshed: What was released is shown.
        county_asked: Show the numbers of several departments; for who has no board of their own.

    Attributes:
        report, monthly, status, release: The cards; None for who may not.
        released: What was released.
    """

    closed = Signal()
    refreshed = Signal()
    county_asked = Signal()

    def __init__(self, desk: Desk, background: Background, words: Words, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("page")
        plain = (desk, background, words, theme)
        roles = desk.person.roles
        is_inside = may(roles, May.SEE_NUMBERS)
        self.report = ReportCard(QUARTERLY, *plain) if is_inside else None
        self.monthly = ReportCard(MONTHLY, *plain) if is_inside else None
        gives = may(roles, May.GIVE_STATUS_LIST) and desk.works_with_cases
        self.status = StatusCard(*plain) if gives and desk.cases is not None else None
        self.release = ReleaseCard(*plain) if may(roles, May.RELEASE_NUMBERS) else None
        self.released = ReleasedCard(*plain)
        self.released.refreshed.connect(self.refreshed)
        if self.release is not None:
            self.release.released.connect(self.released.refresh)
        head = PageHead(theme)
        head.say(words.text("Reports") if is_inside else words.text("Numbers"), "")
        self.back = named_button(words.text("All numbers"), "small")
        on_press(self.back, self.closed.emit)
        head.side.addWidget(self.back, 0, Qt.AlignmentFlag.AlignRight)
        self.back.setVisible(is_inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        inside = QWidget()
        outer.addWidget(scrolled(inside))  # from the outside in: each part is dressed once
        body = QVBoxLayout(inside)
        side = theme.px(34)
        body.setContentsMargins(side, theme.px(22), side, theme.px(20))
        body.setSpacing(theme.px(14))
        ways = ButtonRow(theme.px(9), () if is_inside else ways_of(self, desk, words))
        if is_inside:  # shown without a parent it would be a window of its own
            ways.hide()
        for part in (
            head,
            ways,
            self.report,
            self.monthly,
            self.status,
            self.release,
            self.released,
        ):
            if part is not None:
                body.addWidget(part)
        body.addStretch(1)

    def refresh(self) -> None:
        """Read what was released."""
        self.released.refresh()
