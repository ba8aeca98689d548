"""Reads `forms/screenings/*.toml`: questions, points, scoring and bands of a screening tool.

Scoring and bands are CEL over the points of the questions alone. They know no answer of an intake,
and no rule of a program knows them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from intake_app.domain.screening import (
    SEXES,
    Band,
    Outcome,
    ResultLine,
    Screening,
    ScreeningAnswers,
    ScreeningChoice,
    ScreeningItem,
    ScreeningResult,
    overall,
    points_of,
)
from intake_app.domain.text import FALLBACK
from intake_app.rulebook.entry_node import EntryNode
from intake_app.rulebook.expression import FUNCTIONS, RESERVED, BadExpression, Condition, Scope
from intake_app.rulebook.form_reader import IS_ID, day
from intake_app.rulebook.mistake import Mistake
from intake_app.rulebook.toml_source import TomlSource

SCREENINGS: Final = "screenings"
PACKS: Final = "screenings/packs"
_SCORE: Final = "score"
_HALVES: Final = (Outcome.POSITIVE, Outcome.NEGATIVE)


@dataclass(frozen=True, slots=True)
class ScreeningTool:
    """A tool with its scoring compiled.

    Attributes:
        screening: The tool as data.
        scoring: Gives the number.
        bands: The conditions of its bands, in order; None: always.
    """

    screening: Screening
    scoring: Condition
    bands: tuple[Condition | None, ...]

    def judge(self, answers: ScreeningAnswers, sex: str = "") -> ScreeningResult:
        """Score the answers to all questions.

        Args:
            answers: The chosen answer by question.
            sex: "male", "female"; anything else: not known, so both lines are said.

        Raises:
            ValueError: An answer is missing or unknown.
        """
        points = points_of(self.screening, answers)
        score = Scope(points).number(self.scoring)
        if score is None:
            raise ValueError(_SCORE)
        scope = Scope({**points, _SCORE: score})
        asked = self._sexes(sex)
        lines = tuple(self._line(scope, one) for one in asked)
        return ScreeningResult(overall(lines), score, lines)

    def _sexes(self, sex: str) -> tuple[str, ...]:
        if not self.screening.asks_sex:
            return ("",)
        return (sex,) if sex in SEXES else SEXES

    def _line(self, scope: Scope, sex: str) -> ResultLine:
        for band, when in zip(self.screening.bands, self.bands, strict=True):
            if band.sex in {"", sex} and (when is None or scope.judge(when).holds is True):
                return ResultLine(sex, band.outcome, band.words)
        raise ValueError(_SCORE)


def read_screening(source: TomlSource, mistakes: list[Mistake]) -> ScreeningTool | None:
    """Read a file; what is wrong is added to `mistakes`, and then there is no tool."""
    before = len(mistakes)
    top = EntryNode.top(source, mistakes)
    head = top.table("screening", is_needed=True)
    sets = _read_sets(top.tables("answer_sets"))
    items = tuple(_read_items(top.tables("items"), sets))
    if not items:
        top.wrong("a screening needs questions: [[items]]")
    reader = _ExpressionReader({item.id for item in items})
    scoring = reader.read(head, _SCORE, head.text(_SCORE, is_needed=True))
    bands, conditions = _read_bands(top, reader)
    tool = _screening(head, items, bands, is_pack=source.name.startswith(f"{PACKS}/"))
    _check_head(head, tool, source)
    _check_languages(head, tool)
    top.finish()
    if len(mistakes) > before or scoring is None:
        return None
    made = ScreeningTool(tool, scoring, conditions)
    _check_scores(head, made)
    return made if len(mistakes) == before else None


def _screening(
    head: EntryNode, items: tuple[ScreeningItem, ...], bands: tuple[Band, ...], *, is_pack: bool
) -> Screening:
    notes = head.table("translations")
    translations = {code: notes.words(code, is_needed=True) for code in notes.data}
    found = Screening(
        id=head.text("id", is_needed=True),
        version=head.text("version", is_needed=True),
        date=day(head, "date"),
        title=head.words("title", is_needed=True),
        items=items,
        score=head.text(_SCORE),
        most=head.count("most"),
        bands=bands,
        source=head.text("source", is_needed=True),
        license=head.words_or_text("license", is_needed=True),
        credit=head.words("credit"),
        intro=head.words("intro"),
        translations=translations,
        is_pack=is_pack,
    )
    head.finish()
    return found


def _check_head(head: EntryNode, tool: Screening, source: TomlSource) -> None:
    if tool.id and not IS_ID(tool.id):
        head.wrong(f'"{tool.id}" is no id: small letters, digits and _ only', "id")
    elif tool.id and PurePosixPath(source.name).stem != tool.id:
        head.wrong("the id must be the name of the file", "id")
    if not tool.date:
        head.wrong('"date" is missing: the day of this version, like 2026-11-01')


def _check_languages(head: EntryNode, tool: Screening) -> None:
    """Whoever translates a tool says how far that translation can be trusted."""
    texts = [tool.title, *(item.text for item in tool.items)]
    spoken = {code for text in texts for code in text.by_language}
    for code in sorted(spoken - set(tool.translations) - {FALLBACK}):
        head.wrong(f'[screening.translations] must say where the words in "{code}" come from')


def _check_scores(head: EntryNode, tool: ScreeningTool) -> None:
    """The lowest and the highest answers must give numbers within what the file says."""
    for pick in (min, max):
        points = {
            item.id: pick(choice.points for choice in item.choices) for item in tool.screening.items
        }
        score = Scope(points).number(tool.scoring)
        if score is None:
            head.wrong('"score" must give a whole number', _SCORE)
            return
        if score > tool.screening.most or score < 0:
            said = f'"score" gives {score}, but "most" says 0 to {tool.screening.most}'
            head.wrong(said, _SCORE)


# --- questions and answers ----------------------------------------------------------------


def _read_sets(nodes: Iterable[EntryNode]) -> dict[str, tuple[ScreeningChoice, ...]]:
    sets: dict[str, tuple[ScreeningChoice, ...]] = {}
    for node in nodes:
        sets[node.text("id", is_needed=True)] = _choices(node)
        node.finish()
    return sets


def _read_items(
    nodes: Iterable[EntryNode], sets: Mapping[str, tuple[ScreeningChoice, ...]]
) -> Iterable[ScreeningItem]:
    seen: set[str] = set()
    for node in nodes:
        ident = node.text("id", is_needed=True)
        _check_name(node, ident, seen)
        seen.add(ident)
        named = node.text("answers")
        if named and named not in sets:
            node.wrong(f'there is no [[answer_sets]] "{named}"', "answers")
        yield ScreeningItem(
            ident,
            node.words("text", is_needed=True),
            sets.get(named, ()) if named else _choices(node),
            is_many=node.flag("many"),
        )
        node.finish()


def _check_name(node: EntryNode, ident: str, seen: set[str]) -> None:
    if ident and not IS_ID(ident):
        node.wrong(f'"{ident}" is no id: small letters, digits and _ only', "id")
    elif ident in RESERVED or ident == _SCORE:
        node.wrong(f'"{ident}" is a word of the scoring; choose another id', "id")
    elif ident in seen:
        node.wrong(f'the question "{ident}" is there twice', "id")


def _choices(node: EntryNode) -> tuple[ScreeningChoice, ...]:
    found = tuple(_read_choices(node.tables("choices")))
    if len(found) < 2:
        node.wrong("a question needs two answers or more", "choices")
    return found


def _read_choices(nodes: Iterable[EntryNode]) -> Iterable[ScreeningChoice]:
    seen: set[str] = set()
    for node in nodes:
        ident = node.text("id", is_needed=True)
        if ident in seen:
            node.wrong(f'the answer "{ident}" is there twice', "id")
        seen.add(ident)
        if not node.has("points"):
            node.wrong('"points" is missing')
        points = node.count("points", most=1_000)
        yield ScreeningChoice(ident, node.words("label", is_needed=True), points)
        node.finish()


# --- scoring and bands --------------------------------------------------------------------


class _ExpressionReader:
    """Compiles expressions that may read the points of questions, and nothing else."""

    def __init__(self, items: set[str]) -> None:
        self._items = items

    def read(
        self, node: EntryNode, key: str, text: str, also: tuple[str, ...] = ()
    ) -> Condition | None:
        """Compile; None where there is nothing, or nothing that can be read."""
        if not text:
            return None
        try:
            found = Condition.read(text)
        except BadExpression as error:
            node.wrong(f'"{key}" cannot be read: {error}', key)
            return None
        for name in sorted(found.names - self._items - set(also)):
            node.wrong(f'"{key}" names "{name}", which is no question of this tool', key)
        for name in sorted(found.functions - FUNCTIONS):
            node.wrong(f'"{key}" calls "{name}", which is not known', key)
        return found


def _read_bands(
    top: EntryNode, reader: _ExpressionReader
) -> tuple[tuple[Band, ...], tuple[Condition | None, ...]]:
    bands: list[Band] = []
    conditions: list[Condition | None] = []
    nodes = top.tables("bands")
    for node in nodes:
        outcome = Outcome(node.one_of("outcome", tuple(map(str, _HALVES))))
        sex = node.one_of("sex", SEXES) if node.has("sex") else ""
        band = Band(outcome, node.words("words", is_needed=True), node.text("when"), sex)
        bands.append(band)
        conditions.append(reader.read(node, "when", band.when, (_SCORE,)))
        node.finish()
    if not bands:
        top.wrong("a screening needs bands: [[bands]]")
    elif bands[-1].when or bands[-1].sex:
        nodes[-1].wrong("the last band must hold for everybody: without when and sex")
    return tuple(bands), tuple(conditions)
