"""Works in the real program and logs out, in the event loop as it really runs."""

import sys
from pathlib import Path

from look import found, sign_in, take_walk_in
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from intake_app.app import ProfileGate
from intake_app.makers import window_makers
from intake_app.ui.running.conductor import Conductor

if __name__ == "__main__":
    app = QApplication(sys.argv[:1])
    place = Path(sys.argv[1])
    found(place)
    conductor = Conductor(ProfileGate(place), place, window_makers(), ["--profile", str(place)])
    conductor.instance.take()
    conductor.begin()
    sign_in(conductor)
    take_walk_in(conductor)
    QTimer.singleShot(0, conductor.leave)
    sys.exit(app.exec())
