"""docs/bundle-format.md is enough: Debian's `jose`, zstd and a few lines of Python read a bundle.

Nothing of ours is used to read; what is expected stands in the document.
"""

import hashlib
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import system_packages
import zstandard
from keyed_stations import BACK, FIRST, FRONT, Department

from intake_app.domain.exchange import Marker, Receipt, Stream
from intake_app.domain.ids import Epoch
from intake_app.domain.roles import Compartment
from intake_app.exchange import marker, parcels, receipts, segments, snapshots
from intake_app.exchange.bundles import BundlePlace, write_bundle
from intake_app.exchange.marker import write_marker
from intake_app.exchange.receipts import write_receipt
from intake_app.settings.stores import KINDS
from intake_app.vault.jose import PublicKey, base

CARE, STATION = Compartment.CARE, Compartment.STATION
STREAM = Stream(FRONT, FIRST)
DOCUMENT = Path(__file__).parents[2] / "docs" / "bundle-format.md"
pytestmark = pytest.mark.system


def jose(*command: str, key: dict[str, str], text: str) -> bytes:
    """What the tool says of a signed or sealed text; fails where the tool is not installed."""
    tool = shutil.which("jose")
    assert tool, "install Debian's jose (python3 build/test does)"
    whole = [tool, *command, "-i", "-", "-k", "/dev/fd/3"]
    shell = ["bash", "-c", '"$@" 3<<<"$KEY"', "jose", *whole]
    answer = subprocess.run(
        shell, input=text.encode(), env={"KEY": json.dumps(key), "PATH": "/usr/bin:/bin"},
        capture_output=True, check=False,
    )  # fmt: skip
    if answer.returncode:
        raise ValueError(f"{command} refused")
    return answer.stdout


def verified(key: PublicKey, text: str) -> dict[str, Any]:
    return json.loads(jose("jws", "ver", "-O", "-", key=key.jwk, text=text))


def opened(key: bytes, token: str) -> list[dict[str, Any]]:
    """As the document says: a block, its frame, its lines."""
    jwk = {"kty": "oct", "k": base(key)}
    block = jose("jwe", "dec", key=jwk, text=token)
    length = int.from_bytes(block[:4], "big")
    assert len(block) in {4096 * 4**power for power in range(8)}
    assert not block[4 + length :].strip(b"\0")
    plain = zstandard.ZstdDecompressor().decompress(block[4 : 4 + length], allow_extra_data=False)
    return [json.loads(line) for line in plain.decode().split("\n")[:-1]]


def test_with_the_keys_alone_every_line_is_read(department: Department) -> None:
    told = {"id": "é", "n": 1}
    lines = {CARE: [json.dumps(told).encode()], STATION: []}
    data = write_bundle(department.sealing(FRONT), BundlePlace(STREAM, 1, ""), Epoch(""), lines)

    first, *tokens, rest = data.decode("ascii").split("\n")
    said = verified(department.station_keys[FRONT], first)
    assert (rest, len(tokens)) == ("", 4)
    assert {name: said[name] for name in ("v", "type", "n", "previous", "parent")} == {
        "v": 1, "type": "bundle", "n": 1, "previous": "", "parent": "",
    }  # fmt: skip
    for token, (_, sha256, length) in zip(tokens, said["segments"], strict=True):
        assert (hashlib.sha256(token.encode()).hexdigest(), len(token)) == (sha256, length)
    assert [generation for generation, _, _ in said["segments"]] == [1, 1, 0, 0]
    assert opened(department.insides[STATION].generations[1], tokens[0]) == []
    assert opened(department.insides[CARE].generations[1], tokens[1]) == [told]


def test_receipts_and_markers_too(department: Department) -> None:
    agency = department.agency
    receipt = Receipt(agency, STREAM, 1, {}, {}, {})
    text = write_receipt(department.sealing(FRONT), receipt)
    assert verified(department.station_keys[FRONT], text)["type"] == "receipt"
    text = write_marker(department.sealing(FRONT), Marker(agency, "hub-1", "stick", 1, (), 1))
    assert verified(department.ada.sign, text)["act"] == "marker"


def test_another_key_reads_nothing(department: Department) -> None:
    place = BundlePlace(STREAM, 1, "")
    data = write_bundle(department.sealing(FRONT), place, Epoch(""), {CARE: []})
    first, _, care, *_ = data.decode("ascii").split("\n")
    with pytest.raises(ValueError, match="jws"):
        verified(department.station_keys[BACK], first)
    with pytest.raises(ValueError, match="jwe"):
        opened(department.insides[STATION].generations[1], care)


def test_the_tool_is_among_what_the_tests_install() -> None:
    assert "jose" in system_packages.TOOLS


def test_the_document_names_the_bounds_that_the_program_keeps() -> None:
    said = DOCUMENT.read_text("utf-8")
    bounds = [
        f"{parcels.MOST_SEGMENT:,} bytes", f"{parcels.MOST_PARCEL:,} bytes",
        f"{parcels.MOST_SIGNED >> 10} KiB |",
        f"at most {segments.MOST_PLAIN >> 20} MiB, in at most {segments.MOST_LINES:,} lines of "
        f"at most {segments.MOST_LINE >> 20} MiB",
        f"station's key, at most {receipts.MOST >> 20} MiB",
        f"at most {receipts.MOST_PURGED:,} orders", f"at most {receipts.MOST_NEED:,}",
        f"own key, at most {marker.MOST >> 10} KiB",
        f"same station, at most {snapshots.MOST_END >> 20} MiB",
        f"at most {snapshots.MOST_PARTS:,}",
    ]  # fmt: skip
    assert [bound for bound in bounds if bound not in said] == []
    assert set(re.findall(r"`(folder|stick|webdav|s3|azure)`", said)) == set(KINDS)
