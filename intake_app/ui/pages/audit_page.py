"""The audit trail for the privacy officer: each week about ten lines, and one signature."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from intake_app.domain.form import Answers
from intake_app.domain.ids import UserId
from intake_app.domain.trust import Check, Light
from intake_app.services.audit.checks import check_audit
from intake_app.services.audit.exporting import save_trail
from intake_app.services.audit.review import Review, Week, review_week, sign_off, weeks
from intake_app.services.audit.sayings import say_seen
from intake_app.services.desk import Desk
from intake_app.settings.audit_policy import read_audit_policy
from intake_app.ui.audit.lines_card import LinesCard
from intake_app.ui.form.ask_card import AskCard
from intake_app.ui.form.page_frame import PageFrame
from intake_app.ui.form.questions import Questions
from intake_app.ui.form.setting import Setting
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.cards import Card, MessageBox, named_button, on_press
from intake_app.ui.parts.errors import note, sentence_for
from intake_app.ui.parts.labels import muted
from intake_app.ui.parts.scrolling import bring_into_view
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words
from intake_app.words.dates import moment_in_words, short_date

_WEEK: Final = Qt.ItemDataRole.UserRole
_PLACE: Final = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class _Read:
    """What the page shows at first."""

    weeks: Sequence[Week]
    check: Check


class AuditPage(QWidget):
    """Weeks, what stands out in one of them, its lines, and its signature.

    Signals:
        refreshed: The weeks are those that the files hold now.
        week_shown: What stands out in the chosen week is shown.

    Attributes:
        state: Whether the chains hold.
        rows: The weeks, the newest first.
        seen: What stands out in the chosen week.
        lines: Lines of the week.
        ask: Asks for a note before a week is signed off.
        sign: Signs it off.
        export: Saves the trail as one signed file.
        good: What was done.
        error: What went wrong.
    """

    refreshed = Signal()
    week_shown = Signal()

    def __init__(self, desk: Desk, background: Background, words: Words, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("page")
        self._desk, self._background, self._words, self._theme = desk, background, words, theme
        self._weeks: dict[date, Week] = {}
        self._review: Review | None = None
        self._is_all_shown = False
        self._build()
        self._connect()

    def refresh(self) -> None:
        """Read the weeks anew."""
        desk, words = self._desk, self._words

        def read() -> _Read:
            return _Read(weeks(desk), check_audit(desk, words)[0])

        self._background.run(read, self._show, self._on_failed)

    # --- making -------------------------------------------------------------------------------

    def _build(self) -> None:
        say, theme = self._words.text, self._theme
        self.frame = PageFrame(theme)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self.frame)
        told = say("Who did what and when, at every computer. What records say is not shown here.")
        self.frame.head.say(say("Audit trail"), told)
        self.good, self.error = MessageBox(theme, "ok"), MessageBox(theme, "error")
        self.state = muted("")
        self._lights = {
            Light.AMBER: MessageBox(theme, "warn"), Light.RED: MessageBox(theme, "error"),
        }  # fmt: skip
        self.ask = AskCard(Setting(self._words, theme, self._desk.clock))
        self.rows, self.seen = QListWidget(), QListWidget()
        self.rows.setAccessibleName(say("Weeks"))
        self.rows.setFixedHeight(theme.px(150))
        self.seen.setAccessibleName(say("What stands out"))
        self.seen.setMinimumHeight(theme.px(190))
        self.lines = LinesCard(self._desk, self._background, self._words, theme)
        self._weeks_card, self._seen_card = Card(say("Weeks")), Card(say("What stands out"))
        self.none = muted(say("Nothing was written yet."))
        self.told = muted("")
        self.more = named_button(say("Show all that stands out"))
        for part in (self.none, self.rows):
            self._weeks_card.box.addWidget(part)
        for part in (self.told, self.seen, self.more):
            self._seen_card.box.addWidget(part)
        for part in (self.error, self.good, *self._lights.values(), self.state, self.ask,
                     self._weeks_card, self._seen_card, self.lines):  # fmt: skip
            self.frame.body.addWidget(part)
        self.frame.body.addStretch(1)
        self.sign = self.frame.primary(say("Sign off this week…"))
        self.export = self.frame.button(say("Export…"))
        self.frame.foot.addWidget(self.sign)
        self.frame.foot.addWidget(self.export)
        self.frame.foot.addStretch(1)

    def _connect(self) -> None:
        self.rows.currentItemChanged.connect(self._on_week)
        self.seen.currentItemChanged.connect(self._on_seen)
        self.lines.failed.connect(self._on_failed)
        on_press(self.more, self._on_more)
        on_press(self.sign, self._ask_sign_off)
        on_press(self.export, self._on_export)

    # --- weeks --------------------------------------------------------------------------------

    def _show(self, found: _Read) -> None:
        chosen = self._chosen()
        self._weeks = {one.week: one for one in found.weeks}
        told = f"{found.check.found} {found.check.to_do}".strip()
        for light, box in self._lights.items():
            box.say(told if light is found.check.light else "")
        self.state.setText(told)
        self.state.setVisible(found.check.light is Light.GREEN)
        self.rows.blockSignals(True)
        self.rows.clear()
        for one in found.weeks:
            item = QListWidgetItem(self._line(one))
            item.setData(_WEEK, one.week.isoformat())
            self.rows.addItem(item)
        self.none.setVisible(not found.weeks)
        for part in (self.rows, self._seen_card, self.lines):
            part.setVisible(bool(found.weeks))
        known = [one.week for one in found.weeks]
        self.sign.setEnabled(False)
        place = known.index(chosen) if chosen and chosen in known else _first(found.weeks)
        self.rows.setCurrentRow(place)
        self.rows.blockSignals(False)
        if found.weeks:
            self._on_week(self.rows.currentItem())
        self.refreshed.emit()

    def _line(self, week: Week) -> str:
        say, language = self._words.text, self._words.language
        first = short_date(week.week, language)
        last = short_date(week.week + timedelta(days=6), language)
        span = say("{first} to {last}", first=first, last=last)
        if week.signed is not None:
            who = self._names().get(week.signed.by, "?")
            when = moment_in_words(week.signed.at, language)
            return say("{span}: signed off by {who}, {when}", span=span, who=who, when=when)
        if not week.is_over:
            return say("{span}: goes on", span=span)
        if week.is_late:
            return say("{span}: waits for your review, late", span=span)
        return say("{span}: waits for your review", span=span)

    def _chosen(self) -> date | None:
        if self.rows.currentRow() < 0:
            return None
        return date.fromisoformat(str(self.rows.currentItem().data(_WEEK)))

    def _on_week(self, item: QListWidgetItem | None, _old: QListWidgetItem | None = None) -> None:
        if item is None:
            return
        week, desk = date.fromisoformat(str(item.data(_WEEK))), self._desk
        self._is_all_shown = False
        self.lines.show_week(week, self._names())
        self._background.run(lambda: review_week(desk, week), self._show_review, self._on_failed)

    # --- one week -----------------------------------------------------------------------------

    def _show_review(self, review: Review) -> None:
        if review.week != self._chosen():
            return  # another week was chosen meanwhile
        self._review = review
        words = self._words
        parts = [words.plural("{n} line in this week.", "{n} lines in this week.", review.lines)]
        if not review.seen:
            parts.append(words.text("Nothing stands out."))
        if review.unreadable:
            parts.append(words.plural(
                "{n} batch of lines cannot be read here.",
                "{n} batches of lines cannot be read here.", review.unreadable,
            ))  # fmt: skip
        if review.gaps:
            parts.append(words.plural(
                "Lines are missing in {n} place.", "Lines are missing in {n} places.", review.gaps
            ))  # fmt: skip
        self.told.setText(" ".join(parts))
        self._fill_seen(review)
        week = self._weeks.get(review.week)
        self.sign.setEnabled(week is not None and week.is_over and week.signed is None)
        self.week_shown.emit()

    def _fill_seen(self, review: Review) -> None:
        shown = len(review.seen) if self._is_all_shown else read_audit_policy().shown
        self.seen.blockSignals(True)
        self.seen.clear()
        for place, one in enumerate(review.seen[:shown]):
            item = QListWidgetItem(say_seen(one, self._names(), self._words))
            item.setData(_PLACE, place)
            self.seen.addItem(item)
        self.seen.setCurrentRow(-1)
        self.seen.blockSignals(False)
        self.seen.setVisible(bool(review.seen))
        self.more.setVisible(len(review.seen) > shown)

    def _on_seen(self, item: QListWidgetItem | None, _old: QListWidgetItem | None = None) -> None:
        if item is not None and self._review is not None:
            self.lines.show_seen(self._review.seen[int(item.data(_PLACE))])

    def _on_more(self) -> None:
        self._is_all_shown = True
        if self._review is not None:
            self._fill_seen(self._review)

    def _names(self) -> dict[UserId, str]:
        return {one.id: one.shown_name for one in (*self._desk.colleagues, self._desk.person)}

    # --- signing off --------------------------------------------------------------------------

    def _ask_sign_off(self) -> None:
        week = self._chosen()
        if week is None:
            return
        say = self._words.text

        def then(said: Answers) -> None:
            written = str(said.get("note") or "")
            self._background.run(
                lambda: sign_off(self._desk, week, written), self._on_signed, self._on_failed
            )

        self.ask.ask(
            say("Sign off this week"), [Questions(self._words).note(say("Note, if one is needed"))],
            then, say("You say that you looked at what stands out. It cannot be taken back."),
        )  # fmt: skip

    def _on_signed(self, _: object) -> None:
        self.ask.done()
        self.error.say("")
        self.good.say(self._words.text("The week is signed off."))
        self.refresh()

    # --- exporting ----------------------------------------------------------------------------

    def _on_export(self) -> None:
        title = self._words.text("Save the audit trail as one signed file")
        day = self._desk.clock.local().date().isoformat()
        chosen, _ = QFileDialog.getSaveFileName(self, title, f"audit-{day}.jsonl")
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, path: Path) -> None:
        """Save the whole trail into a file."""
        desk = self._desk

        def done(words: tuple[str, ...]) -> None:
            self.error.say("")
            self.good.say(self._words.text(
                "It is saved. Whoever checks it needs these eight words, told another way: {words}",
                words=" ".join(words),
            ))  # fmt: skip
            bring_into_view(self.good)

        self._background.run(lambda: save_trail(desk, path), done, self._on_failed)

    def _on_failed(self, error: BaseException) -> None:
        note(error)
        text = sentence_for(error, self._words)
        if self.ask.isVisible():
            self.ask.fail(text)
            return
        self.good.say("")
        self.error.say(text)
        bring_into_view(self.error)


def _first(found: Sequence[Week]) -> int:
    """The oldest week that waits, or the newest."""
    waiting = [n for n, one in enumerate(found) if one.is_over and one.signed is None]
    return waiting[-1] if waiting else 0
