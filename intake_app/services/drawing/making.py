"""How a paper comes to be: from answers, the frame around them, and what a held case adds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

from intake_app.domain import facts
from intake_app.domain.draft import Draft
from intake_app.domain.errors import PaperMissing
from intake_app.domain.form import Answers
from intake_app.domain.paper import Layout, Paper, Sheet
from intake_app.domain.record import Record
from intake_app.services.desk import Desk
from intake_app.services.drawing.provider_words import provider_words
from intake_app.services.needs.everyday import Guide
from intake_app.services.needs.files import Records
from intake_app.services.records.answers import answers_of
from intake_app.services.records.apart import linked
from intake_app.services.records.drafts import guide_of
from intake_app.services.records.form_versions import guide_of_record
from intake_app.services.records.frames import frame_for, person_language

CONSENT: Final = "consent_hand_off"
"""The paper that goes with each one that discloses (42 CFR 2.32(b)): a copy of the consent."""

_INSTRUMENT: Final = "instrument"
"""Name by which conditions of papers ask which instrument holds the charge."""

_STAGE: Final = "stage"
"""Name by which they ask how far the case has come."""


class Around(Protocol):
    """What a paper shows beside answers and frame, in its language: of a held case, its clock."""

    @property
    def instrument(self) -> str:
        """What holds the charge ("citation", "referral"), or empty."""
        ...

    @property
    def stage(self) -> tuple[str, ...]:
        """How far the case has come: its status, and "extended"; empty where there is none."""
        ...

    @property
    def answers(self) -> Answers:
        """Answers that hold for this paper instead of the intake's own: of a referral, its own."""
        ...

    @property
    def referral(self) -> str:
        """The referral that the paper belongs to, or empty."""
        ...

    def words(self, language: str) -> Mapping[str, str]:
        """More {words}, by name; see `rulebook.paper_words.EXTRAS`."""
        ...

    def tables(self, language: str) -> Mapping[str, Sequence[Sequence[str]]]:
        """Rows that are no answers, by the name that a paper gives as `source`."""
        ...


@dataclass(frozen=True, slots=True)
class Nothing:
    """Adds nothing: a paper of answers alone."""

    instrument: str = ""
    stage: tuple[str, ...] = ()
    referral: str = ""

    @property
    def answers(self) -> Answers:
        """None."""
        return {}

    def words(self, language: str) -> Mapping[str, str]:
        """None."""
        return {}

    def tables(self, language: str) -> Mapping[str, Sequence[Sequence[str]]]:
        """None."""
        return {}


NOTHING_MORE: Final = Nothing()


@dataclass(frozen=True, slots=True)
class Marks:
    """What tells one issue of a paper from another.

    Attributes:
        language: Language of the paper.
        number: As printed.
        replaces: Number of the paper that it replaces, or empty.
        day: Date of the paper (YYYY-MM-DD); empty: today.
    """

    language: str
    number: str = ""
    replaces: str = ""
    day: str = ""


@dataclass(frozen=True, slots=True)
class Basis:
    """What papers are made of.

    Attributes:
        guide: The form.
        answers: To it.
        language: The person's.
        around: What a held case adds.
    """

    guide: Guide
    answers: Answers
    language: str
    around: Around = NOTHING_MORE

    @property
    def known(self) -> Answers:
        """What conditions of papers know: answers, instrument and stage where there are."""
        answers = linked(self.guide.form, self.answers)
        beside = {_INSTRUMENT: self.around.instrument, _STAGE: list(self.around.stage)}
        return {**answers, **{name: value for name, value in beside.items() if value}}


def basis_of(desk: Desk, draft: Draft, around: Around = NOTHING_MORE) -> Basis:
    """What papers of a draft are made of."""
    guide = guide_of(desk, draft)
    answers = guide.kept(draft.answers)
    language = person_language(desk, guide.form, answers, draft.language)
    return Basis(guide, answers, language, around)


def basis_in(desk: Desk, file: Records, record: Record, around: Around = NOTHING_MORE) -> Basis:
    """What papers of a record are made of."""
    guide = guide_of_record(desk, record)
    language = str(record.values[facts.LANGUAGE])
    answers = {**answers_of(file, record, guide), **around.answers}
    return Basis(guide, answers, language, around)


def offered_papers(desk: Desk, basis: Basis) -> dict[str, Paper]:
    """The papers that a form offers for its answers, by id."""
    return {paper.id: paper for paper in desk.library.papers(basis.guide, basis.known)}


def wanted_papers(offered: Mapping[str, Paper], paper_ids: Sequence[str]) -> list[Paper]:
    """Those that are asked for.

    Raises:
        PaperMissing: One of them is not offered.
    """
    if missing := [ident for ident in paper_ids if ident not in offered]:
        raise PaperMissing(missing[0])
    return [offered[ident] for ident in paper_ids]


def with_consent(offered: Mapping[str, Paper], paper_ids: Sequence[str]) -> list[Paper]:
    """Those that are asked for, and the consent with one that discloses."""
    wanted = wanted_papers(offered, paper_ids)
    if CONSENT in paper_ids or not any(paper.discloses for paper in wanted):
        return wanted
    return [*wanted, *wanted_papers(offered, [CONSENT])]


def draw(desk: Desk, basis: Basis, paper: Paper, marks: Marks) -> bytes:
    """The PDF; see `sheet_of`."""
    return desk.press.print(sheet_of(desk, basis, paper, marks))


def sheet_of(desk: Desk, basis: Basis, paper: Paper, marks: Marks) -> Sheet:
    """The sheet; a citation has the department's other language on its back."""
    sheet = _composed(desk, basis, paper, marks)
    if paper.layout is not Layout.CITATION:
        return sheet
    other = _other_language(desk, marks.language)
    back = _composed(desk, basis, paper, replace(marks, language=other)) if other else None
    return replace(sheet, back=back)


def _composed(desk: Desk, basis: Basis, paper: Paper, marks: Marks) -> Sheet:
    frame = frame_for(desk, paper, marks.language, marks.number, marks.replaces)
    answers = linked(basis.guide.form, basis.answers)
    words = {
        **frame.extra,
        **provider_words(desk, basis.guide.form, answers, marks.language),
        **basis.around.words(marks.language),
    }
    tables = {**frame.tables, **basis.around.tables(marks.language)}
    frame = replace(frame, extra=words, tables=tables, day=marks.day or frame.day)
    return desk.library.compose(paper.id, basis.guide, basis.known, frame)


def _other_language(desk: Desk, language: str) -> str:
    return next((one for one in desk.agency.languages if one != language), "")
