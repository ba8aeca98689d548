"""Roles to tick, each with what it lets somebody read."""

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from intake_app.domain.roles import Role
from intake_app.services.records.role_words import ROLES
from intake_app.services.users.words import role_in_words
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words


class RoleTicks(QWidget):
    """One box for each role.

    Attributes:
        boxes: By role.
    """

    def __init__(self, words: Words, theme: Theme, kind: str) -> None:
        super().__init__()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(theme.px(6))
        self.boxes: dict[Role, QCheckBox] = {}
        for role in ROLES:
            told = role_in_words(role, words, kind)
            box = self.boxes[role] = QCheckBox(told.replace("&", "&&"))
            box.setAccessibleName(told)
            lines.addWidget(box)

    @property
    def roles(self) -> frozenset[Role]:
        """What is ticked."""
        return frozenset(role for role, box in self.boxes.items() if box.isChecked())

    def tick(self, roles: frozenset[Role]) -> None:
        """Tick these and no others."""
        for role, box in self.boxes.items():
            box.setChecked(role in roles)
