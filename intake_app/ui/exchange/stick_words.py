"""What is said of a stick: whether it can be used, what it brought, and what went on it."""

from collections.abc import Iterable, Mapping

from intake_app.domain.errors import IntakeError
from intake_app.domain.ids import StationId
from intake_app.domain.store_errors import StickTooSmall
from intake_app.services.exchanging.carrying import stick_name
from intake_app.services.exchanging.sticks import Moved, Stick, StickTold
from intake_app.ui.parts.errors import sentence_for
from intake_app.words import Words
from intake_app.words.sizes import size_in_words

Names = Mapping[StationId, str]


def say_stick(stick: Stick, words: Words) -> str:
    """Whether it can be used, with what is needed and free in numbers."""
    if stick.why is not None:
        return sentence_for(stick.why, words)
    if stick.is_ready:
        return words.text(
            "{stick} is your department's. About {needs} are to go on it; {free} are free.",
            stick=stick_name(stick.entry.hub, words),
            needs=size_in_words(stick.needs, is_needed=True), free=size_in_words(stick.free),
        )  # fmt: skip
    if stick.may_prepare:
        return words.text("This stick holds no bundles yet. Make it ready first.")
    return words.text(
        "This stick is not ready for bundles. Ask an administrator to make it ready once."
    )


def say_moved(told: StickTold, to: Iterable[StationId], names: Names, words: Words) -> list[str]:
    """What came and what went, a sentence each; calm where nothing is new."""
    if told.is_nothing_new:
        return [words.text(
            "Nothing on this stick was new, and nothing new had to go on it. That is fine: an old "
            "or copied stick does no harm."
        )]  # fmt: skip
    lines: list[str] = []
    if told.brought.bundles or told.brought.receipts:
        lines.append(words.text(
            "It brought {what} of {stations}.", what=_counted(told.brought, words),
            stations=_listed(told.brought.stations, names, words),
        ))  # fmt: skip
    else:
        lines.append(words.text("It brought nothing new."))
    if told.taken.bundles or told.taken.receipts:
        lines.append(words.text(
            "{what} went on it for {stations}.", what=_counted(told.taken, words),
            stations=_listed(to, names, words),
        ))  # fmt: skip
    return lines


def say_stick_error(error: IntakeError, words: Words) -> str:
    """Why it did not work; missing space is said in numbers."""
    if isinstance(error, StickTooSmall) and error.needs:
        said = words.text(
            "There is too little room on this stick: {needs} are needed, {free} are free. Nothing "
            "was written to it.",
            needs=size_in_words(error.needs, is_needed=True), free=size_in_words(error.free),
        )  # fmt: skip
        if not error.trash:
            return said
        trash = size_in_words(error.trash)
        return f"{said} " + words.text("{trash} lie in its trash: empty that.", trash=trash)
    return sentence_for(error, words)


def _counted(moved: Moved, words: Words) -> str:
    bundles = words.plural("{n} bundle", "{n} bundles", moved.bundles)
    receipts = words.plural("{n} receipt", "{n} receipts", moved.receipts)
    if not moved.bundles:
        return receipts
    if not moved.receipts:
        return bundles
    return words.text("{bundles} and {receipts}", bundles=bundles, receipts=receipts)


def _listed(stations: Iterable[StationId], names: Names, words: Words) -> str:
    said = [names.get(one) or words.text("another station") for one in stations]
    if len(said) < 2:
        return said[0] if said else words.text("all stations")
    return words.text("{many} and {last_one}", many=", ".join(said[:-1]), last_one=said[-1])
