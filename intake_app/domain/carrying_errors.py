"""Errors of what people do with bundles; see `errors` for what they must say."""

from intake_app.domain.errors import IntakeError


class NothingIsExchanged(IntakeError):
    """Nothing is exchanged here: this is the only station. Enroll another one first."""
