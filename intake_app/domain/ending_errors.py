"""Errors of the end of records; see `errors` for what their first lines are for."""

from intake_app.domain.errors import IntakeError


class OnHold(IntakeError):
    """A hold stands on this record. Nothing of it can be removed until the hold is lifted."""


class ProposedAlready(IntakeError):
    """This record is proposed for removal already. Look under Records."""


class NothingProposed(IntakeError):
    """This can no longer be done: the proposal was withdrawn or carried out. Look again."""


class AnotherMustApprove(IntakeError):
    """You proposed this. Another person must approve it."""
