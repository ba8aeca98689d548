"""Every page in a language that nobody speaks, with words 40 % longer: nothing stays English.

The walk through the real window, with all its roles, is in `tests/ui/walk_every_page.py`.
"""

import ast
import calendar
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest
from fakes import FakeGate
from pseudo import CODE, pseudo
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from seen_words import Seen, cut, texts
from test_every_page_can_be_reached import PAGES
from translations import make_pseudo

import intake_app.words
from intake_app.domain.text import Text
from intake_app.settings.resources import path as shipped
from intake_app.ui.frame.workplace import Workplace
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.labels import ElidedLabel
from intake_app.ui.parts.picker import Picker
from intake_app.ui.parts.theme import Theme
from intake_app.ui.parts.window import SMALLEST_SCREEN, MainWindow
from intake_app.words import Words, filled_up

PLAIN = re.compile(r"[A-Za-z]{3,}")
HERE = Path(__file__).parent
UPDATES = HERE.parent / "update_world.py"
DAYS = frozenset({*calendar.month_name, *calendar.month_abbr, *calendar.day_name,
                  *calendar.day_abbr, "Ctrl", "Español", "English", "Outpatient", "Medicaid",
                  })  # fmt: skip
"""What Babel says of a language that it does not know, keys, languages by their own names, and
codes of lists that were read before the language was there."""

NO_WORDS = re.compile(r"https?://\S+|sudo .*|/[\w./-]+")
"""Addresses, commands and places of files."""
LISTED = frozenset({"about", "guide"})
"""Pages of names and licenses, which are the same in all languages, and of the guide, whose pages
are files of their own."""


@cache
def made_up() -> frozenset[str]:
    """Words of the people, places, lists and measures that these tests make up: nobody's but data.

    What the program says itself must not hide behind them: it is looked for first.
    """
    files = (*HERE.glob("fake*.py"), HERE / "test_every_page_can_be_reached.py", UPDATES)
    found = set(DAYS)
    for file in files:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.update(PLAIN.findall(node.value))
    return frozenset(found)


@pytest.fixture(scope="module")
def nobodys(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder of translations with the language that nobody speaks."""
    folder = tmp_path_factory.mktemp("translations")
    make_pseudo(folder)
    with pytest.MonkeyPatch.context() as change:
        change.setattr(intake_app.words, "translations", lambda: folder)
        change.setattr(intake_app.words, "LANGUAGES", ("en", CODE))
        change.setattr(intake_app.words, "_ADDED", (CODE,))
        intake_app.words.words_in.cache_clear()
        yield folder
    intake_app.words.words_in.cache_clear()


def english(seen: Iterable[Seen]) -> list[str]:
    """What is said with plain letters, and nobody made up."""
    return sorted({
        f"{kind}: {said}" for kind, said in seen
        if set(PLAIN.findall(NO_WORDS.sub("", said))) - made_up()
    })  # fmt: skip


def test_nothing_stays_english_and_longer_words_have_room(
    nobodys: Path, qtbot: QtBot, background: Background, theme: Theme
) -> None:
    words, wrong = Words(CODE), list[str]()
    for name, make in PAGES.items():
        made = make(FakeGate(), background, words, theme)
        window = MainWindow(words)
        qtbot.addWidget(window)
        window.resize(SMALLEST_SCREEN)
        window.show_page(made)
        window.show()
        qtbot.waitUntil(lambda: not background.is_busy)
        for _ in range(12):  # laying out asks for laying out again
            QApplication.processEvents()
        wrong += [f"{name}: {said}" for said in english(texts(window)) if name not in LISTED]
        wrong += [f"{name}: {why}: {said}" for why, said in cut(window)]
        if isinstance(made, Workplace):
            made.end()
        window.close()
    assert not wrong, "\n".join(wrong)


def test_a_form_speaks_a_language_that_its_file_does_not(nobodys: Path) -> None:
    said = filled_up({"en": "First name", "es": "Nombre"})
    assert Text(said).said_in(CODE) == pseudo("First name")
    assert filled_up({"en": "In no file"}) == {"en": "In no file"}
    assert (shipped("forms") / "self_referral.toml").exists()


def test_english_that_stays_and_words_that_are_cut_are_found(qtbot: QtBot, dressed: Theme) -> None:
    """Negative control."""
    page = QWidget()
    qtbot.addWidget(page)
    label, button = QLabel("A heading without the catalog", page), QPushButton("Press", page)
    short, picker = ElidedLabel("Elided, with a tip", parent=page), Picker()
    picker.setParent(page)
    picker.addItem("A choice that is much too long for so narrow a field")
    for n, one in enumerate((label, button, short, picker)):
        one.setGeometry(0, 60 * n, 40, 40)
    page.show()
    qtbot.waitExposed(page)
    QApplication.processEvents()
    assert "QLabel text: A heading without the catalog" in english(texts(page))
    assert {kind.split()[0] for kind, _ in cut(page)} == {"QLabel", "QPushButton"}
    assert short.toolTip()
    assert picker.toolTip()
    picker.setToolTip("of somebody else")
    assert "Picker" in {kind.split()[0] for kind, _ in cut(page)}
