"""A one-time passphrase on paper, for the person themselves; it is printed once and never kept."""

from intake_app.domain.ids import RecordId
from intake_app.domain.paper import BlockType, Letterhead, Part, Sheet
from intake_app.domain.roles import May
from intake_app.services.desk import Desk
from intake_app.services.users.changing import OneTime
from intake_app.words import Words


def print_one_time(desk: Desk, once: OneTime, words: Words) -> bytes:
    """The PDF: user name, four words, and what to do with them.

    Raises:
        NotAllowed: Not in one's roles.
    """
    desk.require(May.MANAGE_USERS)
    sheet = one_time_sheet(once, desk.agency.name, words)
    desk.station.note(desk.act("print one-time passphrase", RecordId(once.user)))
    return desk.press.print(sheet)


def one_time_sheet(once: OneTime, department: str, words: Words) -> Sheet:
    """The same before it is drawn."""
    say = words.text
    parts = (
        Part(BlockType.HEADING, say("Your first sign-in"), level=1),
        Part(BlockType.PARAGRAPH, say("For {name} alone.", name=once.shown_name), style="lead"),
        Part(
            BlockType.TABLE, header=(say("User name"), say("Passphrase, for one time")),
            rows=((once.user_name, once.passphrase),),
        ),
        Part(BlockType.HEADING, say("What to do")),
        Part(BlockType.BULLETS, bullets=(
            say("Sign in with these words. They are accepted once."),
            say("Choose a passphrase of your own: four words that nobody would guess."),
            say("Tell it to nobody, not to an administrator either. Nobody will ask for it."),
            say("Put this paper into the shredder."),
            say("What you may read waits for a colleague who reads it. Tell them that you asked."),
        )),
    )  # fmt: skip
    title = say("Your first sign-in")
    return Sheet(title, words.language, Letterhead(department), parts)
