"""Rows of data: rights, limits, exemptions, retention, words for what is held."""

from pathlib import Path

from alongside.care.information_rights.types import (
    AgeBand,
    BlackoutReason,
    Exemption,
    HeldTable,
    LimitCode,
    RetentionRow,
    RightKind,
    RightRow,
    RightsLimit,
)
from alongside.foundation.lib.datafile import BadDataFile, Row, read_rows, read_toml

DATA = Path(__file__).parent / "data"


def load_rights(text: str) -> dict[RightKind, RightRow]:
    """Read the rights: every kind has its row."""
    rows = read_rows(
        read_toml(text, "right", name="rights.toml"), _right, key=lambda row: row.kind
    )
    if {row.kind for row in rows} != set(RightKind):
        raise BadDataFile("rights.toml: a right has no row")
    return {row.kind: row for row in rows}


def load_limits(text: str) -> dict[LimitCode, RightsLimit]:
    """Read the numbers: every one has its row."""
    rows = read_rows(
        read_toml(text, "limit", name="limits.toml"), _limit, key=lambda row: row.code
    )
    if {row.code for row in rows} != set(LimitCode):
        raise BadDataFile("limits.toml: a limit has no row")
    return {row.code: row for row in rows}


def load_exemptions(text: str) -> dict[str, Exemption]:
    """Read why a request may be refused."""
    rows = read_toml(text, "exemption", name="exemptions.toml")
    found = read_rows(rows, _exemption, key=lambda row: row.code)
    return {row.code: row for row in found}


def load_blackouts(text: str) -> dict[str, BlackoutReason]:
    """Read why something may be blacked out of a pack."""
    rows = read_toml(text, "blackout", name="blackouts.toml")
    found = read_rows(rows, _blackout, key=lambda row: row.code)
    return {row.code: row for row in found}


def load_retention(text: str) -> tuple[RetentionRow, ...]:
    """Read how long records are kept. No heading of endings may have two rules."""
    rows = read_toml(text, "retention", name="retention.toml")
    found = read_rows(rows, _retention, key=lambda row: row.code)
    headings = [heading for row in found for heading in row.endings]
    if len(headings) != len(set(headings)):
        raise BadDataFile("retention.toml: an ending has two rules")
    if sum(not row.endings for row in found) != 1:
        raise BadDataFile("retention.toml: no one rule for people without a case")
    return found


def load_bands(text: str) -> tuple[AgeBand, ...]:
    """Read the age bands, youngest first, from birth on."""
    rows = read_toml(text, "band", name="retention.toml")
    found = read_rows(rows, _band, key=lambda row: row.least)
    ages = [row.least for row in found]
    if ages != sorted(ages) or ages[0] != 0:
        raise BadDataFile("retention.toml: age bands must rise from 0")
    return found


def load_held(text: str) -> dict[str, HeldTable]:
    """Read the words for what is held. A column is shown or hidden, never both."""
    rows = read_toml(text, "held", name="held.toml")
    found = read_rows(rows, _held, key=lambda row: row.table)
    return {row.table: row for row in found}


def limit(code: LimitCode) -> int:
    """The number of a limit, in the unit its row says."""
    return LIMITS[code].number


def _right(row: Row) -> RightRow:
    return RightRow(
        kind=row.one_of("kind", RightKind),
        label=row.text("label"),
        meaning=row.text("meaning"),
        article=row.text("article"),
        **row.provenance(),
    )


def _limit(row: Row) -> RightsLimit:
    return RightsLimit(
        code=row.one_of("code", LimitCode),
        number=row.whole("number"),
        meaning=row.text("meaning"),
        **row.provenance(),
    )


def _exemption(row: Row) -> Exemption:
    kinds = row.names("kinds")
    if not kinds or not kinds <= set(RightKind):
        raise row.wrong("kinds", "must name rights")
    return Exemption(
        code=row.text("code"),
        label=row.text("label"),
        words=row.text("words"),
        kinds=frozenset(RightKind(kind) for kind in kinds),
        **row.provenance(),
    )


def _blackout(row: Row) -> BlackoutReason:
    return BlackoutReason(
        code=row.text("code"),
        label=row.text("label"),
        words=row.text("words"),
        **row.provenance(),
    )


def _retention(row: Row) -> RetentionRow:
    months, days = row.whole_or_none("months") or 0, row.whole_or_none("days") or 0
    if bool(months) == bool(days):
        raise row.wrong("months", "or days must be given, and not both")
    return RetentionRow(
        code=row.text("code"),
        label=row.text("label"),
        meaning=row.text("meaning"),
        endings=row.names("endings"),
        months=months,
        days=days,
        child_until_age=row.whole_or_none("child_until_age"),
        **row.provenance(),
    )


def _band(row: Row) -> AgeBand:
    return AgeBand(
        least=row.whole("least"), label=row.text("label"), **row.provenance()
    )


def _held(row: Row) -> HeldTable:
    fields = {str(key): str(value) for key, value in row.table("fields").items()}
    hidden, free, others = row.names("hidden"), row.names("free"), row.names("others")
    if hidden & fields.keys():
        raise row.wrong("hidden", "names a column that is shown")
    if not (free | others) <= fields.keys():
        raise row.wrong("free", "or others names a column that is not shown")
    return HeldTable(
        table=row.text("table"),
        heading=row.text("heading"),
        reached=row.text("reached"),
        fields=fields,
        hidden=hidden,
        free=free,
        others=others,
        **row.provenance(),
    )


def _read(name: str) -> str:
    return (DATA / name).read_text(encoding="utf-8")


RIGHTS = load_rights(_read("rights.toml"))
LIMITS = load_limits(_read("limits.toml"))
EXEMPTIONS = load_exemptions(_read("exemptions.toml"))
BLACKOUTS = load_blackouts(_read("blackouts.toml"))
RETENTION = load_retention(_read("retention.toml"))
AGE_BANDS = load_bands(_read("retention.toml"))
HELD = load_held(_read("held.toml"))
