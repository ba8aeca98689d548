"""The short path of a walk-in, as a clerk goes it; several stories begin with it."""

import tomllib

import pypdfium2 as pdfium
from clerk import Clerk
from PySide6.QtWidgets import QLineEdit

from intake_app.settings import resources
from intake_app.ui.pages.intake_page import IntakePage

FIRST, LAST, PHONE = "Terrance", "Quickwater", "304 555 0142"
PROVIDER = "New River Recovery Center"


def begin(clerk: Clerk, who_for: str = "For myself") -> None:
    """Up to the safety question."""
    clerk.press("Walk-in self-referral")
    clerk.choose("Who is this for?", who_for)
    clerk.press("Continue")


def pass_safety(clerk: Clerk) -> None:
    """Nobody is in danger; the promise is read out; what the person wants."""
    clerk.choose("Is anyone very sick or in danger right now?", "No")
    clerk.press("Continue")
    clerk.press("No arrest for asking for help")
    clerk.press("Continue")
    clerk.tick("What do you want today?", "Detox (getting through withdrawal safely)")
    clerk.press("Continue")


def give_name(clerk: Clerk) -> None:
    """Name, and a phone number that is safe."""
    clerk.write("First name", FIRST)
    clerk.write("Last name", LAST)
    clerk.choose("May we contact you later?", "Yes, in a safe way")
    clerk.tick("Which ways are safe?", "Phone call")
    clerk.write("Safe phone number", PHONE)
    clerk.press("Continue")


def half_typed(clerk: Clerk) -> QLineEdit:
    """From home to a name of which five letters are typed, the cursor behind the third."""
    clerk.press("Walk-in self-referral")
    clerk.until(lambda: bool(clerk.conductor.window.findChildren(IntakePage)))
    form = clerk.conductor.window.findChildren(IntakePage)[0]
    form._sheet.put("who_for", "self", "")
    form.go("contact")
    clerk.write("First name", "Rosal")
    edit = clerk.find("First name")
    assert isinstance(edit, QLineEdit)
    edit.setFocus()
    edit.setCursorPosition(3)
    return edit


def decide(clerk: Clerk, provider: str = PROVIDER) -> None:
    """A place for today, and a first visit; ends on the review."""
    clerk.choose("Is there a place?", "Yes, today")
    clerk.press("Continue")
    clerk.choose("What do you decide today?", "Wants help now")
    clerk.tick("Done together", "Program explained in plain words", "Said that it is a free choice")
    clerk.write("Provider", provider)
    clerk.write("First visit", "11/24/2026 10:30 AM")
    clerk.press("Continue")


def take(clerk: Clerk) -> None:
    """All of it, from home to the review."""
    begin(clerk)
    pass_safety(clerk)
    give_name(clerk)
    decide(clerk)


def receipt_number(clerk: Clerk) -> str:
    """The number that the last page shows."""
    assert clerk.reads("The intake is saved")
    return next(text for text in clerk.page() if text.startswith("PH-26-"))


def words_of(pdf: bytes) -> str:
    """All words of a PDF."""
    document = pdfium.PdfDocument(pdf)
    said = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return said


def title_of(paper: str, language: str = "en") -> str:
    """The title in the file of a paper."""
    file = resources.path("forms", "papers", f"{paper}.toml").read_text("utf-8")
    return str(tomllib.loads(file)["paper"]["title"][language])
