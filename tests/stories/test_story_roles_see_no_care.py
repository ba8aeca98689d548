"""Officer, supervisor and administrator sign in: nothing of those who asked for help is to be seen.

All that every page shows and tells a screen reader is searched for what the front desk reads.
"""

import case_story
import pytest
import walk_in
from clerk import Clerk
from department import OpenWindow, Staff

PLACES = ("Home", "People", "Cases", "Providers", "Roster", "Settings", "Pads", "Arrivals")
WITHOUT_CARE = ("dreyes", "tokafor", "apruitt", "lbrandt", "snorth")


def all_words(clerk: Clerk) -> str:
    """The words of every page that the rail leads to, and of the window itself."""
    said = [clerk.conductor.window.windowTitle()]
    for place in PLACES:
        if clerk.sees(place):
            clerk.press(place)
            said += [*clerk.page(), clerk.conductor.window.windowTitle()]
    return "\n".join(said)


def take_one(open_window: OpenWindow, staff: Staff) -> str:
    """A walk-in by the front desk, and an unfinished one; returns the number."""
    clerk = open_window()
    clerk.sign_in(staff["mhale"])
    walk_in.take(clerk)
    clerk.press("Finish")
    number = walk_in.receipt_number(clerk)
    clerk.press("Home")
    walk_in.begin(clerk)
    walk_in.pass_safety(clerk)
    clerk.write("First name", "Unfinisher")
    clerk.press("Save and close")
    assert number in all_words(clerk)
    clerk.conductor.window.close()
    return number


def test_other_roles_see_nobody_who_asked_for_help(open_window: OpenWindow, staff: Staff) -> None:
    number = take_one(open_window, staff)
    for who in WITHOUT_CARE:
        clerk = open_window()
        clerk.sign_in(staff[who])
        said = all_words(clerk)
        assert "Settings" in said
        for planted in (walk_in.FIRST, walk_in.LAST, "Unfinisher", "555-0142", "5550142", number):
            assert planted not in said, who
        assert not clerk.sees("People"), who
        clerk.press("Home")
        if clerk.sees("Find"):  # officers and supervisors look among cases
            for question in (walk_in.LAST, walk_in.FIRST, "304 555 0142", number):
                assert not case_story.finds(clerk, question), who
        clerk.conductor.window.close()


def test_the_search_would_find_a_name(open_window: OpenWindow, staff: Staff) -> None:
    """Negative control: for the front desk, once names are shown, the same search finds it."""
    take_one(open_window, staff)
    clerk = open_window()
    clerk.sign_in(staff["mhale"])
    assert walk_in.LAST not in all_words(clerk)
    clerk.press("Home")
    clerk.press("Show names")
    assert walk_in.LAST in all_words(clerk)
    clerk.press("Home")
    for question in (walk_in.LAST, walk_in.FIRST, "304 555 0142", "3045550142"):
        assert case_story.finds(clerk, question), question


@pytest.mark.parametrize("who", ["dreyes", "tokafor"])
def test_officers_take_walk_ins_and_find_cases_alone(clerk: Clerk, staff: Staff, who: str) -> None:
    clerk.sign_in(staff[who])
    for name in ("Walk-in self-referral", "Officer intervention", "Find", "Cases"):
        assert clerk.sees(name), name


def test_no_title_of_the_window_ever_holds_a_name(clerk: Clerk, staff: Staff) -> None:
    titles: list[str] = []
    clerk.conductor.window.windowTitleChanged.connect(titles.append)
    clerk.sign_in(staff["mhale"])
    walk_in.take(clerk)
    clerk.press("Finish")
    clerk.press("Open this intake")
    clerk.press("Show names")
    assert clerk.reads(walk_in.LAST)
    titles.append(clerk.conductor.window.windowTitle())
    assert all(walk_in.LAST not in title and walk_in.FIRST not in title for title in titles)


@pytest.mark.parametrize("who", ["mhale", "jlowe"])
def test_who_may_read_walk_ins_has_the_door(clerk: Clerk, staff: Staff, who: str) -> None:
    clerk.sign_in(staff[who])
    assert clerk.sees("Walk-in self-referral")
    assert clerk.sees("People")
