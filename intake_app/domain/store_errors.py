"""Errors of stores and sticks; see `errors` for what their first lines are for.

None carries an address, a user name or anything that a server said: `detail` is a number at most.
"""

from intake_app.domain.errors import IntakeError


class StoreError(IntakeError):
    """The store could not be used. Nothing was lost, and this is tried again by itself."""


class StoreUnreachable(StoreError):
    """The store does not answer. Nothing was lost, and this is tried again by itself."""


class StoreRefused(StoreError):
    """The store does not let this computer in. Ask your administrator to check its password."""


class StoreReadOnly(StoreError):
    """Nothing can be written to this folder or stick. Check whether it is write-protected."""


class StoreFull(StoreError):
    """The store is full. Nothing was lost. Make room there; this is tried again by itself."""


class StoreVanished(StoreError):
    """The folder or stick is not there. Nothing was lost. Check its name, or connect it again."""


class StoreGarbled(StoreError):
    """The store gave back something else than was written. Tell your administrator."""


class StoreFailing(StoreError):
    """The store reports a fault of its own. Nothing was lost, and this is tried again by itself."""


class StoreUnknown(StoreError):
    """This store is not on the list of this computer. Look at Stores, and add it again."""


class StoresUnreadable(StoreError):
    """The list of stores of this computer cannot be read. Restore it, or add the stores again."""


class StickTooSmall(StoreFull):
    """There is too little room on this stick. Nothing was written to it.

    Attributes:
        needs: Bytes that are to be written.
        free: Bytes that are free there.
        trash: Bytes that lie in the trash of the stick.
    """

    def __init__(self, needs: int = 0, free: int = 0, trash: int = 0) -> None:
        super().__init__()
        self.needs, self.free, self.trash = needs, free, trash


class StickUntrue(StoreGarbled):
    """This stick does not keep what is written to it. Do not use it; take another one."""


class PasswordMissing(StoreError):
    """This computer has no password for this store. An administrator must enter it again."""


class NoKeyring(StoreError):
    """This computer has no place that keeps passwords safe, so this store cannot be used here."""


class CarrierBusy(StoreError):
    """Bundles of this computer are being carried already. Try again in a moment."""
