"""Told figures made by hand, for pages of numbers that are shown without any file."""

from dataclasses import replace

from fakes import furnished

from intake_app.domain.figure import Figure
from intake_app.domain.measure import Cut, Family, Kind, Measure, Question
from intake_app.domain.text import Text
from intake_app.domain.told import Told, ToldFigure
from intake_app.services.desk import Desk
from intake_app.services.measures.asked import Asked
from intake_app.services.measures.viewing import Board, View
from intake_app.services.needs.measures import MeasureParts

SINCE, UNTIL = "2026-07-01", "2026-09-30"
GROUP = Cut("gender", Text({"en": "Gender", "es": "Género"}))
RATE = Told(60, 100, 60.0, 50.2, 69.1)
HIDDEN = Told(is_hidden=True)
CODES = {"woman": "Woman", "man": "Man", "other": "Another gender identity, said in many words"}


def counting(user: str = "rlowe") -> Desk:
    """Somebody who sees numbers, of no file at all."""
    return replace(furnished(user), measures=MeasureParts({}))


def measure(ident: str, kind: Kind = Kind.RATE) -> Measure:
    how = Text({"en": "Counted by hand."})
    return Measure(
        ident, "funnel", kind, Text({"en": f"Those who {ident}"}), how, Text({"en": "Test"}), "1"
    )


def view(ident: str, told: Told, cuts: tuple[Cut, ...] = (), kind: Kind = Kind.RATE) -> View:
    made = measure(ident, kind)
    idents = tuple(cut.id for cut in cuts)
    labels = {GROUP.id: {code: Text({"en": said}) for code, said in CODES.items()}}
    rows = {("woman",): RATE, ("man",): RATE, ("other",): HIDDEN} if cuts else {}
    figure = ToldFigure(made, SINCE, UNTIL, idents, told, rows, least=11)
    question = Question(made, SINCE, UNTIL, "2026-11-23", cuts)
    return View(figure, Asked(question, Figure(made, SINCE, UNTIL, idents), labels), (GROUP,))


def board() -> Board:
    """Two groups; one number is not told."""
    funnel = (view("came", Told(100, 100), kind=Kind.COUNT), view("were offered help", RATE))
    other = (view("engaged", RATE), view("completed", HIDDEN))
    return Board((
        (Family("funnel", Text({"en": "From contact to completion"})), funnel),
        (Family("outcomes", Text({"en": "What came of it"})), other),
    ), waiting=1203)  # fmt: skip
