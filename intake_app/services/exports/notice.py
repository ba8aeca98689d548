"""The notice of 42 CFR 2.32 as a file beside an export whose lines go by people's consent."""

from intake_app.domain.paper import BlockType
from intake_app.services.desk import Desk
from intake_app.services.drawing.house_sheets import HouseSheet, composed
from intake_app.services.exports.agreements import Agreement
from intake_app.services.exports.ask import ExportFile
from intake_app.services.sharing.disclosure_content import COVER
from intake_app.words import Words


def notice_file(desk: Desk, to: Agreement) -> ExportFile:
    """The notice as the cover of a sealed file has it, and the scope of the consents in words.

    Args:
        desk: Whose.
        to: The agreement under which it goes.
    """
    language = desk.own_language
    scope = Words(language).text(
        "Each line left because that person signed a consent which names {to}. What the consent "
        "does not cover is empty.", to=to.to,
    )  # fmt: skip
    words = {"sent_to": to.to, "sent_for": to.paper, "sent_under": scope}
    sheet = composed(desk, HouseSheet(COVER, language, words))
    legal = next((part.text for part in sheet.parts if part.type is BlockType.LEGAL), "")
    lines = (f"{to.to} · {to.paper}", scope, legal)
    return ExportFile("-notice.txt", "\r\n\r\n".join(filter(None, lines)).encode("utf-8-sig"))
