"""Settings for everybody: one's own passphrase, one's own phone, a new sheet of codes."""

from dataclasses import dataclass, field, replace

import pytest
from fakes import GOOD_CODE, GOOD_WORDS, LETTERS, desk_of
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from intake_app.domain.errors import WrongPassphrase
from intake_app.domain.sign_in_errors import PassphraseCommon, WrongCode
from intake_app.services.desk import Desk
from intake_app.services.needs.signing import PhoneOffer, SheetOffer, SignInState
from intake_app.settings.sign_in_policy import read_policy
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.theme import Theme
from intake_app.ui.sign_in import own_card
from intake_app.ui.sign_in.own_card import JOB_NAME, OwnSignInCard
from intake_app.words import Words

NEW = "button cloud fern seven"


@dataclass
class FakeOwn:
    """Somebody's own way in, in memory."""

    passphrase: str = GOOD_WORDS
    left: int = 7
    is_code_asked: bool = True
    kept: list[str] = field(default_factory=list[str])
    keyring: str = "kept"

    @property
    def state(self) -> SignInState:
        since = "2026-11-23T09:00:00.00-0500"
        return SignInState(
            read_policy(""), self.is_code_asked, True, self.left, since, 14, uses_keyring=True
        )

    def suggestion(self) -> str:
        return NEW

    def change_passphrase(self, old: str, new: str) -> None:
        if old != self.passphrase:
            raise WrongPassphrase
        if new == "password12345678":
            raise PassphraseCommon
        self.passphrase = new

    def offer_phone(self) -> PhoneOffer:
        return PhoneOffer(("#.#", ".#.", "#.#") * 7, LETTERS)

    def offer_sheet(self, language: str) -> SheetOffer:
        return SheetOffer(b"%PDF codes", 10)

    def keep_proof(self, passphrase: str, code: str) -> None:
        if passphrase != self.passphrase:
            raise WrongPassphrase
        if code != GOOD_CODE:
            raise WrongCode
        self.kept.append(code)
        self.left = 9


@pytest.fixture
def mine() -> FakeOwn:
    return FakeOwn()


@pytest.fixture
def desk(mine: FakeOwn) -> Desk:
    return replace(desk_of(), sign_in=mine)


@pytest.fixture
def card(
    qtbot: QtBot, desk: Desk, background: Background, words: Words, theme: Theme
) -> OwnSignInCard:
    made = OwnSignInCard(desk, background, words, theme)
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    made.activateWindow()
    made.refresh()
    qtbot.waitUntil(made.change.isEnabled)
    return made


def put(qtbot: QtBot, field: QLineEdit, text: str) -> None:
    field.setFocus()
    field.clear()
    qtbot.keyClicks(field, text)


def test_it_says_how_one_signs_in(card: OwnSignInCard) -> None:
    told = card.told.text()
    assert "Nov 23, 2026" in told
    assert "your phone" in told
    assert "7 printed codes are left" in told


def test_another_passphrase_needs_the_one_that_is(
    qtbot: QtBot, card: OwnSignInCard, mine: FakeOwn
) -> None:
    card.change.click()
    qtbot.waitUntil(card.current.hasFocus)
    put(qtbot, card.form.new, NEW)
    put(qtbot, card.form.again, NEW)
    card.set.click()
    assert "Enter the passphrase that you have now." in card.error.text
    put(qtbot, card.current, "wrong one")
    card.set.click()
    qtbot.waitUntil(lambda: card.error.text == WrongPassphrase.sentence())
    put(qtbot, card.current, GOOD_WORDS)
    card.set.click()
    qtbot.waitUntil(lambda: "is new" in card.good.text)
    assert mine.passphrase == NEW
    fields = [card.current, card.confirm, card.form.new, card.form.again]
    assert [one.text() for one in fields] == [""] * 4
    assert not card.form.isVisible()


def test_a_weak_one_is_refused_with_its_reason(qtbot: QtBot, card: OwnSignInCard) -> None:
    card.change.click()
    put(qtbot, card.current, GOOD_WORDS)
    for one in (card.form.new, card.form.again):
        put(qtbot, one, "password12345678")
    card.set.click()
    qtbot.waitUntil(lambda: card.error.text == PassphraseCommon.sentence())


def test_four_words_are_offered(qtbot: QtBot, card: OwnSignInCard) -> None:
    card.change.click()
    card.form.suggestion.click()
    qtbot.waitUntil(lambda: card.form.new.text() == NEW)
    assert NEW in card.form.suggested.text()


def test_another_phone_counts_once_its_code_was_typed(
    qtbot: QtBot, card: OwnSignInCard, mine: FakeOwn
) -> None:
    card.renew.click()
    qtbot.waitUntil(card.confirm.hasFocus)
    card.proof.phone.click()
    qtbot.waitUntil(card.proof.groups.isVisible)
    put(qtbot, card.proof.code, GOOD_CODE)
    card.proof.go_on.click()
    assert "Enter your passphrase." in card.error.text
    put(qtbot, card.confirm, GOOD_WORDS)
    put(qtbot, card.proof.code, "999999")
    card.proof.go_on.click()
    qtbot.waitUntil(lambda: card.proof.error.text == WrongCode.sentence())
    assert mine.kept == []
    put(qtbot, card.proof.code, GOOD_CODE)
    card.proof.go_on.click()
    qtbot.waitUntil(lambda: "only this one" in card.good.text)
    assert mine.kept == [GOOD_CODE]
    assert card.proof.groups.text() == ""
    qtbot.waitUntil(lambda: "9 printed codes" in card.told.text())


def test_a_new_sheet_is_printed_under_a_name_that_tells_nothing(
    qtbot: QtBot, card: OwnSignInCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = list[str]()

    def save(_parent: object, data: bytes, name: str, _words: object) -> bool:
        jobs.append(f"{name} {data.decode()}")
        return True

    monkeypatch.setattr(own_card, "save_pdf", save)
    card.renew.click()
    card.proof.sheet.click()
    qtbot.waitUntil(card.proof.save.isVisible)
    card.proof.save.click()
    assert jobs == [f"{JOB_NAME} %PDF codes"]
    assert card.proof.is_out.isVisible()


def test_where_no_second_proof_is_asked_for_none_is_offered(
    qtbot: QtBot, card: OwnSignInCard, mine: FakeOwn
) -> None:
    assert card.renew.isVisible()  # negative control
    mine.is_code_asked = False
    card.refresh()
    qtbot.waitUntil(lambda: not card.renew.isVisible())
    assert "does not ask" in card.told.text()


def test_everything_on_it_has_a_name(card: OwnSignInCard) -> None:
    card.change.click()
    for kind in (QLineEdit, QPushButton):
        for control in card.findChildren(kind):
            assert control.accessibleName() or not control.isVisible()
