"""When a case counts as silent, as rows of data."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from alongside.care.journey.tables.files import read_data
from alongside.care.journey.types import DutyHolder, OwnEvent, ProgressEvent
from alongside.care.journey.types.silence import SilenceRule
from alongside.foundation.lib.datafile import Row, read_rows, read_toml

FILE = "silence.toml"
REPORT, ANY = "report", "*"
KNOWN = frozenset({*ProgressEvent, *OwnEvent, REPORT})


def load_silence(text: str) -> tuple[SilenceRule, ...]:
    """Read the rules of silence, in the order in which they are shown."""
    rows = read_toml(text, "silence", name=FILE)
    return read_rows(rows, _silence, key=lambda rule: rule.code)


def silence_on(day: date) -> tuple[SilenceRule, ...]:
    """The rules of silence in force on a day, in their order."""
    return tuple(rule for rule in SILENCE if rule.holds_on(day))


def _silence(row: Row) -> SilenceRule:
    field, values = _only(row)
    standard, enhanced = row.whole("standard"), row.whole("enhanced")
    if enhanced > standard:
        raise row.wrong("enhanced", "must be no longer than standard")
    return SilenceRule(
        code=row.text("code"),
        label=row.text("label"),
        asks=row.text("asks"),
        ask_of=row.one_of("ask_of", DutyHolder),
        after=_events(row, "after"),
        counted_from=row.text("counted_from"),
        only_field=field,
        only_values=values,
        ends=_events(row, "ends"),
        unsettled=row.yes("unsettled"),
        standard=standard,
        enhanced=enhanced,
        **row.provenance(),
    )


def _only(row: Row) -> tuple[str, frozenset[str]]:
    given: Mapping[str, Any] = row.table("only")
    if len(given) > 1:
        raise row.wrong("only", "names one field")
    field = next(iter(given), "")
    if not field:
        return "", frozenset()
    return field, Row(f"{row.where}, only", given).names(field)


def _events(row: Row, key: str) -> frozenset[str]:
    names = row.names(key)
    if not names:
        raise row.wrong(key, "is missing")
    if key == "ends" and names == {ANY}:
        return names
    unknown = sorted(names - KNOWN)
    if unknown:
        raise row.wrong(key, f"names {unknown[0]}, which nobody knows")
    return names


SILENCE = load_silence(read_data(FILE))
