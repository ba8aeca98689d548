"""A name that was copied at the desk is not there for who sits down next."""

import pytest
from clerk import Clerk
from department import Staff
from PySide6.QtWidgets import QApplication

NAME = "Whitfield"


@pytest.mark.parametrize("way", ["lock", "leave", "close"])
def test_what_was_copied_goes_with_who_copied_it(clerk: Clerk, staff: Staff, way: str) -> None:
    clerk.sign_in(staff["mhale"])
    board = QApplication.clipboard()
    board.setText(NAME)
    clerk.press("Walk-in self-referral")
    assert board.text() == NAME  # control: while one works, it stays
    leave = clerk.conductor.window.close if way == "close" else getattr(clerk.conductor, way)
    leave()
    assert board.text() == ""
