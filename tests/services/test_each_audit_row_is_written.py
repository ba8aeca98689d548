"""Each row of CJIS AU-2 and AU-3 has its line: what succeeded and what failed, who, when, which.

The table says what is done, by whom, and what must stand in the trail afterwards.
"""

import ast
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from audit_world import acts, file_of, station_acts, working
from profiles import Profile
from walk_ins import seen, taken

from intake_app.domain.audit_kind import _BEGINNINGS, ActKind, kind_of
from intake_app.domain.errors import IntakeError, NotAllowed, StorageFailed
from intake_app.domain.ids import RecordId
from intake_app.domain.notable import Notable
from intake_app.domain.roles import Compartment, May, Role
from intake_app.services.audit import sayings
from intake_app.services.consents.consents import read_consents
from intake_app.services.desk import Desk
from intake_app.services.follow_up.timeline import print_timeline, timeline_of
from intake_app.services.intakes.attachments import attachments_of
from intake_app.services.intakes.intakes import read_intake
from intake_app.services.intakes.people import find_people, show_names
from intake_app.storage.audit import lines_after

PACKAGE = Path(__file__).parents[2] / "intake_app"
STATION, CARE = Compartment.STATION, Compartment.CARE
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d\d[+-]\d{4}")


def someone(desk: Desk) -> RecordId:
    return find_people(desk, "Whitfield")[0].record


def test_a_moment_has_hundredths_and_its_offset(profile: Profile) -> None:
    with working(profile, Role.FRONT_DESK) as desk:
        taken(desk)
        for name in (STATION, CARE):
            for line in lines_after(file_of(desk, name).database, 0):
                assert MOMENT.fullmatch(line.at)
                assert line.act.user
                assert line.act.outcome in {"done", "refused", "failed"}


def test_who_comes_and_who_leaves(profile: Profile) -> None:
    with working(profile, Role.FRONT_DESK):
        pass
    with working(profile, Role.ADMINISTRATOR) as pruitt:
        told = station_acts(pruitt)
    assert ("sign in as front_desk", "done") in told
    assert ("sign out", "done") in told


def test_who_fails_to_come_in(profile: Profile) -> None:
    for name, phrase in (("mhale", "not the right words"), ("nobody", "not the right words")):
        gate = profile.gate()
        with pytest.raises(IntakeError):
            gate.unlock(name, phrase)
        gate.lock()
    with working(profile, Role.ADMINISTRATOR) as pruitt:
        failed = [one for one in station_acts(pruitt)
                  if kind_of(one[0]) is ActKind.SIGN_IN_FAILED]  # fmt: skip
    assert [outcome for _, outcome in failed] == ["refused", "refused"]


Look = Callable[[Desk, RecordId], object]
LOOKS: list[tuple[Look, str]] = [
    (lambda desk, ident: read_intake(desk, ident), "read intake"),
    (lambda desk, ident: timeline_of(desk, ident, "en"), "read timeline"),
    (lambda desk, _: show_names(desk), "show names"),
    (lambda desk, _: find_people(desk, "Whit"), "find people"),
    (lambda desk, ident: attachments_of(desk, ident), "read attachments"),
    (lambda desk, ident: read_consents(desk, ident), "read consents"),
]


@pytest.mark.parametrize(("act", "what"), LOOKS)
def test_a_look_is_written_and_if_it_cannot_be_there_is_no_look(
    profile: Profile, act: Look, what: str
) -> None:
    with working(profile, Role.FRONT_DESK) as desk:
        taken(desk)
        ident = someone(desk)
        file = file_of(desk, CARE)
        profile.clock.at += timedelta(minutes=2)
        act(desk, ident)
        assert acts(file)[-1] == (what, "done")
        profile.clock.at += timedelta(minutes=2)
        file.database.conn.execute(
            "CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'no'); END"
        )
        with pytest.raises(StorageFailed):
            act(desk, ident)
        file.database.conn.execute("DROP TRIGGER full")


def test_what_is_printed_changed_and_refused(profile: Profile) -> None:
    with working(profile, Role.FRONT_DESK) as desk:
        ident = taken(desk).record
        seen(desk, ident)
        print_timeline(desk, ident, names=False)
        told = acts(file_of(desk, CARE))
        assert kind_of(told[-1][0]) is ActKind.PRINT
        for may in (May.MANAGE_USERS, May.CHANGE_SETTINGS, May.EXPORT_AUDIT, May.OVERRIDE):
            with pytest.raises(NotAllowed):
                desk.require(may)
            assert station_acts(desk)[-1] == (str(may), "refused")


def test_a_line_holds_no_name_and_no_answer(profile: Profile) -> None:
    with working(profile, Role.FRONT_DESK) as desk:
        ident = taken(desk).record
        seen(desk, ident)
        for name in (STATION, CARE):
            text = str(lines_after(file_of(desk, name).database, 0))
            for secret in ("Whitfield", "Jordan", "detox", "M. Hale", "mhale"):
                assert secret not in text


KINDS = {
    "sign in as officer": ActKind.SIGN_IN,
    "sign out": ActKind.SIGN_OUT,
    "wrong passphrase, 2026-11-23T09:30:00.00+0000": ActKind.SIGN_IN_FAILED,
    "locked, 2026-11-23T09:30:00.00+0000": ActKind.SIGN_IN_FAILED,
    "wrong card, 2026-11-23T09:30:00.00+0000": ActKind.SIGN_IN_FAILED,
    "release sign-in": ActKind.ACCOUNT,
    "grant key": ActKind.KEYS,
    "give keys": ActKind.SYSTEM,
    "give key of care": ActKind.KEYS,
    "give one-time passphrase": ActKind.ACCOUNT,
    "user left": ActKind.ACCOUNT,
    "wrong code, 2026-11-23T09:30:00.00+0000": ActKind.SIGN_IN_FAILED,
    "keep roster": ActKind.WRITE,
    "change condition": ActKind.WRITE,
    "approve settings": ActKind.POLICY,
    "make backup": ActKind.BACKUP,
    "audit chain broken in care": ActKind.AUDIT,
    "recover with card": ActKind.KEYS,
    "read intake": ActKind.READ,
    "look for earlier cases": ActKind.READ,
    "show names": ActKind.READ,
    "finish intake": ActKind.WRITE,
    "case reported": ActKind.WRITE,
    "print directory": ActKind.PRINT,
    "print purge certificate": ActKind.END,
    "save sealed file outside": ActKind.EXPORT,
    "note disclosure": ActKind.EXPORT,
    "export audit trail": ActKind.AUDIT,
    "save audit trail outside": ActKind.EXPORT,
    "take consent": ActKind.CONSENT,
    "revoke consent": ActKind.CONSENT,
    "confirm override": ActKind.OVERRIDE,
    "approve purge": ActKind.END,
    "place hold": ActKind.END,
    "change settings": ActKind.POLICY,
    "keep a person from a colleague": ActKind.VEIL,
    "sign off audit week": ActKind.AUDIT,
    "read audit trail": ActKind.AUDIT,
    "take in bundles": ActKind.SYSTEM,
    "renew file key": ActKind.KEYS,
    "report recovery card lost": ActKind.KEYS,
    "add seal key": ActKind.SYSTEM,
    "tell that one works": ActKind.SYSTEM,
    "settle a difference": ActKind.WRITE,
    "approve how long records are kept": ActKind.POLICY,
}


@pytest.mark.parametrize(("what", "kind"), KINDS.items())
def test_a_verb_is_counted_as_what_it_is(what: str, kind: ActKind) -> None:
    assert kind_of(what) is kind


def written_somewhere() -> set[str]:
    """All short texts of the program but those of the table itself."""
    files = (one for one in PACKAGE.rglob("*.py") if one.name != "audit_kind.py")
    nodes = (node for one in files for node in ast.walk(ast.parse(one.read_text("utf-8"))))
    texts = (node.value for node in nodes if isinstance(node, ast.Constant))
    return {text for text in texts if isinstance(text, str) and len(text) < 60}


def test_no_beginning_waits_for_a_verb_that_nobody_writes() -> None:
    """What the table guesses at hides what it misses: "rekey" stood there, "renew file key" not."""
    told = written_somewhere()
    dead = [
        begins for some in _BEGINNINGS.values() for begins in some
        if not any(text.startswith(begins.rstrip(",")) for text in told)
    ]  # fmt: skip
    assert len(told) > 1000
    assert not dead


def test_every_kind_has_its_words() -> None:

    assert set(sayings.KINDS) == set(ActKind)
    assert set(sayings.SEEN) == set(Notable)
