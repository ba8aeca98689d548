"""A coordinator asks three questions; the person gets the result on neutral paper."""

import folder
from clerk import Clerk
from department import Paper, Staff
from PySide6.QtWidgets import QTabBar


def test_a_tool_is_read_aloud_answered_and_printed(
    clerk: Clerk, staff: Staff, printer: Paper
) -> None:
    clerk.sign_in(staff["jlowe"])
    folder.open_new(clerk)
    clerk.open_tab("Screening")
    assert clerk.reads("The result is not a diagnosis")
    clerk.press("Ask: AUDIT-C (alcohol)")
    assert clerk.reads("I have three questions about alcohol in the past year.")
    answer(clerk)
    clerk.press("Keep the result")
    clerk.until_reads("The result is kept.")
    assert clerk.reads("5 of 12")
    assert clerk.reads("For men: positive.")
    assert clerk.reads("For women: positive.")
    assert clerk.reads("Only the result is kept.")
    clerk.press("Print result: AUDIT-C (alcohol)")
    clerk.settle()
    (sheet,) = printer.sheets
    assert sheet.name.endswith("result.pdf")


def answer(clerk: Clerk) -> None:
    """Three questions, and whether the answers may be kept."""
    for question, choice in (
        ("How often do you have a drink containing alcohol?", "2 to 3 times a week"),
        ("How many standard drinks containing alcohol do you have on a typical day?", "5 or 6"),
        ("How often do you have 6 or more drinks on 1 occasion?", "Never"),
        ("May we keep your answers, or the result only?", "No, the result only"),
    ):
        clerk.choose(question, choice)


def test_declined_is_kept_as_one_word(clerk: Clerk, staff: Staff) -> None:
    clerk.sign_in(staff["jlowe"])
    folder.open_new(clerk)
    clerk.open_tab("Screening")
    clerk.press("Declined: CAGE-AID (alcohol and drugs)")
    clerk.until_reads("Noted: declined.")
    assert clerk.reads("The person declined.")


def test_a_pack_is_turned_on_and_can_be_asked(clerk: Clerk, staff: Staff) -> None:
    clerk.sign_in(staff["jlowe"])
    folder.open_new(clerk)
    clerk.open_tab("Screening")
    assert not clerk.sees("Ask: Brief Jail Mental Health Screen (BJMHS)")
    clerk.press("Brief Jail Mental Health Screen (BJMHS)")
    clerk.until_sees("Ask: Brief Jail Mental Health Screen (BJMHS)")


def test_the_front_desk_sees_no_screening(clerk: Clerk, staff: Staff) -> None:
    """Negative control: the tab is not there at all."""
    clerk.sign_in(staff["mhale"])
    folder.open_new(clerk)
    bar = next(clerk.seen(QTabBar))
    labels = [bar.tabText(n) for n in range(bar.count())]
    assert "Aid" in labels
    assert "Screening" not in labels
