"""The subjects of the settings: which there are, who sees them, and how they are made."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtWidgets import QWidget

from intake_app.domain.pathway import Pathway
from intake_app.domain.roles import May, may
from intake_app.domain.text import Text
from intake_app.services.decisions.open_days import OfficeDay, offices_in
from intake_app.services.desk import Desk
from intake_app.settings.agency import Agency
from intake_app.ui.set_up.ways_card import Programs, WaysCard
from intake_app.ui.settings.agency_subject import AgencyCard, AgencySubject
from intake_app.ui.settings.cases_card import CaseChoices, CaseSettings
from intake_app.ui.settings.codes_subject import CodesSubject
from intake_app.ui.settings.days_card import DaysCard
from intake_app.ui.settings.department_card import DepartmentCard
from intake_app.ui.settings.fields import SubjectTools
from intake_app.ui.settings.history_subject import HistorySubject
from intake_app.ui.settings.measure_cards import CostsCard, TellingCard
from intake_app.ui.settings.pack_subject import PackSubject
from intake_app.ui.settings.policy_cards import (
    KEEPING,
    LOCKING,
    WORKING,
    NumbersCard,
    PoliciesCard,
    SigningCard,
)
from intake_app.ui.settings.printers_subject import PrintersSubject
from intake_app.ui.settings.questions_card import QuestionsCard
from intake_app.ui.settings.retention_subject import RetentionSubject
from intake_app.ui.settings.screening_tools_card import ScreeningToolsCard
from intake_app.ui.settings.words_subject import WordsSubject
from intake_app.ui.sign_in.own_card import OwnSignInCard
from intake_app.words import mark


@dataclass(frozen=True, slots=True)
class SubjectKind:
    """One subject.

    Attributes:
        id: Stable name.
        label: Its words, marked for translation.
        is_open: Whether somebody sees it.
        make: Builds it on the first visit; it has `refresh()`.
    """

    id: str
    label: str
    is_open: Callable[[Desk], bool]
    make: Callable[[SubjectTools], QWidget]


@dataclass(frozen=True, slots=True)
class _Offered:
    programs: Programs
    texts: Sequence[tuple[str, Text]]
    cases: CaseChoices


def _decides(desk: Desk) -> bool:
    return may(desk.person.roles, May.CHANGE_SETTINGS)


def _decides_texts(desk: Desk) -> bool:
    return _decides(desk) and desk.decisions is not None


def _sees_schedule(desk: Desk) -> bool:
    return _decides_texts(desk) or may(desk.person.roles, May.APPROVE_RETENTION)


def _sees_history(desk: Desk) -> bool:
    return _decides(desk) or may(desk.person.roles, May.APPROVE_RETENTION)


def _department(tools: SubjectTools) -> QWidget:
    def make(agency: Agency, _nothing: None) -> Sequence[AgencyCard]:
        return (DepartmentCard(agency, tools.words, tools.theme),)

    return AgencySubject(tools, lambda: None, make)


def _ways(tools: SubjectTools) -> QWidget:
    words, theme, desk = tools.words, tools.theme, tools.desk

    def read() -> _Offered:
        library = desk.library
        people = [(one.id, one.shown_name) for one in desk.colleagues]
        return _Offered(
            {str(way): library.programs(way) for way in Pathway},
            library.no_arrest_texts(),
            CaseChoices(library.programs(Pathway.OFFICER_INTERVENTION), people),
        )

    def make(agency: Agency, offered: _Offered) -> Sequence[AgencyCard]:
        return (
            WaysCard(agency, words, theme, offered.programs),
            PoliciesCard(agency, offered.texts, words, theme),
            CaseSettings(agency, offered.cases, words, theme),
        )

    return AgencySubject(tools, read, make)


def _days(tools: SubjectTools) -> QWidget:
    def read() -> Sequence[OfficeDay]:
        year = tools.desk.clock.local().year
        return [day for one in (year, year + 1) for day in offices_in(tools.desk, one)]

    def make(agency: Agency, days: Sequence[OfficeDay]) -> Sequence[AgencyCard]:
        return (DaysCard(agency, days, tools.words, tools.theme),)

    return AgencySubject(tools, read, make)


def _limits(tools: SubjectTools) -> QWidget:
    words, theme = tools.words, tools.theme

    def make(agency: Agency, _nothing: None) -> Sequence[AgencyCard]:
        return (
            SigningCard(agency, words, theme),
            NumbersCard(words.text("When nobody works"), LOCKING, agency, words, theme),
            NumbersCard(words.text("Kept, and checked again"), KEEPING, agency, words, theme),
            NumbersCard(words.text("At work"), WORKING, agency, words, theme),
        )

    return AgencySubject(tools, lambda: None, make)


def _measures(tools: SubjectTools) -> QWidget:
    def make(agency: Agency, _nothing: None) -> Sequence[AgencyCard]:
        return (
            TellingCard(agency, tools.words, tools.theme),
            CostsCard(agency, tools.words, tools.theme),
            QuestionsCard(agency, tools.words, tools.theme),
        )

    return AgencySubject(tools, lambda: None, make)


SUBJECTS: Final = (
    SubjectKind("sign_in", mark("How you sign in"), lambda desk: desk.sign_in is not None,
                lambda tools: OwnSignInCard(*tools.plain)),
    SubjectKind("department", mark("Department and letterhead"), _decides, _department),
    SubjectKind("ways", mark("Ways in and policies"), _decides, _ways),
    SubjectKind("words", mark("Words on papers"), _decides_texts, WordsSubject),
    SubjectKind("forms", mark("Programs and forms"), _decides_texts, PackSubject),
    SubjectKind("codes", mark("Lists of choices"), _decides_texts, CodesSubject),
    SubjectKind("days", mark("Holidays and closed days"), _decides_texts, _days),
    SubjectKind("screenings", mark("Screening tools"), _decides,
                lambda tools: ScreeningToolsCard(*tools.plain)),
    SubjectKind("retention", mark("How long records are kept"), _sees_schedule,
                RetentionSubject),
    SubjectKind("printers", mark("Printers of this computer"), _decides_texts, PrintersSubject),
    SubjectKind("limits", mark("Signing in, locking, keeping"), _decides, _limits),
    SubjectKind("measures", mark("Numbers"), _decides, _measures),
    SubjectKind("history", mark("What was changed"), _sees_history, HistorySubject),
)  # fmt: skip
"""In the order of the list, after what everybody has."""
