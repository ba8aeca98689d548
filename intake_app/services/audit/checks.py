"""What the trust page says of the audit trail and of the clock."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from intake_app.domain.audit_trail import Looked, Standing, placed
from intake_app.domain.notable import clock_steps
from intake_app.domain.roles import Compartment
from intake_app.domain.trust import Check, Light
from intake_app.services.audit.batches import newest_batches
from intake_app.services.audit.review import unreviewed
from intake_app.services.desk import Desk
from intake_app.services.records.file_words import file_in_words
from intake_app.settings.audit_policy import read_audit_policy
from intake_app.words import Words
from intake_app.words.dates import moment_in_words

_LAST: Final = 2_000
"""Lines of a file that are looked at for steps of the clock."""

_NEWS: Final = timedelta(days=7)
_AHEAD: Final = timedelta(days=1)
_BATCHES: Final = 24


def check_audit(desk: Desk, words: Words) -> Sequence[Check]:
    """The chains of the files, and the weeks that wait for their review."""
    return (_chains(desk, words), _weeks(desk, words))


def check_clock(desk: Desk, words: Words) -> Check:
    """Whether the clock went back, or is not what other computers show."""
    say = words.text
    title, now = say("Clock"), desk.clock.now()
    newest = max(_times(desk), default=None)
    limit = timedelta(minutes=read_audit_policy().clock_minutes)
    if newest is not None and newest > now + limit:
        told = say(
            "The newest entry is of {moment}, later than this computer's clock.",
            moment=moment_in_words(newest.astimezone(desk.clock.local().tzinfo), words.language),
        )
        return Check("clock", Light.RED, title, told, say("Set the clock of this computer right."))
    step = _last_step(desk, limit)
    if step is not None and step > now - _NEWS:
        moment = moment_in_words(step.astimezone(desk.clock.local().tzinfo), words.language)
        told = say("The clock was put back on {moment}.", moment=moment)
        to_do = say("Let the computer set its clock by itself, and ask who changed it.")
        return Check("clock", Light.AMBER, title, told, to_do)
    return Check("clock", Light.GREEN, title, say("It runs forward, and agrees with what is kept."))


# --- inside ---------------------------------------------------------------------------------


def _chains(desk: Desk, words: Words) -> Check:
    say = words.text
    title = say("Audit trail")
    standings = _standings(desk)
    broken = [file_in_words(file, words) for file, one in standings if one is Standing.BROKEN]
    if broken:
        told = say("Lines were changed or taken out: {files}.", files=", ".join(broken))
        to_do = say(
            "Do not work on. Keep this computer as it is, and tell the chief and the person who "
            "looks after security."
        )
        return Check("audit", Light.RED, title, told, to_do)
    lost = [file_in_words(file, words) for file, one in standings if one is Standing.PUT_BACK]
    if lost:
        told = say("After a backup was put back, newer lines are missing: {files}.",
                   files=", ".join(lost))  # fmt: skip
        return Check("audit", Light.AMBER, title, told, say("Note in the weekly review why."))
    looked = desk.audit.looked if desk.audit else dict[Compartment, Looked]()
    lines = sum(one.lines for one in looked.values())
    told = say("Every line is in its place ({n} lines of open files).", n=lines)
    return Check("audit", Light.GREEN, title, told)


def _standings(desk: Desk) -> list[tuple[Compartment, Standing]]:
    """Of open files what was found; of the others what their holders found last."""
    if desk.audit is None:
        return []
    found = {file: one.standing for file, one in desk.audit.looked.items()}
    station = desk.audit.trails[Compartment.STATION].station
    newest = newest_batches(desk, _BATCHES)
    for file in Compartment:
        mine = (one for one in newest if (one.station, one.file) == (station, file))
        if file not in found and (batch := next(mine, None)) is not None:
            found[file] = batch.standing
    return sorted(found.items())


def _weeks(desk: Desk, words: Words) -> Check:
    title = words.text("Weekly audit review")
    waiting, late = unreviewed(desk)
    if late:
        told = words.plural(
            "{n} week waits for its review, and is late.",
            "{n} weeks wait for their review, and are late.", late,
        )  # fmt: skip
        to_do = words.text("The privacy officer looks through them under Audit and signs.")
        return Check("audit_review", Light.AMBER, title, told, to_do)
    if waiting:
        told = words.plural(
            "{n} week waits for its review.", "{n} weeks wait for their review.", waiting
        )
        return Check("audit_review", Light.GREEN, title, told)
    return Check("audit_review", Light.GREEN, title, words.text("Every week was reviewed."))


def _times(desk: Desk) -> list[datetime]:
    """When the newest lines were written: of open files, and of what other stations sent."""
    if desk.audit is None:
        return []
    found: list[datetime] = []
    for trail in desk.audit.trails.values():
        last = trail.after(trail.head().n - 1, 1)
        found += [datetime.fromisoformat(line.at) for line in last]
    here = desk.audit.trails[Compartment.STATION].station
    for batch in newest_batches(desk, _BATCHES):
        if batch.station != here:  # another clock may be a little ahead
            found.append(datetime.fromisoformat(batch.until) - _AHEAD)
    return found


def _last_step(desk: Desk, least: timedelta) -> datetime | None:
    """The last moment before the clock of this computer was put back."""
    found: list[datetime] = []
    if desk.audit is None:
        return None
    for file, trail in desk.audit.trails.items():
        begin = trail.place(max(trail.head().n - _LAST, trail.anchor().n))
        if begin is not None:
            lines = placed((trail.station, trail.epoch, file), begin, trail.after(begin.n))
            found += [datetime.fromisoformat(x.line.at) for x in clock_steps(lines, least)]
    return max(found, default=None)
