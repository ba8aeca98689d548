"""Signing in and setting up: what the lock screen asks of the program; `app.py` answers."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from intake_app.domain.roles import Role
from intake_app.domain.text import Text
from intake_app.services.desk import Desk
from intake_app.services.needs.signing import Proofs
from intake_app.services.signing.bringing_back import BringBackGate
from intake_app.services.signing.joining import JoinGate
from intake_app.settings.agency import Agency
from intake_app.settings.profile import TrainingPerson


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody who will be able to sign in.

    Attributes:
        user_name: What they sign in with.
        shown_name: What colleagues and papers see: "M. Hale".
        passphrase: Their first one; never kept.
        roles: Their hats; who has several chooses one at each sign-in.
    """

    user_name: str
    shown_name: str
    passphrase: str
    roles: frozenset[Role]

    def __repr__(self) -> str:
        """Without the passphrase."""
        return f"NewPerson({self.user_name!r})"


@dataclass(frozen=True, slots=True)
class SetUp:
    """What the set-up pages have asked.

    Attributes:
        agency: The department and its policies.
        people: At least one administrator and one coordinator.
        read_walk_ins: User names of those who may read walk-ins (hold the key of `care`).
        card_plan: "either" (each recovery card opens alone) or "two_of_three".
        approved_only: Passphrases are stretched by an approved algorithm (PBKDF2, SP 800-132),
            which holds less against guessing than the usual one (Argon2id).
    """

    agency: Agency
    people: tuple[NewPerson, ...]
    read_walk_ins: tuple[str, ...] = ()
    card_plan: str = "either"
    approved_only: bool = False


@dataclass(frozen=True, slots=True)
class SetUpDone:
    """What set-up made.

    Attributes:
        cards: The recovery cards, a PDF for each, because each goes to another place; shown and
            printed once, never kept.
    """

    cards: tuple[bytes, ...]

    def __repr__(self) -> str:
        """Without the cards."""
        return f"SetUpDone({len(self.cards)} cards)"


class Steps(Proofs, Protocol):
    """What is asked between a right passphrase and the desk: `coming_in.ComingIn`.

    Each of them gives the desk, or raises the next step: `EnterCode`, `NewPassphrase`, `SetUpCode`,
    `ChooseHat`.
    """

    def enter_code(self, code: str) -> Desk:
        """After `EnterCode`: a code of the phone, or a printed one.

        Raises:
            WrongCode: Counted like a wrong passphrase (`CodeUsed`: it was right once).
            ClockWrong: It is of a phone, and the clock cannot be right; not counted.
            LockedOut: Too many tries.
            WaitAWhile: The same, where nobody could release it.
            BeginAgain: Back to user name and passphrase.
        """
        ...

    def choose_passphrase(self, new: str) -> Desk:
        """After `NewPassphrase`.

        Raises:
            WeakPassphrase: It is too weak, or was used before; its kind says why.
            BeginAgain: Back to user name and passphrase.
        """
        ...

    def confirm_code(self, code: str) -> Desk:
        """After `SetUpCode`: the first code of what was offered last.

        Raises:
            WrongCode: It is none of what was offered.
            BeginAgain: Back to user name and passphrase, or nothing was offered.
        """
        ...


class Gate(Protocol):
    """The way in, for one profile. All but the properties are called on the worker thread."""

    folder: Path

    @property
    def is_training(self) -> bool:
        """Whether this profile holds fictional people only."""
        ...

    @property
    def joining(self) -> JoinGate:
        """The way into a department that works on other computers already."""
        ...

    @property
    def bringing_back(self) -> BringBackGate:
        """The way back from a backup."""
        ...

    def has_department(self) -> bool:
        """Whether the profile has been set up."""
        ...

    def department(self) -> str:
        """Name of the department, readable before anybody has signed in; or empty."""
        ...

    def banner(self, language: str) -> str:
        """The system-use notice."""
        ...

    def releasers(self) -> tuple[str, ...]:
        """Shown names of those who can release a locked sign-in."""
        ...

    def training_people(self) -> tuple[TrainingPerson, ...]:
        """Who can sign in to a training profile; nobody is told in a real one."""
        ...

    def leave_training(self) -> None:
        """Go back to the profile that this training belongs to."""
        ...

    def suggest_passphrase(self) -> str:
        """Four random words."""
        ...

    def no_arrest_texts(self) -> tuple[tuple[str, Text], ...]:
        """The "no arrest" texts that can be signed: name and title."""
        ...

    def unlock(self, user_name: str, passphrase: str, hat: Role | None = None) -> Desk:
        """Open the files for this person; slow on purpose.

        Args:
            user_name: Who.
            passphrase: Theirs; never kept.
            hat: The role that they work in; needed only where they have several.

        Raises:
            EnterCode: A second proof is asked for: go on with `steps`, or `lock`.
            NewPassphrase: The passphrase must be replaced: the same.
            SetUpCode: The second proof is set up now: the same.
            ChooseHat: They have several roles: go on with `wear`, or `lock`.
            NotAllowed: This is not a role of theirs, or they have none.
            WrongPassphrase: They do not match; counted.
            LockedOut: Too many tries.
            StoreMissing: A file is not there; none is made in its place.
            DeviceSecretMissing: This computer has lost its part of the key.
        """
        ...

    @property
    def steps(self) -> Steps:
        """What is asked besides the passphrase, of who has just typed it.

        Raises:
            BeginAgain: Nobody has.
        """
        ...

    def wear(self, hat: Role) -> Desk:
        """Go on after `ChooseHat`; quick: the passphrase was checked.

        Where a step before it is missing, it is raised again.

        Raises:
            NoGrant: Nobody has just signed in.
            NotAllowed: This is not a role of theirs.
        """
        ...

    def recover(self, card_words: str, user_name: str, passphrase: str) -> None:
        """With a recovery card: a new passphrase and new keys for somebody; logged.

        Raises:
            BadRecoveryCard: A word is wrong, or another card is needed.
            WrongPassphrase: There is nobody of this name.
            WeakPassphrase: The new passphrase is too weak.
        """
        ...

    def set_up(self, asked: SetUp) -> SetUpDone:
        """Make the profile.

        Raises:
            VaultExists: There is one already.
            WeakPassphrase: A passphrase is too short or too common.
        """
        ...

    def begin_training(self) -> None:
        """Go on in the training profile; it is made where there is none yet."""
        ...

    def lock(self) -> None:
        """Close the files and drop the keys; waits for the write in progress."""
        ...
