"""A license is scanned on the first step of an officer intervention, and never in care."""

from dataclasses import replace

import pytest
from form_driver import find, press, write
from form_fakes import CLOCK, PlainGuide, WorkingDesk, both, draft_of, form_of
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from intake_app.domain.errors import NotALicense
from intake_app.domain.form import Field, FieldType, Form, Section
from intake_app.domain.pathway import Pathway
from intake_app.ui.form.scan_card import scans
from intake_app.ui.form.setting import Setting
from intake_app.ui.pages.intake_page import IntakePage
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

PLAIN = form_of(
    Section("who", both("Who?"), (
        Field("family", FieldType.TEXT, both("Last name")),
        Field("given", FieldType.TEXT, both("First name")),
        Field("birth", FieldType.DATE, both("Date of birth")),
        Field("home", FieldType.TEXT, both("Home address")),
    )),
    Section("what", both("What?"), (Field("note", FieldType.TEXT, both("Note")),)),
    facts={"last_name": "family", "first_name": "given", "born": "birth", "address": "home"},
)  # fmt: skip
CASE = replace(PLAIN, pathway=Pathway.OFFICER_INTERVENTION)
LICENSE = (
    "@\n\rANSI 636061090102DL00410288DLDAQQ7731\nDCSQUILLFEATHER\nDACWREN\nDBB04171991\n"
    "DAG12 MILL STREET\nDAIPINE HOLLOW\nDAJWV\nDAK259990000\n"
)


def page_of(
    qtbot: QtBot, form: Form, background: Background, theme: Theme, words: Words
) -> IntakePage:
    guide = PlainGuide(form)
    setting = Setting(words, theme, CLOCK)
    page = IntakePage(draft_of(form), guide, WorkingDesk(guide), background, setting)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    return page


@pytest.fixture
def page(qtbot: QtBot, background: Background, theme: Theme, words: Words) -> IntakePage:
    return page_of(qtbot, CASE, background, theme, words)


def type_in(widget: QWidget, text: str) -> None:
    """As a wedge scanner does: Return for a line end, all else as letters."""
    for letter in text:
        if letter in "\n\r":
            QTest.keyClick(widget, Qt.Key.Key_Return)
        else:
            QTest.keyClicks(widget, letter)


def test_a_scan_fills_four_answers_and_shows_nothing_of_the_rest(
    qtbot: QtBot, page: IntakePage
) -> None:
    press(page, "Scan license")
    button = find(page, "Scan license")
    type_in(button, LICENSE)
    assert all("QUILL" not in edit.text() for edit in page.findChildren(QLineEdit))
    assert page.step == "who"  # its Return keys went nowhere
    qtbot.waitUntil(lambda: bool(page.draft.answers))
    assert page.draft.answers == {
        "family": "Quillfeather", "given": "Wren", "birth": "1991-04-17",
        "home": "12 Mill Street, Pine Hollow, WV 25999",
    }  # fmt: skip
    shown = [label.text() for label in page.findChildren(QLabel)]
    assert "4 answers filled in. Check them." in shown
    assert "7731" not in str(vars(page.scan.button)) + str(shown)
    assert not page.scan.button.is_listening


def test_what_is_no_license_changes_nothing(qtbot: QtBot, page: IntakePage) -> None:
    write(page, "Last name", "Marlow")
    press(page, "Scan license")
    type_in(find(page, "Scan license"), "PH-26-AC00017-K\n")
    qtbot.waitUntil(lambda: page.scan.error.text == NotALicense.sentence())
    assert page.draft.answers == {"family": "Marlow"}


def test_escape_and_another_field_end_the_listening(page: IntakePage) -> None:
    press(page, "Scan license")
    assert page.scan.button.is_listening
    QTest.keyClick(page.scan.button, Qt.Key.Key_Escape)
    assert not page.scan.button.is_listening
    press(page, "Scan license")
    find(page, "Last name").setFocus()
    assert not page.scan.button.is_listening
    write(page, "Last name", "Marlow")
    assert page.draft.answers == {"family": "Marlow"}


def test_it_is_there_on_the_step_of_the_person_only(page: IntakePage) -> None:
    assert page.scan.isVisible()
    page.go("what")
    assert not page.scan.isVisible()


def test_in_care_there_is_no_such_button(
    qtbot: QtBot, background: Background, theme: Theme, words: Words
) -> None:
    page = page_of(qtbot, PLAIN, background, theme, words)
    assert not page.scan.isVisible()
    for pathway in Pathway:
        form = replace(PLAIN, pathway=pathway)
        is_case = pathway is Pathway.OFFICER_INTERVENTION
        assert scans(form, form.sections[0]) == is_case
