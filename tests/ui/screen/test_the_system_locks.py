"""The system's lock, sleep and user switch lock the program: on real buses, and by messages."""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from ctypes import wintypes

import pytest
from PySide6.QtCore import QByteArray, QObject
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusObjectPath,
    QDBusUnixFileDescriptor,
    QDBusVariant,
    QDBusVirtualObject,
)
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from intake_app.ui.screen.bus_watch import LOGIND, MANAGER_PATH, SAVERS, BusWatch
from intake_app.ui.screen.capture import CaptureBlock
from intake_app.ui.screen.guard import ScreenGuard
from intake_app.ui.screen.mac_watch import CenterWatch
from intake_app.ui.screen.sleep_sense import GONE_SECONDS, SleepSense, seconds_with_sleep
from intake_app.ui.screen.windows_watch import (
    WM_POWERBROADCAST,
    WM_QUERYENDSESSION,
    WM_WTSSESSION_CHANGE,
    MessageWatch,
    locks,
)

OWN = "/org/freedesktop/login1/session/_31"
OTHERS = "/org/freedesktop/login1/session/_32"
SESSION = f"{LOGIND}.Session"


class Logind(QDBusVirtualObject):
    """Answers as logind does: one's own session, a delay of sleep, two properties."""

    def __init__(self, bus: QDBusConnection, parent: QObject) -> None:
        super().__init__(parent)
        self.bus, self.properties = bus, {"Active": True, "LockedHint": False}
        self.waits_for = -1
        assert bus.registerService(LOGIND)
        assert bus.registerVirtualObject(MANAGER_PATH, self)
        assert bus.registerVirtualObject(OWN, self)

    def introspect(self, path: str) -> str:
        return ""

    def handleMessage(self, message: QDBusMessage, connection: QDBusConnection) -> bool:
        reply = message.createReply()
        if message.member() == "GetSessionByPID":
            assert message.arguments() == [os.getpid()]
            reply.setArguments([QDBusObjectPath(OWN)])
        elif message.member() == "Get":
            reply.setArguments([QDBusVariant(self.properties[message.arguments()[1]])])
        else:
            assert message.arguments()[0::3] == ["sleep", "delay"]
            self.waits_for, theirs = os.pipe()
            os.set_blocking(self.waits_for, False)
            reply.setArguments([QDBusUnixFileDescriptor(theirs)])
            os.close(theirs)
        return connection.send(reply)

    def may_sleep(self) -> bool:
        """Whether nobody holds the delay any more: its pipe has no other end."""
        try:
            return os.read(self.waits_for, 1) == b""
        except BlockingIOError:
            return False

    def say(self, path: str, interface: str, member: str, *arguments: object) -> None:
        said = QDBusMessage.createSignal(path, interface, member)
        said.setArguments(list(arguments))
        assert self.bus.send(said)

    def say_changed(self, path: str, **properties: bool) -> None:
        self.properties |= properties
        self.say(path, "org.freedesktop.DBus.Properties", "PropertiesChanged", SESSION)


@pytest.fixture
def address() -> Iterator[str]:
    """A bus of one's own."""
    if shutil.which("dbus-daemon") is None:
        pytest.skip("no dbus-daemon")
    bus = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert bus.stdout is not None
    yield bus.stdout.readline().strip()
    bus.kill()
    bus.wait()
    bus.stdout.close()


@pytest.fixture
def logind(qtbot: QtBot, address: str) -> Iterator[Logind]:
    parent = QObject()
    yield Logind(QDBusConnection.connectToBus(address, "logind"), parent)
    QDBusConnection.disconnectFromBus("logind")
    parent.deleteLater()


@pytest.fixture
def watch(qtbot: QtBot, address: str, logind: Logind) -> Iterator[BusWatch]:
    parent, bus = QObject(), QDBusConnection.connectToBus(address, "ours")
    made = BusWatch(bus, bus, parent)
    made.begin()
    qtbot.waitUntil(lambda: made.holds_sleep and made._own_path == OWN)
    yield made
    made.end()
    QDBusConnection.disconnectFromBus("ours")
    parent.deleteLater()


@pytest.mark.system
def test_the_session_is_locked(qtbot: QtBot, watch: BusWatch, logind: Logind) -> None:
    with qtbot.waitSignal(watch.lock_asked):
        logind.say(OWN, SESSION, "Lock")


@pytest.mark.system
@pytest.mark.parametrize("change", [{"Active": False}, {"LockedHint": True}])
def test_another_user_is_shown_or_a_locker_comes(
    qtbot: QtBot, watch: BusWatch, logind: Logind, change: dict[str, bool]
) -> None:
    with qtbot.waitSignal(watch.lock_asked):
        logind.say_changed(OWN, **change)


@pytest.mark.system
def test_somebody_elses_session_is_not_ours(qtbot: QtBot, watch: BusWatch, logind: Logind) -> None:
    asked: list[str] = []
    watch.lock_asked.connect(lambda: asked.append("lock"))
    logind.say(OTHERS, SESSION, "Lock")
    logind.say_changed(OWN, Active=True)
    logind.say(MANAGER_PATH, f"{LOGIND}.Manager", "PrepareForSleep", False)
    with qtbot.waitSignal(watch.lock_asked):
        logind.say(OWN, SESSION, "Lock")  # the bus keeps order: the others have come before
    assert asked == ["lock"]


@pytest.mark.system
def test_the_system_waits_with_its_sleep_until_all_is_locked(
    qtbot: QtBot, watch: BusWatch, logind: Logind
) -> None:
    may_sleep_before: list[bool] = []
    watch.lock_asked.connect(lambda: may_sleep_before.append(logind.may_sleep()))
    with qtbot.waitSignal(watch.lock_asked):
        logind.say(MANAGER_PATH, f"{LOGIND}.Manager", "PrepareForSleep", True)
    assert may_sleep_before == [False]  # not while we lock
    qtbot.waitUntil(logind.may_sleep)
    logind.say(MANAGER_PATH, f"{LOGIND}.Manager", "PrepareForSleep", False)
    qtbot.waitUntil(lambda: watch.holds_sleep)  # and again the next time


@pytest.mark.system
@pytest.mark.parametrize(("name", "place"), SAVERS)
def test_each_screen_locker_is_heard(
    qtbot: QtBot, address: str, watch: BusWatch, name: str, place: str
) -> None:
    saver = QDBusConnection.connectToBus(address, "saver")
    assert saver.registerService(name)
    said = QDBusMessage.createSignal(place, name, "ActiveChanged")
    said.setArguments([True])
    with qtbot.waitSignal(watch.lock_asked):
        saver.send(said)
    saver.unregisterService(name)
    QDBusConnection.disconnectFromBus("saver")


def test_no_bus_is_not_missed(qtbot: QtBot) -> None:
    nowhere = QDBusConnection.connectToBus("unix:path=/nowhere/bus", "nowhere")
    parent = QObject()
    made = BusWatch(nowhere, nowhere, parent)
    made.begin()
    assert not made.holds_sleep


@pytest.mark.parametrize(
    ("message", "word", "is_lock"),
    [
        (WM_WTSSESSION_CHANGE, 0x7, True),  # locked
        (WM_WTSSESSION_CHANGE, 0x2, True),  # another user at this screen
        (WM_WTSSESSION_CHANGE, 0x4, True),
        (WM_WTSSESSION_CHANGE, 0x6, True),
        (WM_WTSSESSION_CHANGE, 0x8, False),  # unlocked
        (WM_WTSSESSION_CHANGE, 0x1, False),
        (WM_POWERBROADCAST, 0x4, True),  # sleeps
        (WM_POWERBROADCAST, 0x7, False),  # wakes
        (WM_QUERYENDSESSION, 0x4, False),
    ],
)
def test_messages_of_windows(qtbot: QtBot, message: int, word: int, is_lock: bool) -> None:
    assert locks(message, word) is is_lock
    parent = QObject()
    watch = MessageWatch(parent)
    asked: list[str] = []
    watch.lock_asked.connect(lambda: asked.append("lock"))
    told = wintypes.MSG()
    told.message, told.wParam = message, word
    taken = watch._filter.nativeEventFilter(
        QByteArray(b"windows_generic_MSG"), ctypes.addressof(told)
    )
    assert taken == (False, 0)
    assert bool(asked) is is_lock


def test_a_mac_tells_by_its_center(qtbot: QtBot) -> None:
    parent = QObject()
    watch = CenterWatch(parent)
    with qtbot.waitSignal(watch.lock_asked):
        watch._heard(None, None, None, None, None)


def test_a_clock_sees_that_the_computer_slept(qtbot: QtBot) -> None:
    now = [1000.0]
    sense = SleepSense(None, lambda: now[0])
    slept: list[str] = []
    sense.slept.connect(lambda: slept.append("slept"))
    sense.begin()
    now[0] += GONE_SECONDS - 1  # a busy computer
    sense.tick()
    assert slept == []
    now[0] += 3600
    sense.tick()
    sense.tick()
    assert slept == ["slept"]
    sense.end()
    assert seconds_with_sleep() <= seconds_with_sleep()


def test_the_guard_passes_on_what_it_hears(qtbot: QtBot) -> None:
    parent = QObject()
    guard = ScreenGuard(parent, lambda: True)
    with qtbot.waitSignal(guard.lock_asked):
        guard._sense.slept.emit()
    with qtbot.waitSignal(guard.lock_asked):
        guard._watch.lock_asked.emit()
    guard.begin()
    guard.locked()
    guard.end()
    parent.deleteLater()


@pytest.mark.skipif(sys.platform != "linux", reason="what is asked of the system differs")
def test_each_window_asks_that_no_picture_is_taken_of_it(qtbot: QtBot) -> None:
    asked: list[bool] = []
    is_training = [False]
    block = CaptureBlock(lambda: is_training[0], None, lambda _handle, is_on: asked.append(is_on))
    block.begin()
    for kind in (QWidget, QDialog):
        window = kind()
        qtbot.addWidget(window)
        window.show()
        assert asked[-1] is True
    is_training[0] = True
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    assert asked[-1] is False  # people who do not exist may be shown
    block.end()
    count = len(asked)
    QWidget.show(other)
    assert len(asked) == count
