"""Reads numbers from the registry of Windows; elsewhere there is none."""

import sys
from collections.abc import Sequence

if sys.platform == "win32":
    import winreg

    def number(key: str, name: str) -> int | None:
        """A number of the machine's part; None where it is not there, or may not be read."""
        try:
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, key) as opened:
                value = winreg.QueryValueEx(opened, name)[0]
        except OSError:
            return None
        return value if isinstance(value, int) else None

    def keys_below(key: str) -> Sequence[str] | None:
        """Names of the keys right below one; None where it may not be read."""
        try:
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, key) as opened:
                count = winreg.QueryInfoKey(opened)[0]
                return [winreg.EnumKey(opened, place) for place in range(count)]
        except OSError:
            return None

else:

    def number(key: str, name: str) -> int | None:
        """There is none."""
        _ = (key, name)

    def keys_below(key: str) -> Sequence[str] | None:
        """There are none."""
        _ = key
