"""The review of an intake: all answers, what is missing, papers with a preview, and Finish."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPushButton

from intake_app.services.intakes.intakes import Finished
from intake_app.ui.form.review_base import LANGUAGES, ReviewBase

__all__ = ["LANGUAGES", "ReviewPage"]


class ReviewPage(ReviewBase):
    """The last step; Finish makes a record."""

    def _add_endings(self) -> None:
        self.finish = self.frame.primary(self._words.text("Finish"), "check")
        self.frame.foot.addStretch(1)
        self.frame.foot.addWidget(self.save)
        self.frame.foot.addWidget(self.finish)
        self.finish.clicked.connect(self._on_finish)

    def _endings(self) -> Sequence[QPushButton]:
        return (self.finish,)

    def _on_finish(self) -> None:
        self._show_missing()
        if not self.is_ready:
            QTimer.singleShot(0, self._focus)
            return
        self.saver.stop()
        self._with_papers(self._finish_now)

    def _finish_now(self, _papers: object) -> None:
        draft = self._for_work()
        self._busy(True)
        self._background.run(lambda: self._work.finish(draft), self._on_finished, self._on_failed)

    def _on_finished(self, finished: Finished) -> None:
        self.finished.emit(finished)
