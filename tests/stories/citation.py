"""The short path of an officer intervention; several stories begin with it."""

from clerk import Clerk

FIRST, LAST = "Wren", "Quillfeather"
OFFENSE = "Trespass, on land or in a building (W. Va. Code 61-3B-3)"


def begin(clerk: Clerk) -> None:
    """Who it is."""
    clerk.press("Officer intervention")
    give_name(clerk)


def give_name(clerk: Clerk, first: str = FIRST, last: str = LAST) -> None:
    """Name, birth date and address."""
    clerk.write("Last name", last)
    clerk.write("First name", first)
    clerk.write("Date of birth", "4/17/1991")
    clerk.write("Home address", "12 Mill Street, Pine Hollow, WV 25999")
    clerk.press("Continue")


def tell_incident(clerk: Clerk, offense: str = OFFENSE) -> None:
    """What happened, when and where."""
    clerk.write("Case or incident number", "26-118804")
    clerk.write("Date and time of the offense", "11/23/2026 8:10 AM")
    clerk.write("Where it happened", "Mill yard, 3 Mill Street")
    clerk.press("Add row")
    clerk.choose("Offense", offense)
    clerk.press("Continue")


def nobody_hurt(clerk: Clerk) -> None:
    """Neither risk nor victim."""
    clerk.choose("Injury, weapon, domestic violence, or a minor victim?", "No")
    clerk.choose("Is there a victim?", "No")
    clerk.press("Continue")


def give_cause(clerk: Clerk) -> None:
    """Probable cause."""
    clerk.write("Facts in short", "Was seen in the yard after it had closed.")
    clerk.choose("Do you attest that these facts are true and give probable cause?", "Yes")
    clerk.press("Continue")


def decide(clerk: Clerk, decision: str = "Says yes") -> None:
    """What was explained, and what the person says; ends on the review."""
    clerk.choose("Did you explain all five points?", "Yes")
    clerk.choose("What the person decides", decision)
    clerk.press("Continue")


def take(clerk: Clerk, decision: str = "Says yes") -> None:
    """All of it, from home to the review."""
    begin(clerk)
    tell_incident(clerk)
    nobody_hurt(clerk)
    give_cause(clerk)
    decide(clerk, decision)


def take_with_weapon(clerk: Clerk) -> None:
    """The same of a contact against which a presumptive rule speaks."""
    begin(clerk)
    tell_incident(clerk)
    clerk.choose("Injury, weapon, domestic violence, or a minor victim?", "Yes")
    for question, answer in (
        ("Was somebody hurt?", "No"), ("Was there a weapon?", "Yes"),
        ("Was it domestic violence?", "No"), ("Is a victim under 18?", "No"),
        ("Is there a victim?", "No"),
    ):  # fmt: skip
        clerk.choose(question, answer)
    clerk.press("Continue")
    give_cause(clerk)
    decide(clerk)
    clerk.settle()


def citation_number(clerk: Clerk) -> str:
    """The number that the last page shows."""
    return next(text for text in clerk.page() if text.startswith("PH-26-"))
