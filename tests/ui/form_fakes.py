"""Real parts for form tests, without a file or a key: a plain guide and a desk that remembers."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from intake_app.domain.clock import FixedClock
from intake_app.domain.draft import Draft
from intake_app.domain.errors import IntakeError, NotFinished
from intake_app.domain.form import (
    Answers, Choice, Deadline, Field, FieldType, Finding, Form, FormRef, Problem, Section,
)  # fmt: skip
from intake_app.domain.ids import RecordId, UserId
from intake_app.domain.text import Text

CLOCK = FixedClock(datetime(2026, 11, 23, 19, 41, tzinfo=UTC))

Condition = Callable[[Answers], bool]


def both(en: str, es: str = "") -> Text:
    return Text({"en": en, "es": es or f"{en} (es)"})


def choices(*labels: str) -> tuple[Choice, ...]:
    return tuple(Choice(label.lower().replace(" ", "_"), both(label)) for label in labels)


def form_of(*sections: Section, quick_exit: str = "", facts: Mapping[str, str] | None = None) -> Form:
    return Form(FormRef("f", "1", "d"), "self_referral", both("Walk-in self-referral"), sections,
                quick_exit=quick_exit, facts=facts or {})  # fmt: skip


class PlainGuide:
    """A guide whose conditions are Python functions by field or section id."""

    def __init__(self, form: Form, shown: Mapping[str, Condition] | None = None,
                 may_finish: Condition = lambda _: False) -> None:
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

    def may_finish_now(self, answers: Answers) -> bool:
        return self._may_finish(answers)

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


class WorkingDesk:
    """Does what the services do, in memory. `broken` makes the next saves fail."""

    def __init__(self) -> None:
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

    def refuse(self) -> None:
        raise NotFinished
