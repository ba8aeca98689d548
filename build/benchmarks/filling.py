"""The exchange end to end: from the log through a sealed bundle to merged records; a first fill.

One profile seals, signs, checks and opens with its own keys, so nothing of the work is left out
but the carrying.
"""

import json
import shutil
import subprocess
import time
from collections.abc import Generator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.full_profile import make_profile
from benchmarks.measurement import CannotMeasure, Goal, Measurement, Room, Side, Sides
from benchmarks.merging import ACT, SENDER, file_in, intakes, streams_of
from intake_app.app import ProfileGate
from intake_app.domain.change import Change
from intake_app.domain.exchange import SEGMENTS, Mark, Stream
from intake_app.domain.ids import Epoch
from intake_app.domain.roles import Compartment as Name
from intake_app.exchange.boxes import Box
from intake_app.exchange.bundles import BundlePlace, read_bundle, write_bundle
from intake_app.exchange.outgoing import MOST
from intake_app.exchange.snapshots import (
    OpenedSnapshot,
    SnapshotFile,
    SnapshotWriter,
    part_name,
    parts_of,
    read_end,
)
from intake_app.storage.compartment import Compartment
from intake_app.vault.exchange_keys import ExchangeKeys
from intake_app.vault.own_streams import OwnStreams

_PATIENCE = 900

_POUCH = """
const PouchDB = require("pouchdb"), fs = require("fs");
(async () => {
  const [folder, file] = process.argv.slice(2);
  const here = new PouchDB(folder + "/here"), there = new PouchDB(folder + "/there");
  const docs = fs.readFileSync(file, "utf8").trim().split("\\n").map((line) => {
    const said = JSON.parse(line);
    return { _id: said.record, user: said.user, kind: said.kind, fields: said.fields };
  });
  for (let n = 0; n < docs.length; n += 1000) await here.bulkDocs(docs.slice(n, n + 1000));
  const start = process.hrtime.bigint();
  const told = await PouchDB.replicate(here, there, { batch_size: 1000, batches_limit: 10 });
  console.log(JSON.stringify({
    ms: Number(process.hrtime.bigint() - start) / 1e6, count: told.docs_written }));
  await here.close(); await there.close();
})().catch((error) => { console.error(String(error)); process.exit(1); });
"""


@dataclass(frozen=True, slots=True)
class Sealed:
    """Keys of a small profile, as somebody of the front desk holds them, and its own stream."""

    keys: ExchangeKeys
    stream: Stream


@contextmanager
def sealing(room: Room) -> Generator[Sealed]:
    """Keys that open `care`."""
    profile = room.once("sealing", lambda folder: make_profile(folder / "profile", 20))
    gate, keys = ProfileGate(profile.folder), profile.keys()
    gate.open_desk(keys)
    try:
        yield Sealed(ExchangeKeys(keys), OwnStreams.of(profile.folder).stream)
    finally:
        gate.lock()


def source_of(folder: Path, changes: Sequence[Change]) -> Compartment:
    """A file in which all these wait to be sent."""
    file = file_in(folder, SENDER.station)
    file.apply(changes, ACT)
    return file


@contextmanager
def prepare_pipe(room: Room) -> Generator[Sides]:
    """Both start from what lies on the disk and end with what lies on the disk elsewhere."""
    folder = room.folder / "pipe"
    folder.mkdir()
    changes = intakes(2_000 if room.is_quick else 20_000)
    with sealing(room) as sealed:

        def ours() -> float:
            with closing(source_of(folder, changes)) as here, closing(file_in(folder)) as there:
                start = time.perf_counter()
                _send(sealed, here, there, folder)
                taken = (time.perf_counter() - start) * 1000
                if len(there.order("intake")) != len(changes):
                    raise CannotMeasure("not all arrived")
                return taken

        yield Sides(ours, _pouch(folder, changes))


def _send(sealed: Sealed, here: Compartment, there: Compartment, folder: Path) -> None:
    box, streams, stream = Box(folder / "out"), streams_of(here), sealed.stream
    n, before = 0, ""
    while streams.waiting():
        n += 1
        place = BundlePlace(stream, n, before)
        lines = {name: None for name in SEGMENTS} | {Name.CARE: streams.cut(stream, n, MOST)}
        box.put(f"s/{n}", write_bundle(sealed.keys, place, Epoch(""), lines))
        streams.sealed(stream, n)
        opened = read_bundle(sealed.keys, box.get(f"s/{n}") or b"", place)
        streams_of(there).take(stream, n, opened.open(Name.CARE), ACT)
        before = opened.sha256


def _pouch(folder: Path, changes: Sequence[Change]) -> Side | None:
    """PouchDB with leveldb on both ends; None where npm is not there, or cannot fetch it."""
    if shutil.which("npm") is None or shutil.which("node") is None:
        return None
    home = folder / "pouch"
    home.mkdir()
    (home / "replicate.js").write_text(_POUCH)
    (home / "docs").write_bytes(b"\n".join(one.line for one in changes))
    asked = ["npm", "install", "--no-audit", "--no-fund", "--silent", "pouchdb@9"]
    if subprocess.run(asked, cwd=home, capture_output=True, check=False).returncode != 0:
        return None

    def side() -> float:
        data = home / "data"
        shutil.rmtree(data, ignore_errors=True)
        data.mkdir()
        command = ["node", "replicate.js", str(data), str(home / "docs")]
        done = subprocess.run(
            command, cwd=home, capture_output=True, text=True, check=False, timeout=_PATIENCE
        )
        told = json.loads(done.stdout or "{}")
        if told.get("count") != len(changes):
            raise CannotMeasure(f"PouchDB: {done.stderr.strip()[-200:]}")
        return float(told["ms"])

    return side


@contextmanager
def prepare_fill(room: Room) -> Generator[Sides]:
    """Parts are checked, opened and merged one after the other, as a new station does it."""
    folder = room.folder / "fill"
    folder.mkdir()
    changes, box = intakes(2_500 if room.is_quick else 50_000), Box(folder / "in")
    with sealing(room) as sealed:
        with closing(source_of(folder, changes)) as here:
            end = _snapshot(sealed, here, box)
        opened = read_end(sealed.keys, sealed.stream, "fill", end)

        def ours() -> float:
            with closing(file_in(folder)) as there:
                start = time.perf_counter()
                _fill(there, opened, box)
                taken = time.perf_counter() - start
                if len(there.order("intake")) != len(changes):
                    raise CannotMeasure("not all arrived")
                return taken

        yield Sides(ours)


def _snapshot(sealed: Sealed, here: Compartment, box: Box) -> bytes:
    streams, stream = streams_of(here), sealed.stream
    streams.cut(stream, 1, 10**12)
    streams.sealed(stream, 1)
    writer = SnapshotWriter(sealed.keys, stream, "fill")
    for lines in parts_of({Name.CARE: streams.snapshot()}):
        box.put(*writer.part(lines))
    count = sum(1 for _ in streams.snapshot())
    files = {Name.CARE: SnapshotFile(1, streams.applied(), streams.set_digest().hex(), count)}
    return writer.end(files, {stream.name: Mark(1, "ab" * 32)})[1]


def _fill(there: Compartment, opened: OpenedSnapshot, box: Box) -> None:
    streams, last = streams_of(there), len(opened.end.parts) - 1
    for part in range(last + 1):
        data = box.get(part_name("fill", part)) or b""
        lines = opened.part(part, data).open(Name.CARE)
        applied = opened.end.files[Name.CARE].applied if part == last else None
        streams.take_snapshot(part, lines, applied, ACT, "fill")


MEASUREMENTS = (
    Measurement(
        "20,000 changes from log to bundle to merged / PouchDB", "ms", Goal(times=0.67),
        prepare_pipe,
    ),
    Measurement("first fill of 50,000 intakes from a snapshot", "s", Goal(units=20), prepare_fill),
)  # fmt: skip
