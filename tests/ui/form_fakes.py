"""Real parts for form tests, without a file or a key: a plain guide and a desk that remembers."""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from intake_app.domain.clock import FixedClock
from intake_app.domain.draft import Draft
from intake_app.domain.errors import IntakeError, ReasonMissing
from intake_app.domain.form import (
    Answers,
    Choice,
    Deadline,
    Field,
    FieldType,
    Finding,
    Form,
    FormRef,
    Problem,
    Section,
)  # fmt: skip
from intake_app.domain.ids import RecordId, UserId
from intake_app.domain.offense import Offense
from intake_app.domain.paper import Audience, Paper
from intake_app.domain.text import Text
from intake_app.services.desk import Person
from intake_app.services.drawing.leaving import NOTHING_LEAVES, Leaving
from intake_app.services.intakes.intakes import Amendment, Finished, IntakeView, Owed
from intake_app.services.papers.papers import IssuedPaper, PaperOffer

CLOCK = FixedClock(datetime(2026, 11, 23, 19, 41, tzinfo=UTC))

Condition = Callable[[Answers], bool]


def both(en: str, es: str = "") -> Text:
    return Text({"en": en, "es": es or f"{en} (es)"})


def choices(*labels: str) -> tuple[Choice, ...]:
    return tuple(Choice(label.lower().replace(" ", "_"), both(label)) for label in labels)


def form_of(
    *sections: Section, quick_exit: str = "", facts: Mapping[str, str] | None = None
) -> Form:
    return Form(FormRef("f", "1", "d"), "self_referral", both("Walk-in self-referral"), sections,
                quick_exit=quick_exit, facts=facts or {})  # fmt: skip


class PlainGuide:
    """A guide whose conditions are Python functions by field or section id."""

    def __init__(
        self,
        form: Form,
        shown: Mapping[str, Condition] | None = None,
        may_finish: Condition = lambda _: False,
    ) -> None:
        self._form, self._shown, self._may_finish = form, shown or {}, may_finish

    @property
    def form(self) -> Form:
        return self._form

    @property
    def sources(self) -> Mapping[str, str]:
        return {}

    def defaults(self) -> Answers:
        return {}

    def visible(self, answers: Answers) -> frozenset[str]:
        def is_seen(ident: str) -> bool:
            return self._shown.get(ident, lambda _: True)(answers)

        sections = [s for s in self._form.sections if is_seen(s.id)]
        seen = [f.id for s in sections for f in s.fields if is_seen(f.id)]
        return frozenset([*(s.id for s in sections), *seen])

    def problems(self, answers: Answers, section: str = "") -> tuple[Problem, ...]:
        seen = self.visible(answers)
        found: list[Problem] = []
        for part in self._form.sections:
            if part.id not in seen or section not in ("", part.id):
                continue
            for field in part.fields:
                if field.id not in seen:
                    continue
                if field.is_required and field.id not in answers:
                    found.append(Problem(field.id, self._ask(field), part.id))
                found += self._rows(field, answers, part.id)
        return tuple(found)

    def _rows(self, field: Field, answers: Answers, section: str) -> list[Problem]:
        return [
            Problem(field.id, self._ask(column), section, n, column.id)
            for n, row in enumerate(answers.get(field.id) or () if field.columns else ())
            for column in field.columns
            if column.is_required and column.id not in row
        ]

    def _ask(self, field: Field) -> Text:
        return Text({k: f"Answer: {v}" for k, v in field.label.by_language.items()})

    def findings(self, answers: Answers, on: str) -> tuple[Finding, ...]:
        return ()

    def owed(self, answers: Answers, finished: str) -> tuple[tuple[Deadline, str], ...]:
        return ()

    def begins(self, answers: Answers) -> str:
        return ""

    def is_event_only(self, answers: Answers) -> bool:
        return False

    def may_finish_now(self, answers: Answers) -> bool:
        return self._may_finish(answers)

    def rule_fields(self, rules: Container[str], also: Iterable[str] = ()) -> frozenset[str]:
        return frozenset()

    def offenses(self) -> tuple[Offense, ...]:
        return ()

    def offense(self, ident: str) -> Offense | None:
        return None

    def kept(self, answers: Answers) -> Answers:
        seen = self.visible(answers)
        return {k: v for k, v in answers.items() if k in seen}

    def shown(self, field: str, value: object, language: str) -> str:
        known = self._form.field(field)
        choice = known.choice(str(value)) if known else None
        return choice.label.said_in(language) if choice else str(value)


def draft_of(form: Form, answers: Answers | None = None) -> Draft:
    return Draft(RecordId("a" * 32), form.ref, UserId("u1"), dict(answers or {}),
                 started="2026-11-23T19:00:00+00:00")  # fmt: skip


EVERY_TYPE = Section("all", both("All kinds of questions", "Toda clase de preguntas"), (
    Field("name", FieldType.TEXT, both("First name", "Nombre"), is_required=True),
    Field("last", FieldType.TEXT, both("Last name", "Apellido"), is_required=True),
    Field("born", FieldType.DATE, both("Date of birth", "Fecha de nacimiento"),
          hint=both("Month / day / year, for example 4/17/1991", "Mes / día / año")),
    Field("phone", FieldType.PHONE, both("Phone", "Teléfono"),
          hint=both("So the program can call them", "Para llamarle")),
    Field("story", FieldType.LONG_TEXT, both("What happened today?", "¿Qué pasó hoy?")),
    Field("way", FieldType.CHOICE, both("Who is this for?", "¿Para quién es?"), is_required=True,
          choices=choices("For myself", "For someone else", "Information only", "By telephone")),
    Field("county", FieldType.CHOICE, both("County", "Condado"),
          choices=choices(*(f"County {n}" for n in range(1, 12)))),
    Field("danger", FieldType.YES_NO, both("Very sick or in danger right now?", "¿En peligro?")),
    Field("wants", FieldType.CHOICES, both("What does the person want today?", "¿Qué quiere hoy?"),
          choices=choices("Detox", "A bed tonight", "Food", "A ride", "Someone to talk to",
                          "Medicine for opioid use, such as buprenorphine or methadone")),
    Field("ranked", FieldType.RANKED, both("What matters most?", "¿Qué importa más?"),
          choices=choices("Housing", "Work", "Family")),
    Field("seen", FieldType.DATE_TIME, both("Seen at", "Visto a las")),
    Field("amount", FieldType.NUMBER, both("How much", "Cuánto"), units=("g", "oz")),
    Field("owed", FieldType.MONEY, both("Money owed", "Dinero que debe")),
    Field("friend", FieldType.PERSON, both("Emergency contact", "Contacto de emergencia")),
    Field("provider", FieldType.PROVIDER, both("Provider", "Proveedor")),
    Field("calls", FieldType.ROWS, both("Calls for a bed", "Llamadas"), columns=(
        Field("who", FieldType.TEXT, both("Called", "Se llamó a"), is_required=True),
        Field("when", FieldType.DATE_TIME, both("When", "Cuándo")),
        Field("answer", FieldType.CHOICE, both("Answer", "Respuesta"),
              choices=choices("Yes", "No", "Call back")),
    )),
    Field("words", FieldType.STATEMENT, both("No arrest for asking", "Sin arresto"),
          hint=both("You will not be arrested for asking for help. There are exceptions.",
                    "No será arrestado por pedir ayuda."), version="2026-1"),
    Field("signed", FieldType.SIGNATURE, both("Signature of the participant", "Firma")),
), help=both("Ask in your own words."))  # fmt: skip


class NothingLeaves:
    """No paper here discloses anything."""

    def leaving(self, about: Draft | RecordId, paper_ids: Sequence[str]) -> Leaving:
        return NOTHING_LEAVES


class WorkingDesk(NothingLeaves):
    """Does what the services do, in memory. `broken` makes the next saves fail."""

    def __init__(self, guide: PlainGuide | None = None, answers: Answers | None = None) -> None:
        self.guide = guide or PlainGuide(form_of(EVERY_TYPE))
        self.answers: Answers = dict(answers or {})
        self.history: list[Amendment] = []
        self.papers: list[IssuedPaper] = []
        self.printed: list[tuple[str, str]] = []
        self.saved_files: list[str] = []
        self.in_error = False
        self.saved: list[Draft] = []
        self.finished: list[Draft] = []
        self.handed: list[tuple[RecordId, UserId]] = []
        self.broken: IntakeError | None = None

    def save(self, draft: Draft) -> str:
        if self.broken:
            raise self.broken
        self.saved.append(draft)
        return CLOCK.local().isoformat()

    def hand_over(self, draft: RecordId, to: UserId) -> None:
        self.handed.append((draft, to))

    def colleagues(self, pathway: str) -> list[Person]:
        return [Person(UserId("u2"), "rlowe", "R. Lowe", frozenset())]

    def finish(self, draft: Draft) -> Finished:
        if self.broken:
            raise self.broken
        self.finished.append(draft)
        owed = (
            Owed(both("72-hour follow-up"), "2026-11-26"),
            Owed(both("30-day contact"), "2026-12-23"),
        )
        return Finished(draft.id, "PH-26-A00017-K", owed)

    def offers(self, guide: object, answers: Answers) -> list[PaperOffer]:
        return [
            PaperOffer(
                paper_file("referral_letter_participant", "Referral letter for the participant"),
                True,
            ),
            PaperOffer(paper_file("wallet_card", "Wallet card"), True),
            PaperOffer(paper_file("consent", "Consent to share"), False),
        ]

    def language_of(self, draft: Draft, form: Form) -> str:
        said = str(draft.answers.get(form.facts.get("language", ""), ""))
        return draft.language or said or "en"

    def preview(self, draft: Draft, paper: str) -> bytes:
        return pdf_of(f"Preview of {paper}")

    def papers_of(self, draft: Draft) -> list[IssuedPaper]:
        return [p for p in self.papers if p.about == draft.id]

    def make_papers(self, draft: Draft, paper_ids: Sequence[str]) -> list[IssuedPaper]:
        if self.broken:
            raise self.broken
        draft.number = draft.number or "PH-26-A00017-K"
        return self.issue(draft.id, paper_ids)

    def issue(self, record: RecordId, paper_ids: Sequence[str]) -> list[IssuedPaper]:
        titles = {o.paper.id: o.paper.title.said_in("en") for o in self.offers(None, {})}
        made = [issued_paper(record, ident, titles[ident], len(self.papers) + n)
                for n, ident in enumerate(paper_ids, 1)]  # fmt: skip
        self.papers += made
        return made

    def paper_bytes(self, issued: IssuedPaper, draft: Draft | None = None) -> bytes:
        return pdf_of(issued.title)

    def papers_about(self, record: RecordId) -> list[IssuedPaper]:
        return [p for p in self.papers if p.about == record]

    def note_printed(self, issued: IssuedPaper, printer: str) -> None:
        self.printed.append((issued.number, printer))
        self._count(issued)

    def note_saved(self, issued: IssuedPaper) -> None:
        self.saved_files.append(issued.number)
        self._count(issued)

    def _count(self, paper: IssuedPaper) -> None:
        self.papers = [
            replace(p, copies=p.copies + (p.record == paper.record)) for p in self.papers
        ]

    # --- finished intakes -----------------------------------------------------------------

    def names(self) -> dict[UserId, str]:
        return {UserId("u1"): "M. Hale"}

    def read(self, record: RecordId) -> IntakeView:
        return IntakeView(
            record=record, number="PH-26-A00017-K", guide=self.guide, answers=dict(self.answers),
            opened="2026-11-23T14:00:00-05:00", by=UserId("u1"), language="en", owed=(),
            is_entered_in_error=self.in_error, history=tuple(self.history),
            papers=tuple(self.papers),
        )  # fmt: skip

    def amend(self, record: RecordId, answers: Mapping[str, object], reason: str) -> None:
        if not reason.strip():
            raise ReasonMissing
        for name, value in answers.items():
            self.history.append(Amendment("2026-11-23T15:00:00-05:00", UserId("u1"), name,
                                          self.answers.get(name), value, reason))  # fmt: skip
            self.answers[name] = value

    def entered_in_error(self, record: RecordId, reason: str) -> None:
        if not reason.strip():
            raise ReasonMissing
        self.in_error = True

    def reissue(self, issued: IssuedPaper, reason: str) -> IssuedPaper:
        if not reason.strip():
            raise ReasonMissing
        fresh = issued_paper(issued.about, issued.paper, issued.title, len(self.papers) + 1)
        new = replace(fresh, replaces=issued.number)
        self.papers = [
            replace(p, replaced_by=new.number) if p.record == issued.record else p
            for p in self.papers
        ]
        self.papers.append(new)
        return new


def paper_file(ident: str, title: str) -> Paper:
    return Paper(ident, "1", both(title), Audience.PARTICIPANT, ())


def issued_paper(about: RecordId, ident: str, title: str, place: int) -> IssuedPaper:
    return IssuedPaper(
        RecordId(f"{place:032x}"), about, ident, "1", title, "en", f"PH-26-A00017-K/{place}",
        "0" * 64, "2026-11-23T14:41:00-05:00", "participant",
    )  # fmt: skip


def pdf_of(words: str, pages: int = 2) -> bytes:
    """A PDF of two pages with words on them, as small as can be."""
    texts = [f"BT /F1 24 Tf 72 700 Td ({words}, page {n}) Tj ET" for n in range(1, pages + 1)]
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(pages))
    bodies = ["<< /Type /Catalog /Pages 2 0 R >>",
              f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>",
              "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]  # fmt: skip
    for n, text in enumerate(texts):
        bodies.append("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792]"
                      f" /Contents {5 + 2 * n} 0 R"
                      " /Resources << /Font << /F1 3 0 R >> >> >>")  # fmt: skip
        bodies.append(f"<< /Length {len(text)} >>\nstream\n{text}\nendstream")
    made, places = b"%PDF-1.4\n", list[int]()
    for n, body in enumerate(bodies, 1):
        places.append(len(made))
        made += f"{n} 0 obj\n{body}\nendobj\n".encode()
    start = len(made)
    made += f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n".encode()
    made += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    made += (
        f"trailer << /Size {len(bodies) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    )
    return made
