"""Why a difference is not settled; the first line of each is the sentence for people."""

from intake_app.domain.errors import IntakeError


class NothingDiffers(IntakeError):
    """Somebody has settled this already. Nothing was changed."""


class OnlyToldAbout(IntakeError):
    """This cannot be settled here. What stands beside it says what to do."""


class NotOneOfThese(IntakeError):
    """Choose one of the answers, or type what is right."""
