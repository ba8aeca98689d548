"""The certificate that records were removed: on whose word, when, and what could not be reached."""

from collections.abc import Iterator
from typing import Final

from intake_app.domain.ending_errors import NothingProposed
from intake_app.domain.entry import show_date, show_moment
from intake_app.domain.ids import RecordId
from intake_app.domain.purge import Way
from intake_app.domain.roles import Compartment
from intake_app.services.desk import Desk
from intake_app.services.drawing.house_sheets import HouseSheet, draw_sheet
from intake_app.services.exchanging.stations import station_names
from intake_app.services.purging.purging import Removed, removed
from intake_app.services.purging.words import counts_in_words, short_number
from intake_app.services.records.file_words import file_in_words
from intake_app.words import Words, mark

PAPER: Final = "purge_certificate"

_DONE: Final = mark("Removed from these computers: {stations}.")
_ASKED: Final = mark("Not yet confirmed by these, which are asked until they are: {stations}.")
_STRUCK: Final = mark("Lost or stolen, and shut out; they cannot be asked: {stations}.")

_WAYS: Final = {
    Way.PURGE: mark("The records were destroyed."),
    Way.DEIDENTIFY: mark("Identity and words were destroyed; codes stay for counting."),
}


def purge_certificate(desk: Desk, order: RecordId, language: str = "") -> bytes:
    """Draw the certificate of an order that was carried out; that it was printed is logged.

    Args:
        desk: Whose.
        order: The order.
        language: Of the paper (ISO 639); empty: the department's first.

    Raises:
        NotAllowed: Not in this person's roles.
        NothingProposed: It was not carried out here.
        PaperMissing: The paper's file is gone.
    """
    one = next(iter(removed(desk, order)), None)
    if one is None:
        raise NothingProposed
    language = language or desk.own_language
    words = Words(language)
    tables = {
        "removed": [(said, str(n))
                    for said, n in counts_in_words(one.standing.order.counts, words).items()],
        "unreached": [(name, show_date(made, language), show_date(ends, language))
                      for name, made, ends in one.unreached],
    }  # fmt: skip
    sheet = HouseSheet(PAPER, language, dict(_words(desk, one, words)), tables)
    data = draw_sheet(desk, sheet)
    desk.station.note(desk.act("print purge certificate", order))
    return data


def _words(desk: Desk, one: Removed, words: Words) -> Iterator[tuple[str, str]]:
    order, approval = one.standing.order, one.standing.approval
    basis = desk.library.retention().basis(order.basis)
    files = [file_in_words(Compartment(name), words) for name in one.files]
    yield "order_number", short_number(order.id)
    yield "purge_basis", basis.label.said_in(words.language) if basis else order.basis
    yield "purge_way", words.text(_WAYS[order.way])
    yield "carried_out", show_moment(one.at, words.language)
    yield "proposed_by", _who(desk, words, order.by, order.at.isoformat())
    if approval is not None:
        yield "approved_by", _who(desk, words, approval.by, approval.at.isoformat())
    yield "purge_files", ", ".join(files)
    yield "purge_looked_over", _looked_over(one, words)
    if order.compartment is not Compartment.CARE:
        yield "purge_token", _token(words, stays=order.keeps_token)
    yield "purge_stations", _stations(desk, order.id, words)
    if not one.unreached:
        yield "purge_no_backups", words.text("No backup was out of reach of this computer.")
    yield "ledger_hash", one.ledger


def _stations(desk: Desk, order: RecordId, words: Words) -> str:
    """Which computers have done it, which are asked until they have, and which never will."""
    told = desk.exchange.state() if desk.exchange is not None else None
    if desk.exchange is None or told is None or told.is_alone:
        return words.text("This is the department's only computer.")
    done, names = desk.exchange.executed(order), station_names(desk)
    parts = list[str]()
    for said, wanted in (
        (_DONE, [one.station for one in told.stations if done.get(one.station)]),
        (_ASKED, [one.station for one in told.stations
                  if not one.is_struck and not done.get(one.station)]),
        (_STRUCK, [one.station for one in told.stations if one.is_struck]),
    ):  # fmt: skip
        if wanted:
            named = ", ".join(names.get(one, str(one)) for one in wanted)
            parts.append(words.text(said, stations=named))
    return " ".join(parts)


def _who(desk: Desk, words: Words, user: str, at: str) -> str:
    names = {str(person.id): person.shown_name for person in (*desk.colleagues, desk.person)}
    when = show_moment(at, words.language)
    name = names.get(user, "") or words.text("somebody who has left")
    return f"{name}, {when}"


def _looked_over(one: Removed, words: Words) -> str:
    if not one.looked_for:
        return words.text("The file was not read page by page afterwards.")
    if one.found:
        return words.plural(
            "The file was read page by page afterwards. {n} remnant was found.",
            "The file was read page by page afterwards. {n} remnants were found.",
            one.found,
        )
    return words.plural(
        "The file was read page by page afterwards. {n} value was looked for, none was found.",
        "The file was read page by page afterwards. {n} values were looked for, none was found.",
        one.looked_for,
    )


def _token(words: Words, *, stays: bool) -> str:
    if stays:
        return words.text(
            "A code without a name says until it ends that somebody took part in the program."
        )
    return words.text("The code that said that somebody took part in the program went too.")
