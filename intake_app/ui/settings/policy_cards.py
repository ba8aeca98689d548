"""What the department decided about its work: policies, signing in, how long things are kept."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from intake_app.domain.text import Text
from intake_app.services.records.field_labels import LABELS
from intake_app.services.signing.setting_up import AGENCY
from intake_app.settings.agency import Agency
from intake_app.settings.bounds import read_bounds
from intake_app.settings.sign_in_policy import policy_titles, read_policy
from intake_app.ui.parts.labels import muted
from intake_app.ui.parts.theme import Theme
from intake_app.ui.parts.typed import ToMend, as_typed, typed_day
from intake_app.ui.settings.fields import FieldCard, is_within
from intake_app.words import Words, mark

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLineEdit

WARRANT_POLICIES: Final = {
    "never": mark("Never: nobody is checked for warrants"),
    "asked": mark("Only when the person says yes, after being told what may follow"),
    "told": mark("Always, and the person is told before anything is asked"),
}
_FACTORS: Final = {
    "required": mark("A one-time code at the first sign-in of each shift"),
    "off": mark("No code: the passphrase alone"),
}
LOCKING: Final = ("blur_seconds", "lock_seconds")
KEEPING: Final = ("audit_years", "backup_days", "drill_days")
WORKING: Final = ("stale_days", "attachment_mb", "tokens_a_day")


class NumbersCard(FieldCard):
    """Whole numbers within the bounds of `resources/limits`.

    Attributes:
        fields: By the name of the setting.
    """

    def __init__(
        self, title: str, asked: Sequence[str], agency: Agency, words: Words, theme: Theme
    ) -> None:
        super().__init__(title, theme)
        self._words = words
        self.fields: dict[str, QLineEdit] = {
            name: self.line(words.text(LABELS[AGENCY][name]), str(getattr(agency, name)))
            for name in asked
        }

    def problems(self) -> list[ToMend]:
        """What is out of bounds, from the top."""
        found: list[ToMend] = []
        for name, field in self.fields.items():
            least, most = read_bounds().numbers[name]
            if not is_within(field.text(), least, most):
                label = self._words.text(LABELS[AGENCY][name])
                told = self._words.text(
                    "{name}: enter {least} to {most}.", name=label, least=least, most=most
                )
                found.append((told, field))
        return found or self._together()

    def put_into(self, agency: Agency) -> Agency:
        """The same department with what stands here."""
        numbers = {name: int(field.text()) for name, field in self.fields.items()}
        return replace(agency, **numbers)

    def _together(self) -> list[ToMend]:
        """Nothing may stay readable until the files are locked."""
        blur, lock = (self.fields.get(name) for name in LOCKING)
        if blur is None or lock is None or int(blur.text()) <= int(lock.text()):
            return []
        told = self._words.text("The files are locked after the window shows nothing, not before.")
        return [(told, lock)]


class PoliciesCard(FieldCard):
    """Warrants, the promise, the agreement with providers."""

    def __init__(
        self, agency: Agency, texts: Sequence[tuple[str, Text]], words: Words, theme: Theme
    ) -> None:
        super().__init__(words.text("Policies"), theme)
        self._words, language = words, words.language
        self.warrants = self.picker(
            words.text("Warrant checks"), agency.warrant_policy,
            [(code, words.text(said)) for code, said in WARRANT_POLICIES.items()],
        )  # fmt: skip
        shown = [(name, title.said_in(language)) for name, title in texts]
        if agency.no_arrest_text not in {name for name, _ in shown}:
            shown.append((agency.no_arrest_text, agency.no_arrest_text))
        statement = words.text("“No arrest” statement")
        self.statement = self.picker(statement, agency.no_arrest_text, shown)
        day = words.text("Signed on (month/day/year; empty: not signed yet)")
        self.signed = self.line(day, as_typed(agency.no_arrest_signed))
        told = words.text("Refuse letters to providers without an agreement (MOU) in force")
        self.mou = self.tick(told, is_on=agency.mou_required)

    def problems(self) -> list[ToMend]:
        """What is missing or wrong, from the top."""
        signed = self.signed.text().strip()
        if not signed or typed_day(signed) is not None:
            return []
        told = self._words.text("Enter the date as month/day/year, for example 11/2/2026.")
        return [(told, self.signed)]

    def put_into(self, agency: Agency) -> Agency:
        """The same department with what stands here."""
        return replace(
            agency,
            warrant_policy=str(self.warrants.currentData()),
            mou_required=self.mou.isChecked(),
            no_arrest_text=str(self.statement.currentData()),
            no_arrest_signed=str(typed_day(self.signed.text()) or ""),
        )


class SigningCard(FieldCard):
    """The rules of signing in, and the second factor with the reason where it is off."""

    def __init__(self, agency: Agency, words: Words, theme: Theme) -> None:
        super().__init__(words.text("Signing in"), theme)
        self._words = words
        titles = policy_titles(words.language)
        rules = [(ident, title) for ident, title in titles if read_policy(ident).id == ident]
        self.policy = self.picker(words.text("Rules of signing in"), agency.sign_in_policy, rules)
        self.factor = self.picker(
            words.text("Second proof"), agency.second_factor,
            [(code, words.text(said)) for code, said in _FACTORS.items()],
        )  # fmt: skip
        self.reason = self.line(
            words.text("Why there is no code, in your own words"), agency.second_factor_reason
        )
        told = words.text(
            "Without a code this department does not meet the CJIS rules for signing in. The trust "
            "page says so, with your reason."
        )
        self.warning = muted(told)
        self.box.addWidget(self.warning)
        self.factor.currentIndexChanged.connect(self._follow)
        self._follow()

    def problems(self) -> list[ToMend]:
        """A reason is missing."""
        if self._is_on() or self.reason.text().strip():
            return []
        return [(self._words.text("Say why there is no code."), self.reason)]

    def put_into(self, agency: Agency) -> Agency:
        """The same department with what stands here."""
        return replace(
            agency,
            sign_in_policy=str(self.policy.currentData()),
            second_factor=str(self.factor.currentData()),
            second_factor_reason="" if self._is_on() else self.reason.text().strip(),
        )

    def _is_on(self) -> bool:
        return str(self.factor.currentData()) == "required"

    def _follow(self) -> None:
        self.reason.setEnabled(not self._is_on())
        self.warning.setVisible(not self._is_on())
