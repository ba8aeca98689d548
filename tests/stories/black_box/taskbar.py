"""Brings a window to the front as a person does in a taskbar; see `drive.py`.

A window keeper gives a new window the cursor as it sees fit: never count on that. What a taskbar
asks for, it does (EWMH, `_NET_ACTIVE_WINDOW` with the source "pager").
"""

import ctypes
from collections.abc import Iterator
from ctypes import CFUNCTYPE, POINTER, byref, c_int, c_long, c_ulong, c_void_p

PAGER = 2
CLIENT_MESSAGE = 33
FOR_THE_KEEPER = (1 << 20) | (1 << 19)
"""SubstructureRedirectMask | SubstructureNotifyMask"""

MOST = 1024
"""Windows, or numbers of a property, that are read."""


class ClientMessage(ctypes.Structure):
    """`XClientMessageEvent`, as long as an `XEvent`."""

    _fields_ = (
        ("type", c_int), ("serial", c_ulong), ("send_event", c_int), ("display", c_void_p),
        ("window", c_ulong), ("message_type", c_ulong), ("format", c_int), ("data", c_long * 5),
        ("rest", c_long * 12),
    )  # fmt: skip


def _pass_over(_display: int, _error: int) -> int:
    return 0


class Taskbar:
    """The windows of a screen, by process."""

    def __init__(self, screen: str) -> None:
        self._x = ctypes.CDLL("libX11.so.6")
        self._x.XOpenDisplay.restype = c_void_p
        self._x.XDefaultRootWindow.restype = self._x.XInternAtom.restype = c_ulong
        # a window may go while it is looked at; Xlib would end this process
        self._pass_over = CFUNCTYPE(c_int, c_void_p, c_void_p)(_pass_over)
        self._x.XSetErrorHandler(self._pass_over)
        self._display = c_void_p(self._x.XOpenDisplay(screen.encode()))
        self._root: int = self._x.XDefaultRootWindow(self._display)

    def ask_for(self, pid: int) -> None:
        """Ask that the window of a process come to the front; nothing where it has none yet."""
        for window in self._numbers(self._root, "_NET_CLIENT_LIST"):
            if pid in self._numbers(window, "_NET_WM_PID"):
                self._send("_NET_ACTIVE_WINDOW", window)

    def close(self) -> None:
        """Look no more."""
        self._x.XCloseDisplay(self._display)

    def _atom(self, name: str) -> c_ulong:
        return c_ulong(self._x.XInternAtom(self._display, name.encode(), 0))

    def _send(self, what: str, window: int) -> None:
        told = ClientMessage(
            type=CLIENT_MESSAGE, window=window, message_type=self._atom(what).value, format=32,
            data=(c_long * 5)(PAGER),
        )  # fmt: skip
        keeper = c_ulong(self._root)
        self._x.XSendEvent(self._display, keeper, 0, c_long(FOR_THE_KEEPER), byref(told))
        self._x.XSync(self._display, 0)

    def _numbers(self, window: int, name: str) -> Iterator[int]:
        kind, size, count, left = c_ulong(), c_int(), c_ulong(), c_ulong()
        found = POINTER(c_ulong)()
        self._x.XGetWindowProperty(
            self._display, c_ulong(window), self._atom(name), c_long(0), c_long(MOST), 0,
            c_ulong(0), byref(kind), byref(size), byref(count), byref(left), byref(found),
        )  # fmt: skip
        numbers = [found[at] for at in range(count.value)]
        if found:
            self._x.XFree(found)
        return iter(numbers)
