"""What the product is made of: packages, their licences, and a bill of materials.

python -m scripts.licences             exit 1 after naming what may not be shipped
python -m scripts.licences --sbom FILE also write a CycloneDX 1.6 bill of materials

Reads the locks and what the installed packages say of themselves: no registry is asked.
"""

import argparse
import json
import re
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
NOTES = ROOT / "docs" / "assurance" / "dependencies.toml"
PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^ ;\\]+)")
VIA = re.compile(r"^    #(?: via)?(?:  +| )(\S.*)$")
OURS = "-r requirements/base.in"
# Copyleft that would bind the whole product. LGPL does not: its packages stay apart
# and can be exchanged.
REFUSED = re.compile(r"\bA?GPL|(?<!Lesser )(?<!Library )General Public", re.I)


@dataclass(frozen=True, kw_only=True)
class Package:
    """One thing shipped. `needed_by` is empty where we ask for it ourselves."""

    name: str
    version: str
    kind: str  # pypi or npm, as in a package URL
    licence: str
    needed_by: tuple[str, ...]
    why: str


def read_notes() -> dict[str, dict[str, str]]:
    """What we say ourselves: `why` each package is here, `licence` where unclear."""
    return tomllib.loads(NOTES.read_text(encoding="utf-8"))


def packages() -> list[Package]:
    """Everything shipped, by name."""
    return [*_of_python(), *_of_node()]


def _of_python() -> Iterator[Package]:
    notes = read_notes()
    text = (ROOT / "requirements" / "base.txt").read_text(encoding="utf-8")
    for entry in re.split(r"\n(?=[A-Za-z0-9])", text):
        if found := PINNED.match(entry):
            name, via = found[1], list(_via(entry))
            yield Package(
                name=name,
                version=found[2],
                kind="pypi",
                licence=notes["licence"].get(name) or stated(name),
                needed_by=() if OURS in via else tuple(sorted(via)),
                why=notes["why"].get(name, ""),
            )


def _via(entry: str) -> Iterator[str]:
    for line in entry.splitlines():
        found = VIA.match(line)
        if found and found[1] != "via":
            yield found[1]


def _of_node() -> Iterator[Package]:
    """What the style sheet and scripts on pages are built from."""
    notes = read_notes()
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    for path, locked in lock["packages"].items():
        if path and not locked.get("dev"):
            name = path.removeprefix("node_modules/")
            yield Package(
                name=name,
                version=locked["version"],
                kind="npm",
                licence=locked.get("license", ""),
                needed_by=(),
                why=notes["why"].get(name, ""),
            )


@cache
def stated(name: str) -> str:
    """The licence an installed package states; empty where it is not here or silent."""
    try:
        said: Any = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return ""
    if expression := said.get("License-Expression"):
        return str(expression)
    classed = [
        one.rpartition("::")[2].strip()
        for one in said.get_all("Classifier") or []
        if one.startswith("License ::")
    ]
    return " AND ".join(classed) or str(said.get("License") or "").partition("\n")[0]


def problems() -> Iterator[str]:
    """What may not be shipped, or about which we know too little, in words."""
    for package in packages():
        if not package.licence:
            yield f"{package.name}: its licence is not known; read it, write it down"
        elif is_refused(package.licence):
            yield f"{package.name}: {package.licence} would bind the whole product"
        if not package.needed_by and not package.why:
            yield f"{package.name}: dependencies.toml does not say why it is needed"
    named = {package.name for package in packages()}
    for name in sorted({n for part in read_notes().values() for n in part} - named):
        yield f"{name}: dependencies.toml speaks of it, and it is not shipped"


def is_refused(licence: str) -> bool:
    """Would every way of taking this licence bind the whole product?"""
    return all(REFUSED.search(choice) for choice in licence.split(" OR "))


BEGINNING = """\
<!-- Written by `python -m scripts.assurance`. Change the locks or `dependencies.toml`,
not this page. -->

# What the product is made of

Every package of the locks that a site runs (`requirements/base.txt`, and of
`package-lock.json` what is built into pages). Tools of the workshop are in
`requirements/dev.txt` and are not shipped. Licences are what each package states of
itself, or what we read in its licence file. A licence that would bind the whole product
(GPL, AGPL) stops `make check`.

A bill of materials in CycloneDX 1.6 for a vulnerability scanner: `make sbom`.

| package | version | from | licence | why it is here |
| --- | --- | --- | --- | --- |
"""


def page() -> str:
    """The list of what is shipped, as a page."""
    lines = (
        f"| {p.name} | {p.version} | {p.kind} | {p.licence} | {_reason(p)} |\n"
        for p in packages()
    )
    return BEGINNING + "".join(lines)


def _reason(package: Package) -> str:
    by = f"needed by {', '.join(package.needed_by)}" if package.needed_by else ""
    return "; ".join(filter(None, [package.why, by]))


def bill() -> dict[str, Any]:
    """A bill of materials as CycloneDX 1.6. The same locks, the same bill."""
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": "alongside",
                "name": "alongside",
                "licenses": [{"expression": "MIT"}],
            }
        },
        "components": [_component(package) for package in packages()],
    }


def _component(package: Package) -> dict[str, Any]:
    url = f"pkg:{package.kind}/{package.name}@{package.version}"
    return {
        "type": "library",
        "bom-ref": url,
        "name": package.name,
        "version": package.version,
        "purl": url,
        "licenses": [{"license": {"name": package.licence}}],
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Name what may not be shipped; write the bill where one is asked for."""
    parser = argparse.ArgumentParser(description="Packages and their licences.")
    parser.add_argument("--sbom", type=Path, help="write a bill of materials here")
    target = parser.parse_args(arguments).sbom
    if target:
        target.write_text(json.dumps(bill(), indent=2) + "\n", encoding="utf-8")
    found = list(problems())
    for problem in found:
        print(problem, file=sys.stderr)
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
