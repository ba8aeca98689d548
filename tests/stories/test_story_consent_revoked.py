"""Consent taken back after a letter was printed: no new letter, a notice, and the accounting.

At the desk, by the keys of the real window. What was sent is never forgotten.
"""

from pathlib import Path

import pytest
import walk_in
from clerk import Clerk
from department import Paper, Staff
from PySide6.QtWidgets import QWidget

LETTER = "Referral letter"
CONSENT = "Consent to share with a provider"
NOTICE = "Notice: consent taken back"
ACCOUNTING = "Accounting of disclosures"


def button(clerk: Clerk, name: str, title: str) -> QWidget:
    """The button of the last paper of a title."""
    rows = [one for one in clerk.controls(name) if one.accessibleDescription().startswith(title)]
    return rows[-1]


def take_consent(clerk: Clerk) -> None:
    """The person signs on paper; the three texts are read out."""
    clerk.open_tab("Consents")
    clerk.press("To a provider…")
    clerk.choose("Do you want us to talk with the provider for you?", "Yes")
    clerk.tick("Who may share", "Intake staff of this department")
    clerk.tick("What may be shared", "Name and safe contact", "Help asked for")
    clerk.write("Who may receive it", walk_in.PROVIDER)
    clerk.choose("What for", "To arrange a first visit or a bed")
    clerk.choose("When the consent ends", "After 90 days")
    for text in (
        "Read: you may take it back",
        "Read: what others may pass on",
        "Read: you do not have to sign",
    ):
        clerk.press(text)
    clerk.press("Signs on paper", clerk.find("Signature of the person who consents").parentWidget())
    clerk.press("Keep this answer")
    clerk.until_reads("The answer is kept.")


def print_letter(clerk: Clerk) -> None:
    """The letter to the provider, with a copy of the consent; the panel says what leaves."""
    clerk.open_tab("Intake")
    clerk.press("New paper…")
    clerk.press(LETTER)
    clerk.until_reads("What leaves this computer")
    assert not clerk.reads("Stop.")
    clerk.press("Issue")
    clerk.until_reads("Issued. Print it now.")
    for title in (LETTER, CONSENT):  # the copy of the consent goes with it
        clerk.press("Print", button(clerk, "Print", title).parentWidget())
        clerk.until_reads(f"Sent to the printer: {title}")


def take_it_back(clerk: Clerk) -> None:
    """By letter, at the desk."""
    clerk.open_tab("Consents")
    clerk.press("Take it back…")
    clerk.choose("How was it taken back?", "In writing")
    clerk.press("Take this consent back")
    clerk.until_reads("From now on nothing leaves under this consent.")


def saved(clerk: Clerk, title: str, folder: Path) -> str:
    """Save the last paper of a title, and read it."""
    before = set(folder.glob("*.pdf"))
    clerk.save_pdf(button(clerk, "Save PDF", title))
    (new,) = set(folder.glob("*.pdf")) - before
    return " ".join(walk_in.words_of(new.read_bytes()).split())


def test_a_consent_is_taken_back_after_a_letter_was_printed(
    clerk: Clerk, staff: Staff, printer: Paper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    clerk.sign_in(staff["mhale"])
    walk_in.take(clerk)
    clerk.press("Finish")
    number = walk_in.receipt_number(clerk)
    clerk.press("Open this intake")
    take_consent(clerk)
    print_letter(clerk)
    take_it_back(clerk)

    # who received something is found, and nothing new leaves
    assert clerk.reads("1 recipient is not told yet.")
    clerk.open_tab("Intake")
    clerk.press("New paper…")
    clerk.press(LETTER)
    clerk.until_reads("Stop. The person took this consent back.")
    assert not clerk.sees("Issue")  # it is there, and cannot be pressed
    clerk.press("Print again", button(clerk, "Print again", LETTER).parentWidget())
    clerk.until_reads("The person took this consent back. Nothing may leave;")

    # the provider is told, by a paper that says the number and no name
    clerk.open_tab("Consents")
    clerk.press("Make the notice")
    clerk.until_reads("The paper is made. Print it below.")
    notice = saved(clerk, NOTICE, tmp_path)
    assert number in notice
    assert walk_in.PROVIDER in notice
    assert walk_in.LAST not in notice
    clerk.press("They were told…")
    clerk.choose("How were they told?", "By letter")
    clerk.press("Note that they were told")
    clerk.until_reads("Saved.")
    assert not clerk.reads("not told yet")

    # the person gets the list: the letter is in it, as sent when the consent stood
    clerk.press("Make the accounting")
    clerk.until_reads("The paper is made. Print it below.")
    accounting = saved(clerk, ACCOUNTING, tmp_path)
    assert LETTER in accounting
    assert walk_in.PROVIDER in accounting
    assert "Consent of the person" in accounting
