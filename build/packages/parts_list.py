"""The list of parts (SBOM) as CycloneDX 1.6 JSON: what is in the package, not what might have been.

The same input gives the same bytes: the serial number is made of the content, and the time is that
of the commit.
"""

# pyright: basic, reportMissingImports=false
# CycloneDX is in the environment that packs (requirements/ship.lock), not in that of the checks.

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from cyclonedx.factory.license import LicenseFactory
from cyclonedx.model import ExternalReference, ExternalReferenceType, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

from packages.source import Source
from packages.third_party import Shipped

ON_PYPI = "pkg:pypi/"


class NotValid(Exception):
    """The list is not what the CycloneDX schema asks for."""


def write(place: Path, shipped: Sequence[Shipped], source: Source) -> None:
    """Write the list.

    Raises:
        NotValid: It would not be valid; nothing was written.
    """
    text = text_of(shipped, source)
    mistake = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if mistake:
        raise NotValid(str(mistake))
    place.write_text(text, "utf-8")


def text_of(shipped: Sequence[Shipped], source: Source) -> str:
    """The list as it is written."""
    licenses = LicenseFactory()
    program = Component(
        name="intake-app", version=source.version, type=ComponentType.APPLICATION,
        licenses=[licenses.make_from_string("Apache-2.0")], bom_ref="intake-app",
    )  # fmt: skip
    parts = {one.name: _component(one, licenses) for one in shipped}
    bom = Bom(
        components=parts.values(), serial_number=_serial(shipped, source),
    )  # fmt: skip
    bom.metadata.component = program
    bom.metadata.timestamp = datetime.fromtimestamp(source.moment, UTC)
    by_plain = {one.name.casefold().replace("_", "-").replace(".", "-"): parts[one.name]
                for one in shipped}  # fmt: skip
    for one in shipped:
        needs = [by_plain[name] for name in one.requires if name in by_plain]
        held = [parts[inner.name] for inner in shipped if inner.of and inner.of
                == one.name.casefold().replace("_", "-")]  # fmt: skip
        bom.register_dependency(parts[one.name], [*needs, *held])
    bom.register_dependency(program, [parts[one.name] for one in shipped if not one.of])
    return JsonV1Dot6(bom).output_as_string(indent=1)


def _component(one: Shipped, licenses: LicenseFactory) -> Component:
    url = PackageURL.from_string(one.source) if one.source.startswith(ON_PYPI) else None
    places = [(ExternalReferenceType.WEBSITE, one.home)]
    if not url:
        places.append((ExternalReferenceType.SOURCE_DISTRIBUTION, one.source))
    return Component(
        name=one.name, version=one.version, type=ComponentType.LIBRARY, purl=url,
        bom_ref=f"{one.name}@{one.version}", description=one.about or None,
        licenses=[licenses.make_from_string(one.license)] if one.license else (),
        external_references=[
            ExternalReference(type=kind, url=XsUri(place)) for kind, place in places if place
        ],
    )  # fmt: skip


def _serial(shipped: Sequence[Shipped], source: Source) -> uuid.UUID:
    told = [f"{one.name}@{one.version}" for one in shipped]
    return uuid.uuid5(uuid.NAMESPACE_URL, " ".join([source.name, str(source.moment), *told]))
