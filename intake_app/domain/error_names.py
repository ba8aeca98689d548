"""Errors by name: a child process says the name of what it met, never a text of its own."""

from typing import Final

from intake_app.domain import carrying_errors, errors, exchange_errors, store_errors
from intake_app.domain.errors import IntakeError

_MODULES: Final = (store_errors, exchange_errors, carrying_errors)
_OF_DISKS: Final = (errors.DiskFull, errors.StorageFailed)


def error_named(name: str) -> IntakeError:
    """The error with this name; one that is not known is a fault of the store."""
    for module in _MODULES:
        found = getattr(module, name, None)
        if isinstance(found, type) and issubclass(found, IntakeError):
            return found()
    return next((one() for one in _OF_DISKS if one.__name__ == name), store_errors.StoreFailing())
