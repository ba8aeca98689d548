"""What the window makes when it is first needed; heavy modules are imported then, not before."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from intake_app.domain.attachment import CleanPdf
    from intake_app.domain.paper import Sheet
    from intake_app.services.desk import Desk
    from intake_app.services.help.book import Chapter
    from intake_app.ui.pages.bring_back_page import BringBackPage
    from intake_app.ui.pages.first_start_page import FirstStartPage
    from intake_app.ui.pages.join_page import JoinPage
    from intake_app.ui.pages.recovery_page import RecoveryPage
    from intake_app.ui.running.conductor import Conductor, Makers
    from intake_app.ui.running.doorbell import Doorbell
    from intake_app.ui.running.window_parts import Guard, Rounds, Session
    from intake_app.words import Words


def window_makers(*, shows_tour: bool = False) -> Makers:
    """What the window makes when it is first needed.

    Args:
        shows_tour: Who signs in for the first time is shown around.
    """
    from intake_app.ui.running.conductor import Makers

    return Makers(
        _make_toured if shows_tour else _make_session, _make_first_start, _make_set_up,
        _make_recovery, _make_doorbell, _preload, _make_rounds, _make_join, _make_bring_back,
        _make_guard, bring_out=_bring_out, guide=_open_guide,
    )  # fmt: skip


def _make_session(desk: Desk, conductor: Conductor) -> Session:
    from intake_app.ui.running.session import DeskSession

    return DeskSession(desk, conductor)


def _make_toured(desk: Desk, conductor: Conductor) -> Session:
    from intake_app.ui.running.session import DeskSession
    from intake_app.ui.showing_around.first_tour import begin_tour

    session = DeskSession(desk, conductor)
    begin_tour(session.workplace, desk, conductor)
    return session


def _open_guide(conductor: Conductor) -> None:
    from intake_app.services.help.book import read_book
    from intake_app.services.help.sheets import chapter_sheet
    from intake_app.ui.pages.guide_page import OnPaper
    from intake_app.ui.papers.printing import print_pdf, save_pdf
    from intake_app.ui.showing_around.opening import open_guide
    from intake_app.words import Words

    words = conductor.words

    def draw(chapter: Chapter) -> bytes:
        written = Words(read_book(words.language).language)  # English, where there is no other
        return LatePress().print(chapter_sheet(chapter, conductor.gate.department(), written))

    def bring_out(parent: QWidget, data: bytes, name: str, to_file: bool) -> bool:
        if to_file:
            return save_pdf(parent, data, name, words)
        return print_pdf(parent, data, name, words).is_printed

    open_guide(conductor, OnPaper(draw, bring_out))


def _make_first_start(conductor: Conductor) -> FirstStartPage:
    from intake_app.ui.pages.first_start_page import FirstStartPage

    return FirstStartPage(
        conductor.gate, conductor.background, conductor.words, conductor.theme, conductor.look
    )


def _make_set_up(conductor: Conductor) -> QWidget:
    from intake_app.ui.running.setting_up import make_set_up

    return make_set_up(conductor)


def _make_join(conductor: Conductor) -> JoinPage:
    from intake_app.ui.pages.join_page import JoinPage

    gate = conductor.gate.joining
    return JoinPage(gate, conductor.background, conductor.words, conductor.theme)


def _make_bring_back(conductor: Conductor) -> BringBackPage:
    from intake_app.ui.pages.bring_back_page import BringBackPage

    gate = conductor.gate.bringing_back
    return BringBackPage(gate, conductor.background, conductor.words, conductor.theme)


def _make_recovery(conductor: Conductor) -> RecoveryPage:
    from intake_app.ui.pages.recovery_page import RecoveryPage

    return RecoveryPage(conductor.gate, conductor.background, conductor.words, conductor.theme)


def _make_doorbell(profile: Path) -> Doorbell:
    from intake_app.ui.running.doorbell import Doorbell

    return Doorbell(profile)


def _make_rounds(conductor: Conductor) -> Rounds:
    from intake_app.ui.exchange.rounds import Carrying
    from intake_app.ui.exchange.rounds import Rounds as RoundsInBackground

    carrying = Carrying(lambda: conductor.gate.folder, carry_words)
    return RoundsInBackground(carrying, conductor.background, conductor.exchange)


def _make_guard(conductor: Conductor) -> Guard:
    from intake_app.ui.screen.guard import ScreenGuard

    guard = ScreenGuard(conductor, lambda: conductor.gate.is_training)
    guard.lock_asked.connect(conductor.lock_now)
    return guard


def _bring_out(parent: QWidget, words: Words, paper: bytes, to_file: bool) -> bool:
    from intake_app.ui.papers.printing import print_pdf, save_pdf
    from intake_app.ui.sign_in.own_card import JOB_NAME

    if to_file:
        return save_pdf(parent, paper, JOB_NAME, words)
    return print_pdf(parent, paper, JOB_NAME, words).is_printed


def carry_words(profile: Path) -> Sequence[str]:
    """The hidden command that carries for a profile; empty: it has no store to go to."""
    from intake_app.settings.program import carrier
    from intake_app.settings.stores import read_stores

    try:
        is_needed = any(one.kind != "stick" and not one.is_paused for one in read_stores(profile))
    except (OSError, ValueError):
        is_needed = True  # the carrier says what is wrong with the list
    return carrier(profile) if is_needed else []


def _preload() -> None:
    """What a sign-in needs of other libraries than Qt; imported on the worker."""
    from intake_app.rulebook import library
    from intake_app.services.signing import setting_up
    from intake_app.storage import compartment, drafts
    from intake_app.tables import provider_files
    from intake_app.vault import vault

    _ = (library, setting_up, compartment, drafts, provider_files, vault)


class LatePress:
    """Loads what draws papers with the first paper: 13 MB that no list needs."""

    def print(self, sheet: Sheet) -> bytes:
        """See `needs.everyday.Press`."""
        from intake_app.pdf.press import Press

        return Press().print(sheet)

    def pad(self, sheet: Sheet, numbers: Sequence[str]) -> bytes:
        """See `needs.everyday.Press`."""
        from intake_app.pdf.press import Press

        return Press().pad(sheet, numbers)

    def packet(self, cover: Sheet, parts: Sequence[Sheet]) -> bytes:
        """See `needs.everyday.Press`."""
        from intake_app.pdf.press import Press

        return Press().packet(cover, parts)

    def clean(self, data: bytes) -> CleanPdf:
        """See `needs.everyday.Press`."""
        from intake_app.pdf.cleaning import clean_pdf

        return clean_pdf(data)
