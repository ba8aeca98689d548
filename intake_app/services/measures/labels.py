"""Words for the codes of cuts and parts, in each language, and the order they are shown in."""

from collections.abc import Iterable, Mapping
from typing import Final

from intake_app.domain.errors import RecordMissing
from intake_app.domain.ids import RecordId, UserId
from intake_app.domain.measure import Cut, Measure, Question
from intake_app.domain.measure_period import codes_within
from intake_app.domain.provider import Provider
from intake_app.domain.text import Text
from intake_app.services.desk import Desk
from intake_app.services.measures.periods import grain_text
from intake_app.services.providers.providers import service_entry
from intake_app.words import LANGUAGES, in_all_languages, mark

Labels = Mapping[str, Text]
"""Words by code, in the order in which they are shown."""

_UNKNOWN: Final = mark("Not known")


def labels_of(desk: Desk, question: Question, cut: Cut, codes: Iterable[str]) -> Labels:
    """The words of a cut's codes: those that occur, and of periods all there are.

    Args:
        desk: Who asks.
        question: What was asked, for the days.
        cut: Which cut.
        codes: The codes that occur.
    """
    wanted = set(codes)
    if cut.grain:
        span = codes_within(cut.grain, question.since, question.until, question.fiscal_month)
        return {code: grain_text(code) for code in span}
    if cut.column == "by":
        return _sorted({code: _same(desk.name_of(UserId(code)) or code) for code in wanted})
    if cut.column == "provider":
        return _sorted({code: _same(_provider(desk, code)) for code in wanted})
    if cut.column == "program":
        return _sorted({code: _program(desk, code) for code in wanted})
    return _of_tables(desk, cut.codes, wanted, cut.order)


def part_labels(desk: Desk, measure: Measure, codes: Iterable[str]) -> Labels:
    """The words of the codes of parts."""
    return _of_tables(desk, measure.codes, set(codes), ())


def _of_tables(desk: Desk, tables: Iterable[str], wanted: set[str], order: Iterable[str]) -> Labels:
    known: dict[str, Text] = {}
    for name in tables:
        for choice in desk.library.codes(name):
            known.setdefault(choice.id, choice.label)
    shown = {code: known[code] for code in (*order, *known) if code in wanted and code in known}
    strange = {code: _readable(code) for code in sorted(wanted - shown.keys()) if code}
    return {**shown, **strange, **({"": _unknown()} if "" in wanted else {})}


def _unknown() -> Text:
    return Text(in_all_languages(_UNKNOWN))


def _sorted(found: dict[str, Text]) -> Labels:
    known = sorted((code for code in found if code), key=lambda code: found[code].said_in("en"))
    return {**{code: found[code] for code in known}, **({"": _unknown()} if "" in found else {})}


def _same(words: str) -> Text:
    return Text(dict.fromkeys(LANGUAGES, words))


def _readable(code: str) -> Text:
    """A code of somebody's own, as well as it can be read."""
    return _same(code.replace("_", " ").capitalize())


def _provider(desk: Desk, code: str) -> str:
    if not code:
        return ""
    try:
        entry = service_entry(desk.station, RecordId(code))
    except RecordMissing:
        return code
    return Provider(entry.id, entry.values).text("name") or code


def _program(desk: Desk, code: str) -> Text:
    for pathway in desk.library.codes("pathways"):
        if code == pathway.id:
            return pathway.label
        for ident, name in desk.library.programs(pathway.id):
            if ident == code:
                return name
    return _readable(code)
