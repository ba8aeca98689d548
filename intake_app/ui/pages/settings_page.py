"""Settings of this window; for those who may: locked sign-ins, and what the department decided."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake_app.domain.pathway import Pathway
from intake_app.domain.roles import May, may
from intake_app.services.desk import Desk
from intake_app.services.setting_up import change_agency, read_agency
from intake_app.settings.agency import Agency
from intake_app.settings.look import Look
from intake_app.ui.background import Background
from intake_app.ui.cards import Card, ErrorBox, MessageBox, PrimaryButton, drop, scrolled
from intake_app.ui.case_settings import CaseChoices
from intake_app.ui.department_form import DepartmentForm, Offered
from intake_app.ui.errors import note, sentence_for
from intake_app.ui.labels import heading, muted
from intake_app.ui.look_bar import LookBar
from intake_app.ui.release_card import ReleaseCard
from intake_app.ui.screening_tools_card import ScreeningToolsCard
from intake_app.ui.theme import Theme
from intake_app.words import Words


class SettingsPage(QWidget):
    """How the window looks; for some, releasing a sign-in and the department's decisions.

    Signals:
        look_chosen: A `Look`; the window is to be built anew with it.

    Attributes:
        form: The department's decisions, once they are read; None for those who may not.
        save: Keeps them.
    """

    look_chosen = Signal(object)

    def __init__(
        self, desk: Desk, background: Background, words: Words, theme: Theme, look: Look,
        release: Callable[[str], object],
    ) -> None:  # fmt: skip
        super().__init__()
        self._desk, self._background, self._words, self._theme = desk, background, words, theme
        self.setObjectName("page")
        inside = QWidget()
        inside.setMaximumWidth(theme.px(900))
        self._lines = QVBoxLayout(inside)
        self._lines.setContentsMargins(32, 24, 32, 24)
        self._lines.setSpacing(18)
        self._lines.addWidget(heading(words.text("Settings")))
        window = Card(words.text("This window"))
        self.look = LookBar(look, words)
        self.look.chosen.connect(self.look_chosen)
        window.box.addWidget(self.look)
        window.box.addWidget(muted(words.text("The choice is kept on this computer.")))
        self._lines.addWidget(window)
        if may(desk.person.roles, May.RELEASE_LOCKOUT):
            self.release = ReleaseCard(release, background, words, theme)
            self._lines.addWidget(self.release)
        self.form: DepartmentForm | None = None
        self._decides = may(desk.person.roles, May.CHANGE_SETTINGS)
        if self._decides:
            self._add_department()
            self.tools = ScreeningToolsCard(desk, background, words, theme)
            self._lines.addWidget(self.tools)
        self._lines.addStretch()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(inside))
        self.setFocusProxy(self.look.language)

    def refresh(self) -> None:
        """Read what the department decided; what is being typed stays."""
        if self._decides and self.form is None:
            self._background.run(self._read, self._show)
            self.tools.refresh()

    def _add_department(self) -> None:
        words = self._words
        self.error, self.good = ErrorBox(self._theme), MessageBox(self._theme, "ok")
        self._place = QVBoxLayout()
        self._lines.addLayout(self._place)
        for box in (self.error, self.good):
            self._lines.addWidget(box)
        self.save = PrimaryButton(words.text("Save settings"))
        self.save.setAccessibleName(words.text("Save settings"))
        self.save.setEnabled(False)
        self.save.clicked.connect(self._on_save)
        self._lines.addWidget(self.save, 0, Qt.AlignmentFlag.AlignLeft)
        told = words.text("Changes take effect when somebody signs in the next time.")
        self._lines.addWidget(muted(told))

    def _read(self) -> Offered:
        library = self._desk.library
        agency = read_agency(self._desk.station)
        people = [(one.id, one.shown_name) for one in self._desk.colleagues]
        cases = CaseChoices(library.programs(Pathway.OFFICER_INTERVENTION), people)
        programs = {str(way): library.programs(way) for way in Pathway}
        return Offered(agency, programs, library.no_arrest_texts(), cases)

    def _show(self, offered: Offered) -> None:
        if self.form is not None:
            self._place.removeWidget(self.form)
            drop(self.form)
        self.form = DepartmentForm(offered, self._words, self._theme)
        self._place.addWidget(self.form)
        self.form.show()
        self.save.setEnabled(True)

    def _on_save(self) -> None:
        if self.form is None:
            return
        self.good.say("")
        problems = self.form.problems()
        told = self._words.plural(
            "{n} thing to fix before you continue", "{n} things to fix before you continue",
            len(problems),
        )  # fmt: skip
        self.error.say(
            told if problems else "", [(said, field.setFocus) for said, field in problems]
        )
        if problems:
            problems[0][1].setFocus()
            return
        self.save.setEnabled(False)
        agency = self.form.agency()
        self._background.run(partial(self._keep, agency), self._on_kept, self._on_failed)

    def _keep(self, agency: Agency) -> Offered:
        on = read_agency(self._desk.station).screenings  # they have a card of their own
        change_agency(self._desk, replace(agency, screenings=on))
        return self._read()

    def _on_kept(self, offered: Offered) -> None:
        self._show(offered)
        said = self._words.text("Saved. It takes effect when somebody signs in the next time.")
        self.good.say(said)

    def _on_failed(self, error: BaseException) -> None:
        note(error)
        self.save.setEnabled(True)
        self.error.say(sentence_for(error, self._words))
