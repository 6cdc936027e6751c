"""The files in `data/`, read and checked once when the service starts."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from alongside.care.code_rights.tables.checking import check_kind
from alongside.care.code_rights.tables.reading import read_kind
from alongside.care.code_rights.types import Body, ChildLimit, ChildRule, RightKind
from alongside.foundation.lib.datafile import BadDataFile, Row, read_rows, read_toml

DATA = Path(__file__).parent.parent / "data"


def load_bodies(text: str) -> dict[str, Body]:
    """Read who takes steps."""
    rows = read_rows(
        read_toml(text, "body", name="bodies.toml"), _body, key=lambda row: row.code
    )
    return {row.code: row for row in rows}


def load_child_limits(text: str) -> dict[ChildRule, ChildLimit]:
    """Read until when somebody who was a child may claim."""
    name = "child_limits.toml"
    rows = read_rows(read_toml(text, "limit", name=name), _limit, key=lambda r: r.code)
    return {row.code: row for row in rows}


def load_kinds(
    files: Mapping[str, str], bodies: Mapping[str, Body]
) -> dict[tuple[str, int], RightKind]:
    """Read kinds of rights, each text under its file's name, in the order of the
    rights of the Code.

    Raises:
        BadDataFile: one cannot be used, or is not called after what is in it. Names
            the file and every problem.
    """
    found: list[RightKind] = []
    for name, text in files.items():
        kind = read_kind(text, name=name)
        problems = [*check_kind(kind, bodies)]
        if name != f"{kind.code}.{kind.version}.toml":
            problems.append("is not called after its code and version")
        if problems:
            raise BadDataFile(f"{name}: {'; '.join(problems)}")
        found.append(kind)
    found.sort(key=lambda kind: (kind.right, kind.title, kind.version))
    return {(kind.code, kind.version): kind for kind in found}


def kind_at(code: str, version: int) -> RightKind:
    """A version of a kind. KeyError where there is none."""
    return KINDS[code, version]


def kinds_on(on: date) -> dict[str, RightKind]:
    """The version of each kind that a record begun on the day goes by."""
    newest: dict[str, RightKind] = {}
    for kind in KINDS.values():
        known = newest.get(kind.code)
        if kind.holds_on(on) and (known is None or known.version < kind.version):
            newest[kind.code] = kind
    return newest


def _body(row: Row) -> Body:
    return Body(code=row.text("code"), label=row.text("label"), **row.provenance())


def _limit(row: Row) -> ChildLimit:
    return ChildLimit(
        code=row.one_of("code", ChildRule),
        majority=row.whole("majority"),
        birthday=row.whole("birthday"),
        months=row.whole("months"),
        **row.provenance(),
    )


def _text(name: str) -> str:
    return (DATA / name).read_text(encoding="utf-8")


BODIES = load_bodies(_text("bodies.toml"))
CHILD_LIMITS = load_child_limits(_text("child_limits.toml"))
KINDS = load_kinds(
    {
        file.name: file.read_text(encoding="utf-8")
        for file in sorted((DATA / "kinds").glob("*.toml"))
    },
    BODIES,
)
