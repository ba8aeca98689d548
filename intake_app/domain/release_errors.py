"""What can go wrong when numbers are released; the first line of each is what people read."""

from intake_app.domain.errors import IntakeError


class NotToBeReleased(IntakeError):
    """This copy is not for release. Make the report without small numbers, and release that."""


class PeriodNotOver(IntakeError):
    """These days are not over yet. Numbers are released when nothing is added to them any more."""


class StillCounting(IntakeError):
    """Some records are not counted yet. Wait until all are, and release the report then."""


class CountedMore(IntakeError):
    """Released numbers count more files than yours. Ask a coordinator or make a department copy."""


class ReleaseGone(IntakeError):
    """There is no such release, or it cannot be read."""
