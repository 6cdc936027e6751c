"""Purposes, lawful bases, and who may consent at what age, as rows of data."""

from pathlib import Path

from alongside.care.consent.types import Basis, BasisCode, Giver, GivingRule, Purpose
from alongside.foundation.lib.datafile import BadDataFile, Row, read_rows, read_toml
from alongside.walls.bits import FACETS

DATA = Path(__file__).parent / "data"
PURPOSES_FILE = DATA / "purposes.toml"
BASES_FILE = DATA / "bases.toml"
GIVING_FILE = DATA / "giving.toml"


def load_purposes(text: str) -> dict[str, Purpose]:
    """Read the purposes, in the order of the file."""
    rows = read_toml(text, "purpose", name=PURPOSES_FILE.name)
    return {r.code: r for r in read_rows(rows, _purpose, key=lambda r: r.code)}


def load_bases(text: str) -> dict[BasisCode, Basis]:
    """Read the lawful bases: every one has its row."""
    rows = read_toml(text, "basis", name=BASES_FILE.name)
    found = {r.code: r for r in read_rows(rows, _basis, key=lambda r: r.code)}
    if found.keys() != set(BasisCode):
        raise BadDataFile(f"{BASES_FILE.name}: a basis has no row")
    for row in found.values():
        if row.is_consent and row.against_wishes:
            raise BadDataFile(f"{BASES_FILE.name}: {row.code} overrides a refusal")
    return found


def load_giving(text: str) -> tuple[GivingRule, ...]:
    """Read who may consent: everyone who can give has a rule."""
    rows = read_toml(text, "giving", name=GIVING_FILE.name)
    found = read_rows(rows, _giving, key=lambda row: (row.giver, row.from_age))
    if {row.giver for row in found} != set(Giver):
        raise BadDataFile(f"{GIVING_FILE.name}: somebody who may give has no rule")
    return found


def facets_of(mask: int) -> tuple[str, ...]:
    """The facets in a mask, in the order of the walls."""
    return tuple(name for name, bit in FACETS.items() if mask & bit)


def _purpose(row: Row) -> Purpose:
    facets = row.names("facets")
    if not facets or not facets <= FACETS.keys():
        raise BadDataFile(f"{row.where}: facets names no part of a case")
    return Purpose(
        code=row.text("code"),
        label=row.text("label"),
        meaning=row.text("meaning"),
        facets=facets,
        to_others=row.yes("to_others"),
        **row.provenance(),
    )


def _basis(row: Row) -> Basis:
    return Basis(
        code=row.one_of("code", BasisCode),
        label=row.text("label"),
        meaning=row.text("meaning"),
        article=row.text("article"),
        is_consent=row.yes("is_consent"),
        against_wishes=row.yes("against_wishes"),
        **row.provenance(),
    )


def _giving(row: Row) -> GivingRule:
    return GivingRule(
        giver=row.one_of("giver", Giver),
        from_age=row.whole("from_age"),
        below_age=row.whole_or_none("below_age"),
        needs_assessment=row.yes("needs_assessment"),
        needs_unsafe=row.yes("needs_unsafe"),
        why=row.text("why"),
        **row.provenance(),
    )


PURPOSES = load_purposes(PURPOSES_FILE.read_text(encoding="utf-8"))
BASES = load_bases(BASES_FILE.read_text(encoding="utf-8"))
GIVING = load_giving(GIVING_FILE.read_text(encoding="utf-8"))
