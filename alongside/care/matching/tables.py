"""The lists and numbers of matching as rows of data, checked at the start."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from alongside.care.matching.types import (
    Filler,
    FillerKind,
    GuardRow,
    Limits,
    MatchLimit,
    NameFamily,
    Street,
    Why,
)
from alongside.foundation.lib.datafile import BadDataFile, Row, read_rows, read_toml

DATA = Path(__file__).parent / "data"
LIMITS_FILE = DATA / "limits.toml"
GUARDS_FILE = DATA / "guards.toml"
NAMES_FILE = DATA / "names.toml"
FILLERS_FILE = DATA / "placeholders.toml"
STREETS_FILE = DATA / "streets.toml"
START_FILE = DATA / "models" / "start.json"


def load_limits(text: str) -> dict[str, MatchLimit]:
    """Read the numbers: exactly those that are used."""
    rows = read_toml(text, "limit", name=LIMITS_FILE.name)
    limits = {row.code: row for row in read_rows(rows, _limit, key=lambda r: r.code)}
    if limits.keys() != set(Limits._fields):
        raise BadDataFile(f"{LIMITS_FILE.name}: does not hold exactly the limits used")
    rising = ("review", "review_apart", "link", "link_apart")
    numbers = [limits[code].number for code in rising]
    if numbers != sorted(numbers):
        raise BadDataFile(f"{LIMITS_FILE.name}: would link what is not worth a look")
    return limits


def arrange_limits(rows: Mapping[str, MatchLimit]) -> Limits:
    """The numbers alone, each of its type."""
    kinds: Mapping[str, Callable[[float], Any]] = Limits.__annotations__
    return Limits(**{code: kinds[code](rows[code].number) for code in Limits._fields})


def load_guards(text: str) -> dict[Why, GuardRow]:
    """Read the words of the guards: every rule has its row."""
    rows = read_toml(text, "guard", name=GUARDS_FILE.name)
    guards = {row.code: row for row in read_rows(rows, _guard, key=lambda r: r.code)}
    if guards.keys() != set(Why):
        raise BadDataFile(f"{GUARDS_FILE.name}: a rule has no row")
    return guards


def load_names(text: str) -> tuple[NameFamily, ...]:
    """Read the families of given names: no form stands for two names."""
    rows = read_toml(text, "family", name=NAMES_FILE.name)
    families = read_rows(rows, _family, key=lambda row: row.root)
    seen: set[str] = set()
    for family in families:
        if seen & (own := {family.root} | family.forms):
            raise BadDataFile(f"{NAMES_FILE.name}: {family.root} shares a form")
        seen |= own
    return families


def arrange_names(families: tuple[NameFamily, ...]) -> dict[str, str]:
    """The common form of every form."""
    return {form: family.root for family in families for form in family.forms}


def load_fillers(text: str) -> dict[FillerKind, Filler]:
    """Read the words that say nothing: every kind has its row."""
    rows = read_toml(text, "placeholder", name=FILLERS_FILE.name)
    fillers = {row.kind: row for row in read_rows(rows, _filler, key=lambda r: r.kind)}
    if fillers.keys() != set(FillerKind):
        raise BadDataFile(f"{FILLERS_FILE.name}: a kind of placeholder has no row")
    return fillers


def load_streets(text: str) -> dict[str, str]:
    """Read the short forms of the words of addresses."""
    rows = read_toml(text, "street", name=STREETS_FILE.name)
    return {r.short: r.full for r in read_rows(rows, _street, key=lambda r: r.short)}


def load_model(text: str) -> dict[str, Any]:
    """Read weights as JSON. `rules.weights` says whether they can be used."""
    model = json.loads(text)
    if not isinstance(model, dict):
        raise BadDataFile(f"{START_FILE.name}: is not a table of weights")
    return model


def common_given_names(model: Mapping[str, Any]) -> frozenset[str]:
    """The given names that the weights of a model know the frequency of, word by word.

    Only common names are counted in a model, so these are names and not slips.
    """
    counted = model["frequencies"]["given"]
    return frozenset(word for names in counted for word in names.split())


def _limit(row: Row) -> MatchLimit:
    return MatchLimit(
        code=row.text("code"),
        number=row.number("number"),
        meaning=row.text("meaning"),
        **row.provenance(),
    )


def _guard(row: Row) -> GuardRow:
    return GuardRow(
        code=row.one_of("code", Why), words=row.text("words"), **row.provenance()
    )


def _family(row: Row) -> NameFamily:
    family = NameFamily(
        root=row.text("root"),
        forms=row.names("forms"),
        origin=row.text("origin"),
        prefix=row.yes("prefix"),
        **row.provenance(),
    )
    if family.root in family.forms:
        raise row.wrong("forms", "holds the common form itself")
    return family


def _filler(row: Row) -> Filler:
    values = row.names("values")
    if not values:
        raise row.wrong("values", "is missing")
    return Filler(
        kind=row.one_of("kind", FillerKind), values=values, **row.provenance()
    )


def _street(row: Row) -> Street:
    return Street(short=row.text("short"), full=row.text("full"), **row.provenance())


LIMIT_ROWS = load_limits(LIMITS_FILE.read_text(encoding="utf-8"))
LIMITS = arrange_limits(LIMIT_ROWS)
GUARDS = load_guards(GUARDS_FILE.read_text(encoding="utf-8"))
FAMILIES = load_names(NAMES_FILE.read_text(encoding="utf-8"))
ROOTS = arrange_names(FAMILIES)
PREFIXES = frozenset(family.root for family in FAMILIES if family.prefix)
FILLERS = {
    kind: row.values
    for kind, row in load_fillers(FILLERS_FILE.read_text(encoding="utf-8")).items()
}
STREETS = load_streets(STREETS_FILE.read_text(encoding="utf-8"))
START = load_model(START_FILE.read_text(encoding="utf-8"))
