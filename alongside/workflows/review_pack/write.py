"""The pack as files: CSV for people, JSON for machines, and what both mean."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from alongside.care.journey.tables import RULES
from alongside.care.journey.types.compliance import CountBy, Kept
from alongside.workflows.read_compliance import LEAST, Compliance, Group
from alongside.workflows.review_pack.columns import (
    DICTIONARY,
    FILES,
    FORMAT,
    KEPT,
    LIMITS,
    REASONS,
    RECEIPT,
    STANDING,
    Column,
    File,
)
from alongside.workflows.review_pack.read import FACTS, Pack, Period

Line = Sequence[object]
# No number of days is set: none is late, missed or still running.
STANDS = (Kept.MET, Kept.NOT_OWED, Kept.CANNOT_SAY)
TYPES: Mapping[str, Mapping[str, object]] = {
    "text": {"type": "string"},
    "number": {"type": "integer", "minimum": 0},
    "day": {"type": "string", "format": "date"},
}
ABOUT = """How promises of the Victims' Code were kept: pack for the joint review
(Victims and Prisoners Act 2024, sections 6 to 8)

Made for:        {made_for}
Made at:         {made_at}
Services:        {services}
Time reviewed:   {this}
The one before:  {before}
Format:          {format}

What is counted. A promise is one limit of the Code for one person. It counts in the
time in which its last day falls, under the Code and the limit that held when its clock
began: limits.csv has each with where it was read. Promises that were planned anew count
once. What the person may ask for until a day is not counted: nobody owes it yet.

How one stands. met: kept by its last day. late: kept after it. missed: its last day has
passed and nothing shows that it was kept, which is all that can be said. not_owed: for
one of the reasons in reasons.csv. cannot_say: its limit counts from when the body that
owes the news received it, and the news gives one and the same moment for what happened
and for its receipt; receipt.csv says in how many crimes. due: it still runs; no promise
of months that are over does.

Owed without a deadline. For some promises the Code sets no number of days: nobody can
be late with them. owed_without_a_deadline.csv counts them in the time in which they
began to be owed: met where something shows that they were kept, not_owed, or
cannot_say where nobody has said. They are in no other file.

What is hidden, and why. A count from 1 to {most} may tell who somebody is: its cell is
empty, and so are cells from which it could be worked out. The column not_told says
which. 0 is told. Two packs of times that overlap may be compared: look at what was
published before.

What is held of people. What the police or the person said, and no more: a disability is
not told by forces, so that what is counted is whether adjustments are on record.

Where it comes from. Progress messages and outcome codes of the force, referrals, and
what workers wrote down; counted from the service's database at the moment above. Each
column is explained in dictionary.csv, and pack.json holds the same as schema.json
describes.
"""


def write_pack(pack: Pack) -> bytes:
    """The whole pack as a ZIP file; the same pack makes the same bytes."""
    lines = {file.name: list(_lines(pack, file)) for file in FILES}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        _add(archive, pack, "about.txt", _about(pack))
        for file in FILES:
            _add(archive, pack, f"{file.name}.csv", _csv(file, lines[file.name]))
        _add(archive, pack, "pack.json", _json(as_data(pack, lines)))
        _add(archive, pack, "schema.json", _json(schema()))
    return out.getvalue()


def as_data(pack: Pack, lines: Mapping[str, Sequence[Line]]) -> dict[str, Any]:
    """The pack as one document, as `schema` describes it."""
    return {
        "format": FORMAT,
        "made_for": pack.made_for,
        "made_at": pack.made_at.isoformat(),
        "services": list(pack.services),
        "least_told": LEAST,
        **{
            file.name: [
                dict(
                    zip((c.name for c in file.columns), map(_plain, line), strict=True)
                )
                for line in lines[file.name]
            ]
            for file in FILES
        },
    }


def schema() -> dict[str, Any]:
    """The JSON Schema of `pack.json`."""
    own = {
        "format": {"const": FORMAT},
        "made_for": {"type": "string"},
        "made_at": {"type": "string", "format": "date-time"},
        "services": {"type": "array", "items": {"type": "string"}},
        "least_told": {"type": "integer"},
    }
    files = {file.name: _table(file) for file in FILES}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Pack for the joint review of the Victims' Code",
        "type": "object",
        "properties": own | files,
        "required": [*own, *files],
        "additionalProperties": False,
    }


def _table(file: File) -> dict[str, Any]:
    return {
        "type": "array",
        "description": file.line,
        "items": {
            "type": "object",
            "properties": {column.name: _kind(column) for column in file.columns},
            "required": [column.name for column in file.columns],
            "additionalProperties": False,
        },
    }


def _kind(column: Column) -> dict[str, Any]:
    kind = dict(TYPES[column.type])
    if column.may_be_empty and column.type != "text":
        kind = {"anyOf": [kind, {"type": "null"}]}
    return {**kind, "description": column.meaning}


def _lines(pack: Pack, file: File) -> Iterable[Line]:
    if file is LIMITS:
        return _limit_lines()
    if file is DICTIONARY:
        return _dictionary_lines()
    per_period = {
        KEPT: _kept_lines,
        REASONS: _reason_lines,
        RECEIPT: _receipt_lines,
        STANDING: _standing_lines,
    }
    make = per_period[file]
    return (line for period in pack.periods for line in make(pack, period))


def _head(period: Period) -> Line:
    return (period.name, period.since, period.until)


def _kept_lines(pack: Pack, period: Period) -> Iterable[Line]:
    for by in FACTS:
        for group in pack.of(by, period.name).groups:
            yield _group_line(period, by, group, tuple(Kept))


def _standing_lines(pack: Pack, period: Period) -> Iterable[Line]:
    for by in FACTS:
        for group in pack.of(by, period.name).standing:
            yield _group_line(period, by, group, STANDS)


def _group_line(
    period: Period, by: CountBy, group: Group, states: Sequence[Kept]
) -> Line:
    counts = [group.counts[kept] for kept in states]
    hidden = [kept for kept in states if group.counts[kept] is None]
    return (
        *(*_head(period), by.value, group.code, group.label),
        *(*counts, " ".join(hidden)),
    )


def _reason_lines(pack: Pack, period: Period) -> Iterable[Line]:
    for one in _any(pack, period).reasons:
        yield (*_head(period), one.state.value, one.code, one.label, one.promises)


def _receipt_lines(pack: Pack, period: Period) -> Iterable[Line]:
    found = _any(pack, period)
    yield (*_head(period), found.crimes, found.without)


def _any(pack: Pack, period: Period) -> Compliance:
    """What is the same whatever promises are grouped by."""
    return pack.of(CountBy.HOLDER_RIGHT, period.name)


def _limit_lines() -> Iterable[Line]:
    for rule in sorted(RULES, key=lambda one: (one.code, one.in_force_from)):
        yield (
            *(rule.code, rule.code_version, rule.right, rule.label),
            *(rule.duty_holder.value, rule.clock.value, rule.standard.length),
            *(rule.enhanced.length, rule.standard.unit.value, rule.in_force_from),
            *(rule.in_force_until, rule.source, rule.confidence, rule.verified_on),
        )


def _dictionary_lines() -> Iterable[Line]:
    for file in FILES:
        for column in file.columns:
            empty = "yes" if column.may_be_empty else "no"
            yield (file.name, column.name, column.type, empty, column.meaning)


def _about(pack: Pack) -> str:
    this, earlier = (f"{one.since} to before {one.until}" for one in pack.periods)
    return ABOUT.format(
        made_for=pack.made_for,
        made_at=pack.made_at.isoformat(timespec="seconds"),
        services=", ".join(pack.services),
        this=this,
        before=earlier,
        format=FORMAT,
        most=LEAST - 1,
    )


def _csv(file: File, lines: Iterable[Line]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([column.name for column in file.columns])
    writer.writerows(lines)
    return out.getvalue()


def _json(data: object) -> str:
    return json.dumps(data, indent=1, ensure_ascii=False)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _add(archive: zipfile.ZipFile, pack: Pack, name: str, text: str) -> None:
    entry = zipfile.ZipInfo(name, pack.made_at.timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, text)
