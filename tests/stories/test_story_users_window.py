"""By keyboard and screen: four words for a colleague, their first sign-in, a holder's yes."""

from contextlib import suppress

from clerk import Clerk
from department import Department, OpenWindow, Paper
from PySide6.QtWidgets import QLabel

from intake_app.app import ProfileGate
from intake_app.domain.clock import FixedClock
from intake_app.domain.errors import LockedOut, WrongPassphrase
from intake_app.services.signing.signing_in import NewPerson

OWN = "harvest lantern copper moss"


def four_words(clerk: Clerk) -> str:
    begins = "Passphrase for one time: "
    names = [one.accessibleName() for one in clerk.seen(QLabel)]
    return next(name.removeprefix(begins) for name in names if name.startswith(begins))


def as_once(clerk: Clerk, user_name: str, phrase: str) -> None:
    """Their first sign-in: they choose their own."""
    clerk.try_to_sign_in(user_name, phrase)
    clerk.until_sees("Set the new passphrase")
    clerk.write("New passphrase", OWN)
    clerk.write("New passphrase again", OWN)
    clerk.press("Set the new passphrase")
    clerk.until_sees("Log out")
    clerk.settle()


def test_a_forgotten_passphrase_from_end_to_end(
    open_window: OpenWindow, department: Department, printer: Paper
) -> None:
    staff = department.staff
    clerk = open_window()
    clerk.sign_in(staff["apruitt"])
    clerk.press("Users")
    clerk.press("Change M. Hale")
    clerk.press("Give a passphrase for one time")
    clerk.press("Do it: Give a passphrase for one time")
    clerk.until_reads("For M. Hale")
    phrase = four_words(clerk)
    assert len(phrase.split()) == 4
    clerk.press("Print it")
    clerk.until(lambda: len(printer.sheets) == 1)
    clerk.press("I have handed it over")
    assert phrase not in "\n".join(clerk.page())
    clerk.press("Lock")
    as_once(clerk, "mhale", phrase)
    assert not clerk.sees("People")
    clerk.press("Lock")
    clerk.sign_in(staff["jlowe"])
    clerk.until_reads("A. Pruitt asks that M. Hale may read those who asked for help.")
    clerk.press("Give the keys")
    clerk.until_reads("Done. M. Hale can read it from their next sign-in on.")
    clerk.press("Lock")
    clerk.sign_in(NewPerson("mhale", "M. Hale", OWN, staff["mhale"].roles))
    assert clerk.sees("People")


def test_a_supervisor_on_shift_sees_who_is_locked_out(
    open_window: OpenWindow, department: Department, clock: FixedClock
) -> None:
    gate = ProfileGate(department.folder, clock)
    for _ in range(5):
        with suppress(WrongPassphrase, LockedOut):
            gate.unlock("mhale", "not this one at all")
    clerk = open_window()
    clerk.sign_in(department.staff["tokafor"])
    clerk.until_sees("Release M. Hale")
    clerk.press("Release M. Hale")
    clerk.until_reads("Released. This person can sign in again.")
    clerk.press("Lock")
    clerk.sign_in(department.staff["mhale"])


def test_a_mistake_is_told_where_it_was_made(clerk: Clerk, department: Department) -> None:
    clerk.sign_in(department.staff["apruitt"])
    clerk.press("Users")
    clerk.press("Change S. North")
    clerk.press("Disable for now")
    clerk.press("Do it: Disable for now")
    clerk.until_reads(
        "Nobody else here can read sealed cases. Let a second privacy officer in first."
    )
    clerk.press("Cancel")
    clerk.press("Let in")
    clerk.until_reads("Enter a user name, and the name that colleagues see.")
    clerk.press("Change A. Pruitt")
    clerk.press("Coordinator: reads those who asked for help, held cases")
    clerk.press("Save roles")
    clerk.until_reads(
        "You cannot give yourself a role. Ask another administrator, or use a recovery card."
    )
