"""Works in the real program, locks it, and looks what of it can still be reached in this process.

It runs on its own: `python look.py FOLDER`. A test process would not do, it remembers passphrases.
What was found it prints as JSON: open files, and names of secrets, before and after the lock.
"""

import base64
import gc
import json
import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from types import FrameType

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from intake_app.app import ProfileGate
from intake_app.domain.roles import Compartment
from intake_app.makers import window_makers
from intake_app.services.training.training import fictional_department
from intake_app.ui.pages.intake_page import IntakePage
from intake_app.ui.pages.lock_page import LockPage
from intake_app.ui.running.conductor import Conductor

PATIENCE_MS = 60_000


def somebody() -> str:
    """Whom the intake is about; made anew each time, so that this file holds it nowhere."""
    return bytes(reversed(b"rehtaefllihQ")).decode()


def passphrase() -> str:
    """What is typed; the same."""
    return bytes(reversed(b"nretnal reppoc yrref tunlaw")).decode()


class Masked:
    """Secrets that are looked for; masked, so that the looking does not leave them behind."""

    def __init__(self) -> None:
        self._pad = os.urandom(128)
        self._kept: list[tuple[str, bytes]] = []

    def add(self, name: str, secret: bytes) -> None:
        self._kept.append((name, bytes(a ^ b for a, b in zip(secret, self._pad, strict=False))))

    def hits(self, values: Iterable[object]) -> set[str]:
        """The names of those that stand in one of these texts or bytes, in any usual spelling."""
        some = list(values)
        told = "\0".join(one for one in some if isinstance(one, str))
        gap = os.urandom(16)  # no secret lies across two of them
        held = gap.join(bytes(one) for one in some if isinstance(one, bytes | bytearray))
        found: set[str] = set()
        for name, masked in self._kept:
            plain = bytes(a ^ b for a, b in zip(masked, self._pad, strict=False))
            based = base64.urlsafe_b64encode(plain).rstrip(b"=")
            raw = [plain, based, plain.hex().encode()]
            texts = [based.decode(), plain.hex()]
            if plain.isascii():
                texts.append(plain.decode())
            if any(one in held for one in raw) or any(text in told for text in texts):
                found.add(name)
        return found


def reachable() -> list[object]:
    """Every text and all bytes that some object of this process refers to."""
    gc.collect()
    seen: set[int] = set()
    todo: list[object] = gc.get_objects()
    found: list[object] = []
    mine = {id(seen), id(todo), id(found)}
    while todo:
        one = todo.pop()
        if id(one) in seen or id(one) in mine:
            continue
        seen.add(id(one))
        if isinstance(one, str | bytes | bytearray):
            found.append(one)
        elif not isinstance(one, int | float | complex | bool | type(None)):
            todo.extend(gc.get_referents(one))
    return found


def open_files(folder: Path) -> list[str]:
    """Files of the profile that this process has open."""
    links = [os.readlink(f"/proc/self/fd/{n}") for n in os.listdir("/proc/self/fd")
             if os.path.lexists(f"/proc/self/fd/{n}")]  # fmt: skip
    return sorted({Path(link).name for link in links if link.startswith(f"{folder}/")})


def until(holds: Callable[[], bool], what: str) -> None:
    """Let the program go on until something holds."""
    loop = QEventLoop()
    look, end = QTimer(), QTimer(singleShot=True)
    look.timeout.connect(lambda: holds() and loop.quit())
    end.timeout.connect(lambda: loop.exit(1))
    look.start(20)
    end.start(PATIENCE_MS)
    if not holds() and loop.exec():
        sys.exit(f"waited for {what}")


def found(folder: Path) -> None:
    """A department that is no training: real rules, one small difference: no one-time codes."""
    asked = fictional_department(1)
    people = tuple(replace(p, passphrase=passphrase()) if p.user_name == "mhale" else p
                   for p in asked.people)  # fmt: skip
    agency = replace(asked.agency, second_factor="off", second_factor_reason="This is a test.")
    ProfileGate(folder).found(replace(asked, people=people, agency=agency), use_keyring=False)


def sign_in(conductor: Conductor) -> None:
    page = conductor.window.page
    assert isinstance(page, LockPage)
    page.understood.setChecked(True)
    page.user_name.setText("mhale")
    page.passphrase.setText(passphrase())
    page.unlock.click()
    until(lambda: not isinstance(conductor.window.page, LockPage), "the workplace")
    until(lambda: not conductor.background.is_busy, "home")


def take_walk_in(conductor: Conductor) -> None:
    """Begin an intake, type a name, and let it be saved."""
    window = conductor.window
    named = {b.accessibleName(): b for b in window.findChildren(QPushButton)}
    named["Walk-in self-referral"].click()
    until(lambda: bool(window.findChildren(IntakePage)), "the form")
    page = window.findChildren(IntakePage)[0]
    page._sheet.put("who_for", "self", "")
    page._on_scanned({"first_name": somebody(), "last_name": somebody()})
    page.go("contact")
    edit = next(e for e in page.findChildren(QLineEdit) if e.text() == somebody())
    QTest.keyClicks(edit, "s")
    page.save_at_once()
    until(lambda: not conductor.background.is_busy, "saving")


def secrets_of(gate: ProfileGate) -> Masked:
    """All that opens or signs anything, of who is signed in."""
    masked, keys = Masked(), gate._keys
    assert keys is not None
    own = keys.own
    for name in Compartment:
        if keys.holds(name):
            masked.add(f"file key of {name}", keys.file_key(name))
            for n, key in keys.opened(name).generations.items():
                masked.add(f"generation {n} of {name}", key)
            masked.add(f"private key of {name}", _unbase(keys.opened(name).seal.secret["d"]))
    masked.add("draft key", bytes(own.draft))
    masked.add("private key that opens", _unbase(own.seal.secret["d"]))
    masked.add("private key that signs", _unbase(own.sign.secret["d"]))
    if own.travel:
        masked.add("key of travel slots", bytes(own.travel.key))
    masked.add("a name", somebody().encode())
    return masked


def _unbase(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def shown() -> list[str]:
    """What any field of any window holds."""
    edits = [w for w in QApplication.allWidgets() if isinstance(w, QLineEdit)]
    plain = [w for w in QApplication.allWidgets() if isinstance(w, QPlainTextEdit)]
    return [*(w.text() for w in edits), *(w.toPlainText() for w in plain), *_labels()]


def _labels() -> list[str]:
    return [str(w.accessibleName()) + w.windowTitle() for w in QApplication.allWidgets()]


def settle() -> None:
    """What goes has gone."""
    for _ in range(5):
        QApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()


def run(folder: Path) -> dict[str, object]:
    """Work, lock, look."""
    gate = ProfileGate(folder)
    conductor = Conductor(gate, folder, window_makers(), [])
    conductor.begin()
    sign_in(conductor)
    take_walk_in(conductor)
    masked = secrets_of(gate)
    before = {"files": open_files(folder), "secrets": sorted(masked.hits(reachable())),
              "shown": sorted(masked.hits(shown()))}  # fmt: skip
    conductor.lock()
    until(lambda: isinstance(conductor.window.page, LockPage), "the lock screen")
    settle()
    values = reachable()
    words = [v for v in values if isinstance(v, str) and v == passphrase()]
    after = {"files": open_files(folder), "secrets": sorted(masked.hits(values)),
             "shown": sorted(masked.hits(shown())), "passphrases": len(words)}  # fmt: skip
    if "--why" in sys.argv:
        _explain(masked, values)
    conductor.window.close()
    return {"before": before, "after": after}


def _explain(masked: Masked, values: list[object]) -> None:
    """Who holds what should be gone: for whom this test fails."""
    for value in values:
        for what in masked.hits([value]):
            print("STILL THERE:", what, file=sys.stderr)
            _print_holders(value, values, 1)


def _print_holders(value: object, values: list[object], depth: int) -> None:
    for holder in gc.get_referrers(value):
        is_ours = type(holder).__module__.startswith("intake_app") or depth < 3
        if holder is not values and is_ours and not isinstance(holder, FrameType):
            print("  " * depth + type(holder).__qualname__, str(holder)[:120], file=sys.stderr)
            if depth < 7 and not isinstance(holder, list):
                _print_holders(holder, values, depth + 1)


if __name__ == "__main__":
    app: QWidget | QApplication = QApplication(sys.argv[:1])
    place = Path(sys.argv[1])
    if not place.exists():
        found(place)
    print(json.dumps(run(place)))
