"""The department's own words on papers and in legal texts, per language, with a look at the paper.

Only words change: what a paper shows, and when, stays as its file says it. Own words have a version
and a day of their own; where the program ships another version since then, that is told.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final

from intake_app.domain.decision_errors import TextHasMistakes
from intake_app.domain.errors import BadForm, FormMissing, PaperMissing, PaperTooLong, ReasonMissing
from intake_app.domain.form_change import Spoken
from intake_app.domain.ids import RecordId
from intake_app.domain.paper import BlockType, Part, Sheet
from intake_app.domain.pathway import Pathway
from intake_app.domain.roles import May
from intake_app.domain.text import FALLBACK
from intake_app.services.decisions.keeping import WORDS, Made
from intake_app.services.decisions.printers import parts_of
from intake_app.services.decisions.texts import (
    keep_texts,
    laid_over,
    own_on,
    require_sound,
    texts_behind,
    today_of,
)
from intake_app.services.desk import Desk
from intake_app.services.needs.everyday import Guide
from intake_app.services.records.frames import frame_for

Words = Mapping[str, Mapping[str, str]]
"""New words: by place in the file, by language."""

_PAPERS, _LEGAL = "papers/", "legal/"
_OTHERS: Final = ("legal/retention", "legal/answer_times", "legal/cjis_", "legal/system_use_banner")
"""Texts that are numbers, or are read before anybody signs in: they have places of their own."""


@dataclass(frozen=True, slots=True)
class Worded:
    """A paper or a legal text in the list.

    Attributes:
        name: Its name: "papers/tonight_card.toml".
        title: What it is called, in the language that was asked for.
        is_own: The department has words of its own in it.
        is_behind: The program ships another version than when these words were decided.
    """

    name: str
    title: str
    is_own: bool
    is_behind: bool

    @property
    def ident(self) -> str:
        """The name of its file without folder and ending, with blanks."""
        return _plain(self.name)

    @property
    def is_legal(self) -> bool:
        """Whether counsel must check its words."""
        return self.name.startswith(_LEGAL)


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one text.

    Attributes:
        name: Its name.
        version: As printed.
        spoken: Its words, in the order of the paper.
        shipped: The words that ship with the program, by place.
    """

    name: str
    version: str
    spoken: tuple[Spoken, ...]
    shipped: Mapping[str, Mapping[str, str]]


def worded_texts(desk: Desk, language: str = FALLBACK) -> list[Worded]:
    """The papers and legal texts whose words can be changed.

    Args:
        desk: Whose.
        language: In which they are called.

    Raises:
        NotAllowed: Not in one's roles.
    """
    desk.require(May.CHANGE_SETTINGS)
    files = parts_of(desk).files
    own, behind = own_on(desk, today_of(desk)), set(texts_behind(desk))
    found: list[Worded] = []
    for name in files.names():
        if name.startswith((_PAPERS, _LEGAL)) and not name.startswith(_OTHERS):
            title = files.difference(name, None, files.text(name), language).title
            shown = title if title != name else _plain(name)
            found.append(Worded(name, shown, name in own, name in behind))
    return found


def wording(desk: Desk, name: str) -> Wording:
    """The words of one text, as they are in force today.

    Raises:
        NotAllowed: Not in one's roles.
        PaperMissing: There is no such text.
    """
    desk.require(May.CHANGE_SETTINGS)
    files, text = parts_of(desk).files, _text(desk, name)
    shipped = files.spoken(name, files.shipped(name) or "")
    return Wording(
        name, files.version_of(name, text), files.spoken(name, text),
        {one.place: one.words for one in shipped},
    )  # fmt: skip


def preview_words(desk: Desk, name: str, words: Words, language: str) -> bytes:
    """How the paper would look with other words (PDF); nothing is kept.

    All of its parts are shown, also those that depend on answers. A legal text is shown on a paper
    that uses it, or alone where none does.

    Raises:
        NotAllowed: Not in one's roles.
        TextHasMistakes: The words cannot be read.
        PaperTooLong: The words fit on no sheet at all.
    """
    desk.require(May.CHANGE_SETTINGS)
    files = parts_of(desk).files
    text = _said(desk, name, words)
    own = own_on(desk, today_of(desk))
    require_sound(parts_of(desk), own, laid_over(own, {name: text}))
    ident = _ident(name)
    papers = (ident,) if name.startswith(_PAPERS) else files.papers_with(ident)
    sheets = _shown(desk, {name: text}, papers[0], language) if papers else ()
    for sheet in sheets:
        with suppress(PaperTooLong):  # a citation has room for what one case says, not for all
            return desk.press.print(sheet)
    return desk.press.print(_alone(desk, name, text, language))


def keep_words(
    desk: Desk, name: str, words: Words, *, starts: str = "", why: str = "", checked_by: str = ""
) -> RecordId | None:
    """Keep other words of a text, under a version of the department's own.

    Args:
        desk: Whose.
        name: The text.
        words: What is to be said, by place and language.
        starts: From when on (YYYY-MM-DD); empty: today.
        why: Why, in words; may be empty.
        checked_by: Who has checked a legal text, and when.

    Returns:
        The decision; None where nothing differs.

    Raises:
        NotAllowed: Not in one's roles.
        ReasonMissing: Nobody is named who has checked a legal text.
        TextHasMistakes: The words cannot be read, for example because of a brace without a name.
        StartsInThePast: The day is over.
        LaterChangeWaits: Another change of this text waits for its day.
    """
    desk.require(May.CHANGE_SETTINGS)
    text = _said(desk, name, words)
    if text == _text(desk, name):
        return None
    if name.startswith(_LEGAL) and not checked_by.strip():
        raise ReasonMissing
    files = parts_of(desk).files
    version = _own_version(files.version_of(name, text), starts or today_of(desk))
    try:
        text = files.with_version(name, text, version, checked_by.strip())
    except BadForm as error:
        raise TextHasMistakes(str(error)) from error
    title = files.difference(name, None, text).title
    made = Made(WORDS, starts=starts, label=title if title != name else _plain(name), why=why)
    return keep_texts(desk, {name: text}, made)


def use_shipped_words(desk: Desk, name: str, why: str = "") -> RecordId | None:
    """Use the text that ships with the program again, from today on; None: it is used already.

    Raises:
        NotAllowed: Not in one's roles.
        LaterChangeWaits: Another change of this text waits for its day.
    """
    desk.require(May.CHANGE_SETTINGS)
    return keep_texts(desk, {name: None}, Made(WORDS, label=_plain(name), why=why))


def _text(desk: Desk, name: str) -> str:
    text = parts_of(desk).files.text(name)
    if text is None or name.startswith(_OTHERS) or not name.startswith((_PAPERS, _LEGAL)):
        raise PaperMissing(name)
    return text


def _said(desk: Desk, name: str, words: Words) -> str:
    """The text with other words, of which only those that differ are written."""
    files, text = parts_of(desk).files, _text(desk, name)
    now = {one.place: one.words for one in files.spoken(name, text)}
    changed: dict[str, dict[str, str]] = {}
    for place, by_language in words.items():
        if place not in now:
            raise PaperMissing(name)
        new = {lang: said for lang, said in by_language.items() if said != now[place].get(lang, "")}
        changed |= {place: new} if new else {}
    if not changed:
        return text
    try:
        return files.say(name, text, changed)
    except BadForm as error:
        raise TextHasMistakes(str(error)) from error


def _own_version(version: str, day: str) -> str:
    """What shipped, and the day of the department's own words: 2026-11-1+2026-12-01."""
    base, _, last = version.partition("+")
    if last.partition("/")[0] != day:
        return f"{base}+{day}"
    count = int(last.partition("/")[2] or 1)
    return f"{base}+{day}/{count + 1}"


def _shown(desk: Desk, texts: Mapping[str, str], paper: str, language: str) -> Iterator[Sheet]:
    """The paper with all of its parts, then as it is without any answer."""
    files = parts_of(desk).files
    library = files.library(texts)
    try:
        shown, guide = library.paper(paper), _guide_with(desk, paper)
    except (PaperMissing, FormMissing):
        return
    frame = frame_for(desk, shown, language, "", "")
    labels = {f.id: f"[{f.label.said_in(language)}]" for f in guide.form.fields()}
    frame = replace(frame, is_sample=True, is_blank=True, extra={**labels, **frame.extra})
    yield files.whole_sheet(texts, paper, guide, frame)
    yield library.compose(paper, guide, {}, frame)
    yield library.compose(paper, guide, {}, replace(frame, extra={}, is_blank=False))


def _guide_with(desk: Desk, paper: str) -> Guide:
    """A form that offers the paper, or the walk-in form.

    Raises:
        FormMissing: There is none at all.
    """
    for way in Pathway:
        try:
            guide = desk.library.guide(way)
        except FormMissing:
            continue
        if paper in guide.form.papers:
            return guide
    return desk.library.guide(Pathway.SELF_REFERRAL)


def _alone(desk: Desk, name: str, text: str, language: str) -> Sheet:
    """The words on a plain sheet with the department's letterhead."""
    files = parts_of(desk).files
    spoken = {one.place: one.words for one in files.spoken(name, text)}
    shown = [words.get(language) or words.get("en", "") for words in spoken.values()]
    parts = [
        Part(BlockType.PARAGRAPH, paragraph.strip())
        for said in shown
        for paragraph in said.split("\n\n")
        if paragraph.strip()
    ]
    paper = desk.library.paper("blank_form")
    frame = frame_for(desk, paper, language, "", "")
    title = spoken.get("title", {})
    return Sheet(
        title=title.get(language) or title.get("en") or _plain(name), language=language,
        letterhead=frame.letterhead, parts=tuple(parts),
        form_note=f"{_ident(name)} {files.version_of(name, text)}",
    )  # fmt: skip


def _ident(name: str) -> str:
    return name.rpartition("/")[2].removesuffix(".toml")


def _plain(name: str) -> str:
    return _ident(name).replace("_", " ")
