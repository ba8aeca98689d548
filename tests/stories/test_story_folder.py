"""Around a folder: from any of its tabs one way leads back."""

import folder
from clerk import Clerk
from department import Staff


def test_back_leads_home_from_any_tab_and_stands_once(clerk: Clerk, staff: Staff) -> None:
    clerk.sign_in(staff["mhale"])
    folder.open_new(clerk)
    assert len(clerk.controls("Back")) == 1
    clerk.open_tab("Follow-up")
    assert len(clerk.controls("Back")) == 1
    clerk.press("Back")
    assert clerk.reads("Walk-in self-referral")
    assert not clerk.sees("Back")
