"""The department's texts over those that ship: read, checked, compared and reworded."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from intake_app.domain.decision import Decision
from intake_app.domain.form_change import CodeRow, FileChange, Spoken
from intake_app.domain.paper import Sheet
from intake_app.domain.retention import Schedule
from intake_app.domain.text import FALLBACK
from intake_app.rulebook import code_edit, text_changes
from intake_app.rulebook.builder import PAPERS
from intake_app.rulebook.business_days import holidays_of
from intake_app.rulebook.check import LEGAL, check_all
from intake_app.rulebook.export_reader import EXPORTS
from intake_app.rulebook.library import FormLibrary
from intake_app.rulebook.measure_reader import MEASURES
from intake_app.rulebook.mistake import Mistake, Mistaken, refuse
from intake_app.rulebook.own_texts import OwnTexts
from intake_app.rulebook.pack_reader import read_pack
from intake_app.rulebook.paper_ask import PaperFrame, PaperGuide
from intake_app.rulebook.retention_reader import read_retention
from intake_app.rulebook.setting import Setting
from intake_app.rulebook.shelf import Shelf
from intake_app.rulebook.toml_edit import with_values
from intake_app.rulebook.toml_source import KeyPath, TomlSource
from intake_app.rulebook.value_kind import is_list, is_table

_FOLDERS: Final = (
    ("", ".toml"), ("programs", ".toml"), ("papers", ".toml"), ("screenings", ".toml"),
    ("screenings/packs", ".toml"), ("codes", ".csv"), ("offenses", ".csv"), (LEGAL, ".toml"),
    (EXPORTS, ".toml"), (MEASURES, ".toml"),
)  # fmt: skip
_HEADS: Final = ("form", "program", "paper", "screening", "export")
_IS_LANGUAGE: Final = re.compile(r"[a-z]{2}").fullmatch


class DepartmentFiles:
    """See `services.needs.decisions.Files`.

    Args:
        forms: The folder of forms that ship.
        resources: The folder of code tables and texts that ship.
        setting: Agency and time.
        own: The department's own texts.
    """

    def __init__(self, forms: Path, resources: Path, setting: Setting, own: OwnTexts) -> None:
        self._places, self._setting, self._own = (forms, resources), setting, own
        self._shipped = Shelf(forms, resources)
        self._shelf = self._shipped.with_texts(own)
        self._checked: list[tuple[Mapping[str, str], date, tuple[Mistake, ...]]] = []

    def renew(self, decisions: Sequence[Decision], texts: Mapping[str, str]) -> None:
        """Take what was decided until now."""
        self._own.renew(decisions, texts)

    def text(self, name: str) -> str | None:
        """A text as it is in force today."""
        return self._shelf.text(name)

    def shipped(self, name: str) -> str | None:
        """The text that ships with the program."""
        return self._shipped.text(name)

    def names(self) -> tuple[str, ...]:
        """The names of all texts of today."""
        return tuple(n for folder, end in _FOLDERS for n in self._shelf.names(folder, end))

    def mistakes(self, before: Mapping[str, str], after: Mapping[str, str]) -> tuple[str, ...]:
        """What is wrong with these own texts that was not with those."""
        found = [mistake for mistake in self._check(after) if not mistake.is_doubt]
        old = set(self._check(before)) if found else set[Mistake]()
        new = {name for name, text in after.items() if before.get(name) != text}
        return tuple(str(m) for m in found if m.file in new or m not in old)

    def _check(self, own: Mapping[str, str]) -> tuple[Mistake, ...]:
        """All mistakes with these own texts; looking and keeping ask the same twice."""
        today = self._setting.today()
        for texts, day, found in self._checked:
            if day == today and texts == own:
                return found
        found = check_all(self._shipped.with_texts(lambda: own), self._setting)
        self._checked = [*self._checked[-3:], (dict(own), today, found)]
        return found

    def library(self, texts: Mapping[str, str]) -> FormLibrary:
        """A library of its own, in which these texts lie over all others."""
        return FormLibrary(*self._places, self._setting, lambda: {**self._own(), **texts})

    def whole_sheet(
        self, texts: Mapping[str, str], paper: str, guide: PaperGuide, frame: PaperFrame
    ) -> Sheet:
        """A paper with all of its parts, whatever they depend on.

        Raises:
            PaperMissing: There is no such paper, or it has a mistake.
        """
        return self.library(texts).compose_whole(paper, guide, frame)

    def papers_with(self, legal: str) -> tuple[str, ...]:
        """The papers (ids) that show a legal text."""
        return tuple(
            Path(name).stem for name in self._shelf.names(PAPERS) if legal in self._legal_in(name)
        )

    def _legal_in(self, name: str) -> set[str]:
        try:
            blocks = TomlSource(name, self._shelf.text(name) or "").data.get("blocks", ())
        except Mistaken:
            return set()
        return {str(one.get("legal") or "") for one in blocks if is_table(one)}

    def read_pack(self, path: Path) -> Mapping[str, str]:
        """The texts of a pack, by name; see `pack_reader.read_pack`."""
        return read_pack(path)

    def difference(
        self, name: str, before: str | None, after: str | None, language: str = FALLBACK
    ) -> FileChange:
        """What is new in a text."""
        return text_changes.difference(name, before, after, language)

    # --- words ----------------------------------------------------------------------------

    def spoken(self, name: str, text: str) -> tuple[Spoken, ...]:
        """The words in a paper or legal text, with their places."""
        try:
            data = TomlSource(name, text).data
        except Mistaken:
            return ()
        return tuple(_spoken((), data, data))

    def say(self, name: str, text: str, words: Mapping[str, Mapping[str, str]]) -> str:
        """The same text with other words at some places (by place and language).

        Raises:
            Mistaken: It could not be written so that it reads back the same.
        """
        values: dict[KeyPath, str | int] = {
            (*_path_of(place), language): said
            for place, by_language in words.items()
            for language, said in by_language.items()
        }
        return with_values(name, text, values)

    def version_of(self, name: str, text: str) -> str:
        """The version that a text says of itself, or empty."""
        try:
            data = TomlSource(name, text).data
        except Mistaken:
            return ""
        return str(_head(data)[1].get("version") or "")

    def with_version(self, name: str, text: str, version: str, status: str = "") -> str:
        """The same text under another version; of a legal text, with who has checked it."""
        place, head = _head(TomlSource(name, text).data)
        values: dict[KeyPath, str | int] = {(*place, "version"): version}
        if status and "status" in head:
            values[*place, "status"] = status
        return with_values(name, text, values)

    # --- lists, days, times ---------------------------------------------------------------

    def code_rows(self, text: str) -> tuple[CodeRow, ...]:
        """The rows of a code list."""
        return code_edit.code_rows(text)

    def with_code(self, text: str, row: CodeRow) -> str:
        """The list with a row more, or with another in its place."""
        return code_edit.with_code(text, row)

    def schedule(self, text: str) -> Schedule:
        """A retention schedule.

        Raises:
            Mistaken: It has a mistake.
        """
        mistakes: list[Mistake] = []
        found = read_retention(TomlSource("legal/retention_agency.toml", text), mistakes)
        refuse(mistakes)
        return found

    def with_times(self, text: str, times: Mapping[str, tuple[int, int]]) -> str:
        """The schedule with other times, by rule: days and months.

        Raises:
            Mistaken: It cannot be written so.
        """
        source = TomlSource("legal/retention_agency.toml", text)
        values: dict[KeyPath, str | int] = {}
        for n, rule in enumerate(source.data.get("rules", ())):
            if rule.get("id") in times:
                days, months = times[rule["id"]]
                wanted = {"days": days, "years": 0, "months": months}
                if months % 12 == 0:
                    wanted |= {"years": months // 12, "months": 0}
                values |= {
                    ("rules", n, key): count
                    for key, count in wanted.items()
                    if count != rule.get(key, 0)
                }
        return with_values(source.name, text, values)

    def holidays(self, region: str, year: int) -> Mapping[date, str]:
        """The holidays of a state, with their names."""
        return holidays_of(region, year)


def _head(data: Mapping[str, Any]) -> tuple[KeyPath, Mapping[str, Any]]:
    for name in _HEADS:
        if is_table(data.get(name)):
            return (name,), data[name]
    return (), data


def _spoken(path: KeyPath, value: object, data: Mapping[str, Any]) -> Iterator[Spoken]:
    if is_table(value):
        if value and all(_IS_LANGUAGE(k) and isinstance(v, str) for k, v in value.items()):
            yield Spoken("/".join(map(str, path)), dict(value), _about(path, data))
            return
        for key, inner in value.items():
            yield from _spoken((*path, str(key)), inner, data)
    elif is_list(value):
        for n, inner in enumerate(value):
            yield from _spoken((*path, n), inner, data)


def _about(path: KeyPath, data: Mapping[str, Any]) -> str:
    if len(path) > 1 and path[0] == "blocks" and isinstance(path[1], int):
        return str(data["blocks"][path[1]].get("type") or "")
    return str(path[-1]) if path else ""


def _path_of(place: str) -> KeyPath:
    return tuple(int(part) if part.isdecimal() else part for part in place.split("/"))
