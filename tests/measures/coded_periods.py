"""Periods by their codes, as stories name them: "2026-03", "2026-Q1", "FY2027", "2026"."""

from intake_app.domain.measure_period import GRAINS, days_of, grain_of
from intake_app.services.desk import Desk
from intake_app.services.measures.periods import Period


def period_of(desk: Desk, code: str) -> Period:
    month = desk.agency.fiscal_month
    since, until = days_of(code, month)
    kind = next(kind for kind in GRAINS if grain_of(kind, since, month) == code)
    return Period(since, until, kind, code)
