"""Joins what makes this computer a station of a department that exists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intake_app.domain.roles import Compartment
from intake_app.wiring.parts import TRAINING, begin_file, version_here

if TYPE_CHECKING:
    from pathlib import Path

    from intake_app.domain.clock import Clock
    from intake_app.services.signing.joining import Joined
    from intake_app.storage.compartment import Compartment as File
    from intake_app.vault.enrolment import Answer
    from intake_app.vault.joining import Joining


class Join:
    """Becomes a station of a department that exists; fits `services.signing.joining.JoinGate`.

    Args:
        folder: The profile that is to be.
        clock: Its clock.
    """

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder, self._clock = folder, clock

    def is_begun(self) -> bool:
        """Whether this computer has asked, and was not answered yet."""
        return self._joining().is_begun

    def ask(self, place: Path | None) -> tuple[str, ...]:
        """Ask to be let in; see `JoinGate.ask`."""
        from intake_app.exchange.boxes import Box
        from intake_app.services.exchanging.places_of_joining import put_into, request_name

        request = self._joining().request(version_here())
        name, data = request_name(request.station), request.text.encode()
        Box(self._folder / "out").put(name, data)
        if place is not None:
            put_into(place, name, data)
        return request.words

    def read_answer(self, place: Path | None) -> Joined:
        """Read the answer, and become a station; see `JoinGate.read_answer`."""
        from intake_app.domain.enrolment_errors import NoAnswerYet
        from intake_app.exchange.boxes import Box
        from intake_app.services.exchanging.places_of_joining import (
            answer_name,
            get_from,
            request_name,
            take_away,
        )
        from intake_app.services.signing.joining import Joined
        from intake_app.vault.wordlist import fingerprint

        joining = self._joining()
        station = joining.request(version_here()).station
        name = answer_name(station)
        data = get_from(place, name) if place else Box(self._folder / "in").get(name)
        if data is None:
            raise NoAnswerYet
        answer = joining.read(data)
        self._become(joining, answer)
        if place is not None:
            take_away(place, name, request_name(station))
        words = fingerprint(answer.registry.genesis_hash)
        return Joined(answer.told.department, answer.letter, words)

    def give_up(self) -> None:
        """Forget the request."""
        self._joining().give_up()

    def _become(self, joining: Joining, answer: Answer) -> None:
        """All steps; the key file is what makes it a station, and each may be done again."""
        from intake_app.settings.profile import Told, keep_told
        from intake_app.storage.beside import make_beside, move_in

        path = self._folder / f"{Compartment.STATION}.db"
        own = joining.prepare(answer)
        make_beside(path, answer.file_key, (self._clock, own.station, own.epoch),
                    lambda file: _fill_station(file, answer))  # fmt: skip
        keep_told(self._folder, Told(answer.told.department, (), answer.told.is_training))
        joining.settle(answer)
        move_in(path)
        sweep_joining(self._folder, self._clock)

    def _joining(self) -> Joining:
        from intake_app.vault.joining import Joining

        return Joining(self._folder, self._clock)


def sweep_joining(folder: Path, clock: Clock) -> None:
    """What joining needed goes, once this is a station: its request, the answer, the keys."""
    from intake_app.exchange.boxes import Box
    from intake_app.services.exchanging.places_of_joining import ANSWERS, REQUESTS
    from intake_app.vault.joining import Joining

    joining = Joining(folder, clock)
    if not joining.is_left:
        return
    for tray, part in ((Box(folder / "out"), REQUESTS), (Box(folder / "in"), ANSWERS)):
        for name in tray.names(part):
            tray.remove(name)
    joining.give_up()


def _fill_station(file: File, answer: Answer) -> None:
    from intake_app.domain.act import Act
    from intake_app.domain.change import Change
    from intake_app.domain.ids import UserId

    changes = [Change.from_line(line.encode()) for line in answer.told.lines]
    file.apply(changes, Act(UserId(answer.by), "join department"))
    begin_file(file, Compartment.STATION, answer.inside, answer.registry)
    file.set_meta(TRAINING, "yes" if answer.told.is_training else "")
