"""Joins the parts: builds everything once, and hands it on. No rules live here.

What is heavy (databases, paper, forms, keys) is imported by the factories below when it is first
needed, so that the lock screen is painted at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from intake_app.entrance import Entrance
from intake_app.makers import LatePress
from intake_app.settings import profile
from intake_app.settings.profile import Told, keep_told
from intake_app.settings.sign_in_policy import read_policy
from intake_app.wiring.parts import TRAINING as TRAINING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from intake_app.domain.text import Text
    from intake_app.services.signing.signing_in import NewPerson, SetUp, SetUpDone
    from intake_app.settings.agency import Agency
    from intake_app.vault.cards import Card


class ProfileGate(Entrance):
    """The way into a profile, and its making; see `services.signing.signing_in.Gate`."""

    # --- setting up -------------------------------------------------------------------------

    def set_up(self, asked: SetUp) -> SetUpDone:
        """Make the profile: keys, the four files, the department, the recovery cards."""
        from intake_app.services.signing.signing_in import SetUpDone

        cards = self.found(asked, use_keyring=True, is_typed_by_one=True)
        return SetUpDone(tuple(self._card_pdf(card, asked.agency) for card in cards))

    def found(
        self, asked: SetUp, *, use_keyring: bool, is_training: bool = False,
        is_typed_by_one: bool = False,
    ) -> tuple[Card, ...]:  # fmt: skip
        """The same without paper; also for training.

        Args:
            asked: What was asked.
            use_keyring: Whether this computer's keyring holds a part of the keys.
            is_training: Only fictional people are in it.
            is_typed_by_one: The first person typed the passphrases of all: they know them, so
                that the others must choose their own at their first sign-in.
        """
        from intake_app.services.signing.setting_up import releasers_among, roles_asked
        from intake_app.vault.founding import NewDepartment
        from intake_app.vault.founding import NewPerson as Newcomer
        from intake_app.vault.kdf import APPROVED, USUAL
        from intake_app.vault.vault import Vault
        from intake_app.wiring.parts import make_files

        people = tuple(
            Newcomer(p.user_name, p.shown_name, p.passphrase, roles_asked(p, asked),
                     is_once=is_typed_by_one and place > 0)
            for place, p in enumerate(asked.people)
        )  # fmt: skip
        plan = {"two_of_three": "pairs"}.get(asked.card_plan, "either")
        policy = read_policy(asked.agency.sign_in_policy)
        new = NewDepartment(
            "", people, card_plan=plan, use_keyring=use_keyring, names=(asked.agency.name,),
            policy=policy, kdf=APPROVED if asked.approved_only else USUAL,
        )  # fmt: skip
        self._loaded, keys, cards = Vault.create(self.folder, new, self._clock)
        try:
            make_files(self.folder, keys, asked.agency, self._clock, is_training=is_training)
        finally:
            keys.drop()
        releasers = releasers_among(people)
        keep_told(self.folder, Told(asked.agency.name, releasers, is_training, policy.id))
        return cards

    def begin_training(self) -> None:
        """Go on in the training profile beside this one; a whole one is not made again."""
        from intake_app.services.training.training import DEMO_PEOPLE

        training = profile.training_folder(self.folder)
        if not profile.read_training_people(training):
            profile.clear_unfinished_training(training)
            ProfileGate(training, self._clock).make_training(training, DEMO_PEOPLE, seed=1)
        self._go_to(training)

    def make_training(self, folder: Path, people: int, seed: int) -> tuple[NewPerson, ...]:
        """A profile of fictional people; returns who can sign in."""
        from intake_app.services.training.training import fictional_department, fill_training

        self._go_to(folder)
        asked = fictional_department(seed)
        self.found(asked, use_keyring=False, is_training=True)
        fill_training(self, asked, people, seed)
        kept = ((p.user_name, next(iter(p.roles)), p.passphrase) for p in asked.people)
        profile.keep_training_people(folder, [profile.TrainingPerson(*p) for p in kept])
        return asked.people

    def training_people(self) -> tuple[profile.TrainingPerson, ...]:
        """Who can sign in to a training profile."""
        return profile.read_training_people(self.folder)

    def leave_training(self) -> None:
        """Go back to the profile that this training belongs to."""
        self._go_to(profile.home_of_training(self.folder) or self.folder)

    def suggest_passphrase(self) -> str:
        """Four random words."""
        from intake_app.vault.passphrase import suggest_passphrase

        return suggest_passphrase()

    def no_arrest_texts(self) -> tuple[tuple[str, Text], ...]:
        """The "no arrest" texts that can be signed."""
        from intake_app.settings.agency import Agency

        return self._library(Agency()).no_arrest_texts()

    def _go_to(self, folder: Path) -> None:
        self.lock()
        self.folder, self._loaded = folder, None

    def _card_pdf(self, card: Card, agency: Agency) -> bytes:
        from intake_app.services.cards.sheets import CardWords, card_sheet
        from intake_app.words import Words

        told = CardWords(card.number, card.needed, card.words, card.department)
        return LatePress().print(card_sheet(told, agency.name, Words(agency.languages[0])))


def open_window(
    profile: Path, start_words: Sequence[str], *, paint_only: bool, file: Path | None = None
) -> int:
    """Show the window of a profile until it is closed; returns the exit code.

    Args:
        profile: Its folder.
        start_words: What starts the program again.
        paint_only: End after the first paint.
        file: What somebody double-clicked: the window says what it is.
    """
    from functools import partial

    from intake_app.makers import window_makers
    from intake_app.ui.running.start import run_window

    tell = None
    if file is not None:
        from intake_app.ui.outside.file_notice import file_notice

        tell = partial(file_notice, file)
    return run_window(
        ProfileGate(profile), profile, window_makers(shows_tour=True), start_words,
        paint_only=paint_only, tell=tell,
    )  # fmt: skip
