"""Reads a file of providers: HSDS 3 as JSON, as a folder or zip of CSV tables, or one plain CSV.

The file comes from outside and may be anything. Nothing is unpacked to disk, nothing larger than
20 MB is read, and what cannot be read is named.
"""

import csv
import stat
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path, PurePosixPath

from intake_app.domain.errors import BadImport
from intake_app.domain.provider_file import ProviderFile
from intake_app.settings.resources import path as shipped
from intake_app.tables.csv_file import decode, read_csv
from intake_app.tables.hsds_join import HsdsJoin
from intake_app.tables.hsds_json import HsdsJson, parse_json
from intake_app.tables.hsds_names import TABLES
from intake_app.tables.rows import MAX_BYTES, Findings, Tables
from intake_app.tables.simple_csv import NEEDED, SimpleCsv

_MOST_MEMBERS = 200
_COMPRESSIONS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}


class ProviderFiles:
    """Reads files of providers; see `services.providers.providers.preview_import`."""

    def __init__(self, types: Mapping[str, str] | None = None) -> None:
        """Make a reader.

        Args:
            types: Service type ids by the words they are known under, in lower case; without
                them, those of the shipped code table.
        """
        self._types = service_words() if types is None else types

    def read(self, path: Path) -> ProviderFile:
        """Read a file or folder.

        Args:
            path: A .json, .csv or .zip file, or a folder of .csv files.

        Raises:
            BadImport: It cannot be read at all; the detail is a line number or a table name.
        """
        try:
            if path.is_dir():
                return self._tables(_folder(path))
            if path.stat().st_size > MAX_BYTES:
                raise BadImport("20 MB")
            raw = path.read_bytes()
        except OSError as error:
            raise BadImport from error
        if raw.startswith(b"PK"):
            return self._tables(_unzipped(raw))
        if path.suffix.casefold() == ".json" or decode(raw).lstrip()[:1] in {"{", "["}:
            return self._json(raw)
        return self._tables([(path.name, raw)])

    def _json(self, raw: bytes) -> ProviderFile:
        findings = Findings()
        taken = HsdsJson(findings)
        taken.read(parse_json(raw))
        join = HsdsJoin(taken.tables, findings, self._types)
        return join.read(is_whole=taken.is_whole)

    def _tables(self, files: Iterable[tuple[str, bytes]]) -> ProviderFile:
        findings = Findings()
        tables: Tables = {}
        for name, raw in files:
            names, rows = read_csv(name, raw, findings)
            if set(names) >= NEEDED:
                sheet = SimpleCsv(names, findings)
                for row in rows:
                    sheet.read(row)
                return HsdsJoin(sheet.tables, findings, self._types).read(is_whole=False)
            tables.setdefault(TABLES.get(PurePosixPath(name).stem.casefold(), ""), []).extend(rows)
        if "service" not in tables and "organization" not in tables:
            raise BadImport("services.csv")
        is_whole = {"service", "organization"} <= tables.keys()
        return HsdsJoin(tables, findings, self._types).read(is_whole=is_whole)


def service_words() -> dict[str, str]:
    """Service type ids by their English and Spanish names, from the shipped code table."""
    table = shipped("resources", "codes", "services.csv")
    if not table.is_file():
        return {}
    words: dict[str, str] = {}
    with table.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            for name in ("id", "en", "es"):
                words.setdefault((row.get(name) or "").casefold(), row["id"])
    words.pop("", None)
    return words


def _folder(path: Path) -> Iterator[tuple[str, bytes]]:
    left = MAX_BYTES
    for file in sorted(path.glob("*.csv")):
        if _is_table(file.name) and file.is_file() and not file.is_symlink():
            left -= file.stat().st_size
            if left < 0:
                raise BadImport("20 MB")
            yield file.name, file.read_bytes()


def _unzipped(raw: bytes) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            members = [m for m in archive.infolist() if not m.is_dir()]
            _refuse_tricks(members)
            for member in members:
                name = PurePosixPath(member.filename).name
                if _is_table(name):
                    yield name, archive.read(member)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError) as error:
        raise BadImport("zip") from error


def _refuse_tricks(members: list[zipfile.ZipInfo]) -> None:
    """No way out of the folder, no link, nothing that swells, nothing twice."""
    names = [member.filename.casefold() for member in members]
    is_fair = (
        len(members) <= _MOST_MEMBERS
        and len(names) == len(set(names))
        and sum(member.file_size for member in members) <= MAX_BYTES
        and all(_is_plain(member) for member in members)
    )
    if not is_fair:
        raise BadImport("zip")


def _is_plain(member: zipfile.ZipInfo) -> bool:
    place = PurePosixPath(member.filename)
    is_inside = not place.is_absolute() and ".." not in place.parts
    has_odd_letters = any(letter in member.filename for letter in "\\:\0")
    is_link = stat.S_ISLNK(member.external_attr >> 16)
    is_readable = member.compress_type in _COMPRESSIONS and not member.flag_bits & 1
    return is_inside and not has_odd_letters and not is_link and is_readable


def _is_table(name: str) -> bool:
    place = PurePosixPath(name)
    return place.suffix.casefold() == ".csv" and place.stem.casefold() in TABLES
