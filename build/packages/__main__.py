"""`python3 build/package`: the folder, its licenses and parts list, and this system's package."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from packages import checksums, deb, freezing, parts_list, third_party
from packages.source import Source

KINDS = ("deb", "folder")


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python3 build/package", description=__doc__)
    usual = "deb" if sys.platform == "linux" else "folder"
    parser.add_argument(
        "kind", nargs="?", choices=KINDS, default=usual,
        help="deb: for Debian and Ubuntu; folder: what installers of other systems are made of",
    )  # fmt: skip
    parser.add_argument("--commit", help="pack what was committed there, not what lies here")
    parser.add_argument("--version", help="another version than pyproject.toml says; for tests")
    parser.add_argument(
        "--to", type=Path, default=Path("dist"), help="where finished files go (default: dist)"
    )
    parser.add_argument("--quick", action="store_true", help="hardly compress; for tests")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str]) -> int:
    """Do all of it. Returns the exit status."""
    asked = parse(arguments)
    out: Path = asked.to.resolve()
    out.mkdir(parents=True, exist_ok=True)
    with Source.take(asked.commit, asked.version) as source:
        folder = freezing.freeze(source)
        shipped = third_party.shipped_in(folder)
        without = third_party.write(folder, shipped, source)
        if without:
            print("No license text is known for:", *without, file=sys.stderr)
            return 1
        parts_list.write(out / f"{source.name}.cdx.json", shipped, source)
        if sys.platform == "darwin":  # the application was made before the texts were there
            third_party.write(folder.with_name("Intake.app"), shipped, source)
        if asked.kind == "deb":
            deb.build(folder, out, source, is_quick=asked.quick)
    checksums.write(out)
    print(*sorted(path.name for path in out.iterdir()), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
