"""Reads `resources/legal/answer_times.toml`: by when requests, complaints and breaches are due."""

from typing import Final

from intake_app.domain.log_entry import AnswerTime, LogKind
from intake_app.rulebook.entry_node import EntryNode
from intake_app.rulebook.form_reader import day
from intake_app.rulebook.mistake import Mistake
from intake_app.rulebook.toml_source import TomlSource

ANSWER_TIMES_FILE: Final = "legal/answer_times.toml"
_MOST: Final = 365


def read_answer_times(source: TomlSource, mistakes: list[Mistake]) -> tuple[AnswerTime, ...]:
    """Read the file; what is wrong is added to `mistakes`.

    Raises:
        Mistaken: It is no TOML.
    """
    top = EntryNode.top(source, mistakes)
    for key in ("name", "status"):
        _ = top.text(key, is_needed=True)
    version = top.text("version", is_needed=True)
    _ = day(top, "date")
    found = [_time(node, version) for node in top.tables("times")]
    top.finish()
    for kind in LogKind:
        if sum(one.kind is kind for one in found) != 1:
            top.wrong(f'there must be one [[times]] with id = "{kind}"')
    return tuple(found)


def _time(node: EntryNode, version: str) -> AnswerTime:
    read = AnswerTime(
        kind=LogKind(node.one_of("id", tuple(LogKind))),
        days=node.count("days", most=_MOST),
        is_business=node.flag("business"),
        authority=node.words_or_text("authority", is_needed=True),
        version=version,
        public_from=node.count("public_from"),
    )
    if not read.days:
        node.wrong('"days" must be 1 or more', "days")
    node.finish()
    return read
