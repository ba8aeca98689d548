"""All pages: each control has a name and can be reached by Tab; all fit a small laptop."""

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from fake_backups import PlainDrive, with_backups
from fake_cards import FakeCards, with_cards
from fake_exchange import BACK, HERE, TWO, FakeExchange, station
from fake_numbers import GROUP, RATE, SINCE, UNTIL, board, counting, view
from fake_stores import Keyring, Readers
from fake_users import fake_users
from fakes import PEOPLE, FakeGate, FakeJoin, furnished, many_rows
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot
from seen_words import cut
from update_world import SYSTEM, Publisher, with_updates

from intake_app.domain.clock import SystemClock
from intake_app.domain.dispute import Dispute, Said, Sort
from intake_app.domain.form import Field, FieldType
from intake_app.domain.ids import RecordId, UserId
from intake_app.domain.import_mapping import ColumnMap, ImportMapping
from intake_app.domain.import_table import SourceRow, SourceSheet, TableFile
from intake_app.domain.provider_file import Entry, ImportPreview, Reason, RowProblem
from intake_app.domain.roles import Compartment
from intake_app.domain.text import Text
from intake_app.domain.update import Here
from intake_app.rulebook.library import FormLibrary
from intake_app.rulebook.setting import Setting as FormSetting
from intake_app.services.cards.renewing import NewCard
from intake_app.services.desk import Desk
from intake_app.services.disputes.words import SAYS, Told
from intake_app.services.disputes.words import Entry as Answered
from intake_app.services.help.book import read_book
from intake_app.services.imports.shape import shape_of
from intake_app.services.measures.periods import Period
from intake_app.services.needs.stores import StoreParts
from intake_app.services.updates.preparing import keep_own
from intake_app.services.users.changing import OneTime
from intake_app.services.users.listing import users_of
from intake_app.settings.agency import Agency
from intake_app.settings.backups import BackupPlace, keep_backups, read_backups
from intake_app.settings.look import Look
from intake_app.settings.resources import path as shipped
from intake_app.ui.differences.difference_card import DifferenceCard
from intake_app.ui.exchange.line import ExchangeLine
from intake_app.ui.exchange.store_form import StoreForm
from intake_app.ui.form.setting import Setting
from intake_app.ui.frame.workplace import Workplace
from intake_app.ui.measures.measure_page import MeasurePage
from intake_app.ui.pages.about_page import AboutPage
from intake_app.ui.pages.backups_page import BackupsPage
from intake_app.ui.pages.bring_back_page import BringBackPage
from intake_app.ui.pages.cards_page import CardsPage
from intake_app.ui.pages.export_page import ExportPage
from intake_app.ui.pages.first_start_page import FirstStartPage
from intake_app.ui.pages.guide_page import GuidePage, OnPaper
from intake_app.ui.pages.import_page import ImportPage
from intake_app.ui.pages.join_page import JoinPage
from intake_app.ui.pages.lock_page import LockPage
from intake_app.ui.pages.numbers_page import NumbersPage
from intake_app.ui.pages.recovery_page import RecoveryPage
from intake_app.ui.pages.replies_page import RepliesPage
from intake_app.ui.pages.reports_page import ReportsPage
from intake_app.ui.pages.set_up_page import SetUpPage
from intake_app.ui.pages.stick_page import StickPage
from intake_app.ui.pages.support_page import SupportPage
from intake_app.ui.pages.update_page import UpdatePage
from intake_app.ui.pages.users_page import UsersPage
from intake_app.ui.parts import theme as themes
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.names import NameSwitch
from intake_app.ui.parts.scrolling import scrolled
from intake_app.ui.parts.theme import Theme
from intake_app.ui.parts.window import SMALLEST_SCREEN, MainWindow
from intake_app.ui.providers.dialog import NEW, ProviderDialog
from intake_app.ui.providers.form import Lists
from intake_app.ui.providers.import_dialog import ImportDialog
from intake_app.ui.providers.roster_dialog import RosterDialog
from intake_app.wiring.imports import make_imports
from intake_app.words import Words

SMALLER_STILL = QSize(1280, 720)
"""A projector, or an old screen: at 150 % all fits there too."""

CONTROLS = (QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit, QAbstractItemView)
Make = Callable[[FakeGate, Background, Words, Theme], QWidget]

PREVIEW = ImportPreview(
    new=(Entry(RecordId("1"), "provider.service", "Hilltop", "$", {}),),
    problems=(RowProblem("services.csv, line 2", Reason.NO_NAME, "name"),),
)


def place(user: str, where: str) -> Make:
    def make(gate: FakeGate, background: Background, words: Words, theme: Theme) -> QWidget:
        desk = furnished(user, many_rows(300) if where == "people" else None)
        made = Workplace(desk, background, words, theme, Look())
        made.go(where)
        return made

    return make


def exchanging(user: str) -> Desk:
    """Somebody of a department with two stations, a lost stick and two stores."""
    lost = station(BACK, seen_at="2026-11-23T14:40:00-05:00", confirmed=4, missing=((5, 7),))
    told = replace(TWO, waits=3, stations=(station(HERE), lost), is_page_due=True)
    parts = StoreParts(Path("nowhere"), Keyring(), Readers())
    return replace(furnished(user), exchange=FakeExchange(told), stores=parts)


def exchange(user: str) -> Make:
    def make(gate: FakeGate, background: Background, words: Words, theme: Theme) -> QWidget:
        made = Workplace(exchanging(user), background, words, theme, Look())
        made.go("exchange")
        return made

    return make


def stick(gate: FakeGate, background: Background, words: Words, theme: Theme) -> QWidget:
    made = StickPage(exchanging("admin"), background, words, theme, ExchangeLine())
    made.refresh()
    return made


def imports(gate: FakeGate, background: Background, words: Words, theme: Theme) -> QWidget:
    """With a list of many columns and words."""
    head = ["Date", "Last name", "Race", "Status", *(f"Column {n}" for n in range(9))]
    rows = tuple(
        SourceRow(n, tuple(head) if n == 1 else ("4/17/2024", "Roe", f"Race {n}", f"Status {n}"))
        for n in range(1, 9)
    )
    file = TableFile("0", (SourceSheet("", rows),))
    setting = FormSetting.of(Agency(), SystemClock())
    forms = FormLibrary(shipped("forms"), shipped("resources"), setting)
    desk = replace(furnished("rlowe"), imports=make_imports(), library=forms)
    made = ImportPage(desk, background, words, theme)
    columns = (
        ColumnMap("~opened", ("Date",)), ColumnMap("last_name", ("Last name",)),
        ColumnMap("race", ("Race",)), ColumnMap("~outcome", ("Status",)),
    )  # fmt: skip
    shape = background.run_and_wait(
        lambda: shape_of(desk, file, ImportMapping("self_referral", columns))
    )
    made.columns.show_shape(shape, are_hidden=True)
    made.words_card.show_shape(shape)
    for card in (made.columns, made.words_card):
        card.setVisible(True)
    made.refresh()
    return made


def guide(gate: FakeGate, background: Background, words: Words, theme: Theme) -> QWidget:
    paper = OnPaper(lambda _chapter: b"", lambda _window, _pdf, _name, _saved: True)
    made = GuidePage(read_book(words.language), paper, background, words, theme)
    made.stand_over_work()
    made.show_chapter("folder", "consents")
    return made


def support(gate: FakeGate, background: Background, words: Words, theme: Theme) -> QWidget:
    made = SupportPage(furnished("admin"), background, words, theme)
    made.refresh()
    return made


def exports(gate: FakeGate, background: Background, words: Words, theme: Theme) -> QWidget:
    """With the questions of a new agreement open."""
    made = ExportPage(furnished("rlowe"), background, words, theme)
    made.refresh()
    made.to.new.click()
    return made


def recovery_cards(gate: FakeGate, background: Background, words: Words, theme: Theme) -> QWidget:
    made = CardsPage(with_cards("admin", FakeCards()), background, words, theme)
    made.refresh()
    return made


def new_recovery_cards(_g: FakeGate, background: Background, words: Words, theme: Theme) -> QWidget:
    """Three of them wait for their rows."""
    made = CardsPage(with_cards("admin", FakeCards()), background, words, theme)
    made.refresh()
    made.renew.show_made([NewCard(number, b"%PDF") for number in (1, 2, 3)])
    return made


def store_form(gate: FakeGate, background: Background, words: Words, theme: Theme) -> QWidget:
    form = StoreForm(words, theme)
    made = scrolled(form)
    form.begin()
    form.kind.setCurrentIndex(form.kind.findData("s3"))
    return made


def difference(_g: FakeGate, _b: Background, words: Words, theme: Theme) -> QWidget:
    """Two names and a third to type; shown in full."""
    said = [
        Said(f"{n}", "last_name", name, UserId("u1"), datetime(2026, 11, 23, tzinfo=UTC), HERE)
        for n, name in enumerate(("Whitmore", "A much longer name than anybody has thought of"))
    ]
    dispute = Dispute(
        Compartment.CARE, RecordId("r"), "intake", RecordId(""), "last_name", Sort.IDENTITY,
        tuple(said),
    )  # fmt: skip
    entries = tuple(Answered(one.id, str(one.value), "M. Hale", "Mon, 9:40 AM", "Annex")
                    for one in said)  # fmt: skip
    asks = Field("last_name", FieldType.TEXT, Text({"en": "Last name", "es": "Apellido"}))
    says = words.text(SAYS[Sort.IDENTITY])
    told = Told(dispute, "PH-26-A00017-K", RecordId("r"), "Last name", says, entries, asks,
                is_identity=True, may_settle=True, waits_for="", needs_note=False)  # fmt: skip
    names = NameSwitch()
    names.turn(on=True)
    card = DifferenceCard(Setting(words, theme, SystemClock()), names)
    made = scrolled(card)
    card.show_told(told)
    card.choices["third"].setChecked(True)
    return made


def set_up(step: int) -> Make:
    def make(gate: FakeGate, background: Background, words: Words, theme: Theme) -> QWidget:
        made = SetUpPage(gate, background, words, theme)
        if step == 0:
            made.go_on.click()
        else:
            made._go(step)
        return made

    return make


def joining(gate: FakeGate, background: Background, words: Words, theme: Theme) -> QWidget:
    made = JoinPage(gate.joining, background, words, theme)
    made.refresh()
    return made


def backups(_g: FakeGate, background: Background, words: Words, theme: Theme) -> QWidget:
    """With a stick that is plugged in, and a place that does not answer."""
    folder = Path(tempfile.mkdtemp())
    desk = with_backups(folder / "profile", sticks=[PlainDrive(folder / "usb", "CITY")])
    keep_backups(folder / "profile", read_backups(folder / "profile").with_place(
        BackupPlace("x", str(folder / "gone"), "folder", "City share")
    ))  # fmt: skip
    made = BackupsPage(desk, background, words, theme)
    made.refresh()
    return made


def bringing_back(gate: FakeGate, background: Background, words: Words, theme: Theme) -> QWidget:
    made = BringBackPage(gate.bringing_back, background, words, theme)
    made.look_in(Path("/stick"))
    return made


def users(_g: FakeGate, background: Background, words: Words, theme: Theme) -> QWidget:
    """All that the page can ask, at once."""
    desk = replace(furnished("admin"), users=fake_users())
    made = UsersPage(desk, background, words, theme)
    made.refresh()
    made.change.ask(next(one for one in users_of(desk) if one.is_self))
    made.once.show_once(OneTime(UserId("u1"), "mhale", "M. Hale", "purchase squeeze razor pupil"))
    return made


def home_with_people(user: str) -> Make:
    def make(gate: FakeGate, background: Background, words: Words, theme: Theme) -> QWidget:
        desk = replace(furnished(user), users=fake_users())
        return Workplace(desk, background, words, theme, Look())

    return make


def numbers(_g: FakeGate, background: Background, words: Words, theme: Theme) -> QWidget:
    made = NumbersPage(counting(), background, words, theme)
    made._show(made._turn, board())
    return made


def one_measure(_g: FakeGate, background: Background, words: Words, theme: Theme) -> QWidget:
    made = MeasurePage(counting(), background, words, theme)
    made._period = Period(SINCE, UNTIL)
    made._show(made._turn, ("gender",), view("engaged", RATE, (GROUP,)))
    made.equity._show(made.equity._turn, view("engaged", RATE, (GROUP,)))
    return made


def reports(_g: FakeGate, background: Background, words: Words, theme: Theme) -> QWidget:
    made = ReportsPage(counting(), background, words, theme)
    made.refresh()
    return made


def update(_g: FakeGate, background: Background, words: Words, theme: Theme) -> QWidget:
    """With an update that was looked at, and a version to go back to."""
    folder = Path(tempfile.mkdtemp())
    publisher, place = Publisher(), folder / "usb"
    desk = with_backups(folder / "profile")
    drives = [PlainDrive(place, "CITY")]
    desk = with_updates(desk, folder / "profile", publisher, drives=lambda: drives)
    publisher.publish(place, "0.0.9")
    keep_own(with_updates(desk, folder / "profile", publisher, Here("0.0.9", SYSTEM, 7)), place)
    publisher.publish(place, "0.2.0")
    made = UpdatePage(desk, background, words, theme)
    made.refresh()
    made.look(place)
    return made


def about(_g: FakeGate, background: Background, words: Words, theme: Theme) -> QWidget:
    made = AboutPage(furnished("admin"), background, words, theme)
    made.refresh()
    return made


PAGES: dict[str, Make] = {
    "update": update,
    "about": about,
    "numbers": numbers,
    "one measure": one_measure,
    "reports": reports,
    "lock": lambda g, b, w, t: LockPage(g, b, w, t, Look()),
    "lock of training": lambda _g, b, w, t: LockPage(FakeGate(is_training=True), b, w, t, Look()),
    "recovery": lambda g, b, w, t: RecoveryPage(g, b, w, t),
    "first start": lambda g, b, w, t: FirstStartPage(g, b, w, t, Look()),
    "backups": backups,
    "bringing back": bringing_back,
    "joining": lambda g, b, w, t: joining(g, b, w, t),
    "joining, words": lambda g, b, w, t: joining(FakeGate(join=FakeJoin(begun=True)), b, w, t),
    **{f"set up {step}": set_up(step) for step in range(6)},
    **{f"home of {user}": place(user, "home") for user in PEOPLE},
    "people": place("rlowe", "people"),
    "providers": place("rlowe", "providers"),
    "roster": place("rlowe", "roster"),
    "arrivals": place("rlowe", "arrivals"),
    "supervision": place("tpike", "supervision"),
    "settings": place("admin", "settings"),
    "users": users,
    "home of a holder who is asked": home_with_people("rlowe"),
    "home of a supervisor on shift": home_with_people("tpike"),
    "differences": place("rlowe", "differences"),
    "difference": difference,
    "exchange": exchange("admin"),
    "exchange of a coordinator": exchange("rlowe"),
    "stick": stick,
    "trust": place("admin", "trust"),
    "trust of a supervisor": place("tpike", "trust"),
    "support file": support,
    "guide": guide,
    "imports": imports,
    "files for others": exports,
    "recovery cards": recovery_cards,
    "new recovery cards": new_recovery_cards,
    "store form": store_form,
    "roster dialog": lambda _g, _b, w, t: RosterDialog(None, w, t),
    "import dialog": lambda _g, _b, w, t: ImportDialog(PREVIEW, w, t),
    "provider dialog": lambda _g, _b, w, t: ProviderDialog(
        NEW, Lists((), (), (), "A"), Setting(w, t, SystemClock())
    ),
    "reply slips": lambda _g, b, w, t: RepliesPage(furnished("rlowe"), b, w, t, NameSwitch()),
}


@pytest.fixture(params=PAGES)
def page(
    request: pytest.FixtureRequest, qtbot: QtBot, background: Background, words: Words, theme: Theme
) -> Iterator[QWidget]:
    made = PAGES[request.param](FakeGate(), background, words, theme)
    qtbot.addWidget(made)
    made.resize(SMALLEST_SCREEN)
    made.show()
    qtbot.waitUntil(lambda: not background.is_busy)
    QApplication.processEvents()  # what was dressed is laid out again
    yield made
    if isinstance(made, Workplace):
        made.end()


def controls(page: QWidget) -> list[QWidget]:
    """What one can work with, without the inner parts of Qt's own controls."""
    found = [w for w in page.findChildren(QWidget) if isinstance(w, CONTROLS) and w.isVisible()]
    inner = (QComboBox, QAbstractItemView, QLineEdit)
    return [w for w in found if not isinstance(w.parentWidget(), inner) and w.isEnabled()]


def nameless(page: QWidget) -> list[str]:
    found: list[str] = []
    for control in controls(page):
        spoken = QAccessible.queryAccessibleInterface(control)
        if not (spoken and spoken.text(QAccessible.Text.Name).strip()):
            found.append(f"{type(control).__name__} {control.objectName()}")
    return found


def reached_by_tab(page: QWidget) -> set[QWidget]:
    """Everything in the chain of Tab from the page, as Qt would walk it."""
    return set(reached_in_order(page))


def _has_arrow_keys(control: QWidget) -> bool:
    """Of a group of choices Tab reaches the chosen one, and arrow keys the others."""
    return isinstance(control, QRadioButton) and not control.isChecked()


def unreachable(page: QWidget) -> list[str]:
    chain = reached_by_tab(page)
    return [
        f"{type(control).__name__} {control.accessibleName()}"
        for control in controls(page)
        if not _has_arrow_keys(control)
        if control not in chain or not control.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]


def test_every_control_can_be_worked(page: QWidget) -> None:
    """It has a name, Tab comes to it from the top down, and a shaking hand hits it."""
    assert controls(page)
    assert nameless(page) == []
    assert unreachable(page) == []
    assert out_of_order(page) == []
    assert too_small(page) == []


def out_of_order(page: QWidget) -> list[str]:
    """Controls that Tab comes to after one that stands wholly below them, in the same column."""
    asked = {w for w in controls(page) if not w.visibleRegion().isEmpty()}  # not scrolled away
    order = [w for w in reached_in_order(page) if w in asked]
    found: list[str] = []
    for before, after in pairwise(order):
        one, other = (QRect(w.mapTo(page, QPoint()), w.size()) for w in (before, after))
        is_column = one.left() < other.right() and other.left() < one.right()
        if is_column and other.bottom() < one.top():
            found.append(f"{after.accessibleName()} after {before.accessibleName()}")
    return found


LEAST = 24
"""Pixels that a pointer must find, each way (WCAG 2.2, 2.5.8); links among words excepted."""


def too_small(page: QWidget) -> list[str]:
    return [
        f"{control.accessibleName()}: {control.width()} x {control.height()}"
        for control in controls(page)
        if control.property("kind") not in {"link", "errorlink"}
        if min(control.width(), control.height()) < LEAST
    ]


def reached_in_order(page: QWidget) -> list[QWidget]:
    order: list[QWidget] = []
    widget: QWidget | None = page.nextInFocusChain()
    while widget is not None and widget is not page and widget not in order:
        order.append(widget)
        widget = widget.nextInFocusChain()
    return order


def test_a_nameless_and_an_unreachable_control_are_noticed(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    row = QHBoxLayout(page)
    button = QPushButton()
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    row.addWidget(button)
    page.show()
    assert nameless(page) == ["QPushButton "]
    assert unreachable(page) == ["QPushButton "]
    button.setFixedHeight(LEAST - 1)
    assert too_small(page) != []


def test_a_way_back_up_is_noticed(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    late = QPushButton("stands on top")
    column.addWidget(QPushButton("comes first"))
    column.insertWidget(0, late)
    page.show()
    qtbot.waitUntil(lambda: not late.visibleRegion().isEmpty())
    assert out_of_order(page) != []


@pytest.fixture
def worn(qapp: QApplication, dressed: Theme) -> Iterator[Callable[[float], Theme]]:
    """The program at other text sizes; the plain look comes back afterwards."""

    def wear(scale: float) -> Theme:
        made = themes.make_theme(scale=scale)
        themes.apply(qapp, made)
        return made

    yield wear
    themes.apply(qapp, dressed)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_all_pages_fit_a_small_laptop(
    qtbot: QtBot, background: Background, worn: Callable[[float], Theme], scale: float,
    language: str,
) -> None:  # fmt: skip
    theme, words = worn(scale), Words(language)
    screen = SMALLER_STILL if scale == 1.5 else SMALLEST_SCREEN
    too_big: list[str] = []
    for name, make in PAGES.items():
        made = make(FakeGate(), background, words, theme)
        window = MainWindow(words)
        qtbot.addWidget(window)
        window.resize(screen)
        window.show_page(made)
        window.show()
        qtbot.waitUntil(lambda: not background.is_busy)
        for _ in range(20):  # laying out what has come asks for laying out again
            QApplication.processEvents()
        least = window.minimumSizeHint()
        if least.width() > screen.width() or least.height() > screen.height():
            too_big.append(f"{name}: {least.width()} x {least.height()}")
        too_big += [f"{name}: {text}" for text in sideways(made)]
        too_big += [f"{name}: {why}: {said}" for why, said in cut(window)]
        too_big += [f"{name}: {key} means two things" for key in keys_twice(window)]
        if isinstance(made, Workplace):
            made.end()
        window.close()
    assert too_big == []


def keys_twice(window: QWidget) -> list[str]:
    """Keys of the whole window, and letters after Alt, of which Qt would obey neither."""
    buttons = [one for one in window.findChildren(QAbstractButton) if one.isVisible()]
    wide = Qt.ShortcutContext.WindowShortcut, Qt.ShortcutContext.ApplicationShortcut
    shortcuts = [
        one for one in window.findChildren(QShortcut)
        if one.isEnabled() and one.context() in wide and _is_seen(one.parent())
    ]  # fmt: skip
    keys = [key for one in shortcuts for key in list(one.keys())]
    keys += [one.shortcut() for one in buttons]  # a mnemonic of its words is one, too
    said = Counter(key.toString() for key in keys if not key.isEmpty())
    return [key for key, times in said.items() if times > 1]


def _is_seen(widget: object) -> bool:
    return isinstance(widget, QWidget) and widget.isVisible()


def test_a_key_that_means_two_things_is_noticed(qtbot: QtBot) -> None:
    """Negative control."""
    window = QWidget()
    qtbot.addWidget(window)
    row = QHBoxLayout(window)
    for text in ("&Save", "&Send", "Sto&p"):
        row.addWidget(QPushButton(text))
    window.show()
    assert keys_twice(window) == ["Alt+S"]
    for _ in range(2):
        QShortcut(QKeySequence("F2"), window)
    assert sorted(keys_twice(window)) == ["Alt+S", "F2"]


def sideways(page: QWidget) -> list[str]:
    """Scroll areas that would scroll sideways (tables may)."""
    return [
        f"{type(area).__name__} scrolls sideways by {area.horizontalScrollBar().maximum()}"
        for area in page.findChildren(QAbstractScrollArea)
        if area.isVisible()
        and not isinstance(area, QAbstractItemView | QPlainTextEdit)
        and area.horizontalScrollBar().maximum() > 0
    ]
