"""The week of a privacy officer: they see who looked, not at what, sign, and hand out a file."""

from datetime import timedelta
from pathlib import Path

import pytest
from case_story import desk_of
from clerk import Clerk
from department import Department, OpenWindow, Staff
from PySide6.QtWidgets import QFileDialog

from intake_app.cli import main
from intake_app.domain.clock import FixedClock
from intake_app.services.chores import do_chores
from intake_app.services.intakes.intakes import read_intake
from intake_app.services.intakes.people import people_order, people_rows
from intake_app.ui.pages.audit_page import AuditPage


def page_of(clerk: Clerk) -> AuditPage:
    page = clerk.conductor.window.findChild(AuditPage)
    assert page is not None
    return page


@pytest.fixture
def named(department: Department, clock: FixedClock) -> str:
    """Somebody whom J. Lowe looked at, with the last name of M. Hale; their name."""
    with desk_of(department, clock, "jlowe") as desk:
        row = people_rows(desk, people_order(desk))[0]
        read_intake(desk, row.record)
        assert do_chores(desk, lambda: False)
    return row.name


def test_a_week_is_looked_through_signed_and_handed_out(
    open_window: OpenWindow, staff: Staff, clock: FixedClock, named: str, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    clock.at += timedelta(days=8)
    north = open_window()
    north.sign_in(staff["snorth"])
    north.until_reads("1 week waits for your review.")
    north.press("Look at the audit trail")
    north.settle()
    page = page_of(north)
    assert north.reads("Nov 23, 2026 to Nov 29, 2026: waits for your review") or page.rows.count()
    assert page.seen.count() > 1
    assert named.split(",")[0] not in " ".join(north.page())

    page.seen.setCurrentRow(0)
    north.settle()
    assert page.lines.rows.count() >= 1

    north.press("Sign off this week…")
    north.write("Note, if one is needed", "Asked, and was answered.")
    north.press("Sign off this week")
    north.until_reads("The week is signed off.")
    north.settle()
    assert page.rows.item(1).text().startswith("Nov 23, 2026 to Nov 29, 2026: signed off by S. N")
    assert not page.sign.isEnabled()

    target = tmp_path / "trail.jsonl"
    answer = staticmethod(lambda *_: (str(target), ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    north.press("Export…")
    north.until(target.exists)
    north.settle()
    words = page.good.text.rpartition(": ")[2]

    assert main(["audit", "verify", str(target), "--words", words]) == 0
    assert "department: Pine Hollow Police Department" in capsys.readouterr().out
    assert main(["audit", "verify", str(target), "--words", "one " * 8]) == 1
    target.write_bytes(target.read_bytes().replace(b'"read intake"', b'"read paper"'))
    assert main(["audit", "verify", str(target)]) == 1
    assert "altered or cut short" in capsys.readouterr().err


def test_only_a_privacy_officer_sees_the_page(open_window: OpenWindow, staff: Staff) -> None:
    pruitt = open_window()
    pruitt.sign_in(staff["apruitt"])
    pruitt.settle()
    assert not pruitt.sees("Audit")
    assert not pruitt.sees("Look at the audit trail")
