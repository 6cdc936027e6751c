"""Judging one referral row: read in full, or the first thing wrong with it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields
from datetime import date, datetime, timedelta
from functools import lru_cache
from operator import itemgetter
from typing import Any

from alongside.care.intake.rules.columns import Unreadable, compile_columns
from alongside.care.intake.rules.holds import find_holds, is_high_risk
from alongside.care.intake.tables import COLUMNS, LIMITS
from alongside.care.intake.types import (
    About,
    DeliveryKind,
    Identity,
    RawRow,
    ReadingContext,
    ReadRow,
    RecordType,
    RowFault,
)
from alongside.foundation.lib.hashes import hash_text
from alongside.foundation.lib.local import local_day
from alongside.foundation.lib.postcodes import Postcode
from alongside.foundation.lib.times import age_on

MISSING = "is missing"
OLDEST_AGE = LIMITS["oldest_age"].number
CLOCK_SLACK = timedelta(hours=LIMITS["clock_slack"].number)

PLAN = compile_columns(DeliveryKind.REFERRALS)
PLACE = {column.name: column.index for column in PLAN}
BLANK = [column.blank for column in PLAN]
# What the loop over every row needs of a column, without looking anything up.
STEPS = tuple((column.index, column.read, column.required) for column in PLAN)

# What a ReadRow holds that is no column by itself, in the order `_build` gives it.
DERIVED = (
    ("identity", "address_lines", "postcode_verified", "mobile_phone_as_given")
    + ("home_phone_as_given", "email_as_given", "postcode_as_given", "high_risk")
    + ("content_hash", "person_hash", "holds")
)
PLACE_OF_FIELD = PLACE | {n: i for i, n in enumerate(DERIVED, start=len(PLAN))}
in_field_order = itemgetter(*(PLACE_OF_FIELD[f.name] for f in fields(ReadRow)))
# One for all rows of a delivery.
day_of_receipt = lru_cache(maxsize=16)(local_day)
make_row: Callable[..., ReadRow] = ReadRow

# The columns the rules below speak of.
FORCE, EXTRACT = PLACE["force_code"], PLACE["extract_id"]
RECORD_TYPE, OFFENCE, FLAGS = (
    PLACE[name] for name in ("record_type", "offence_code", "flags")
)
REPORTED, OCCURRED = PLACE["reported_at"], PLACE["occurred_from"]
GIVEN_NAMES, SURNAME, BORN = (
    PLACE[name] for name in ("given_names", "surname", "date_of_birth")
)
HOME, SCENE = PLACE["postcode"], PLACE["location_postcode"]
MOBILE, LANDLINE, EMAIL = (
    PLACE[name] for name in ("mobile_phone", "home_phone", "email")
)


def _pick(names: Sequence[str]) -> Callable[[Sequence[str]], tuple[str, ...]]:
    return itemgetter(*(PLACE[name] for name in names))


def _about(subject: About) -> list[str]:
    columns = COLUMNS[DeliveryKind.REFERRALS]
    return [column.name for column in columns if column.about is subject]


pick_identity = _pick(["force_code", "source_system", "crime_ref", "person_ref"])
pick_address = _pick(["address_line_1", "address_line_2", "address_line_3"])
pick_matter = _pick(_about(About.MATTER))
pick_person = _pick(_about(About.PERSON))


def judge(raw: RawRow, context: ReadingContext) -> ReadRow | RowFault:
    """The row read and checked, with its reasons to hold; or what is wrong with it.

    Of several things wrong, the one in the earliest column of the format is told.
    A phone, an e-mail address or a postcode that cannot be read is not one of them:
    it is kept as given, and does not count as a way to reach the person.
    """
    if raw.values is None:
        return raw.fault or RowFault("row", "cannot be read")
    texts = [text and text.strip() for text in raw.values]
    found = BLANK.copy()
    try:
        for place, read, required in STEPS:
            text = texts[place]
            if text:
                found[place] = read(text)
            elif required:
                return _first_fault(texts, context)
    except Unreadable:
        return _first_fault(texts, context)
    for place, reason in _contradictions(found, context):
        return RowFault(PLAN[place].name, reason)
    return _build(texts, found, context)


def _first_fault(texts: list[str], context: ReadingContext) -> RowFault:
    """The slow way, for a row known to be wrong: read all of it, tell the first."""
    found = BLANK.copy()
    faults: dict[int, str] = {}
    for column in PLAN:
        text = texts[column.index]
        if not text:
            if column.required:
                faults[column.index] = MISSING
            continue
        try:
            found[column.index] = column.read(text)
        except Unreadable:
            faults[column.index] = column.reason
    for place, reason in _contradictions(found, context):
        faults.setdefault(place, reason)
    first = min(faults)
    return RowFault(PLAN[first].name, faults[first])


def _contradictions(
    found: list[Any], context: ReadingContext
) -> Iterator[tuple[int, str]]:
    """What is wrong between columns that are each well written, in their order.

    Also asked of rows in which some could not be read, and are blank here.
    """
    if found[FORCE] != context.head.force_code:
        yield FORCE, "is not the force of this delivery"
    if found[EXTRACT] != context.head.extract_id:
        yield EXTRACT, "is not the extract of this delivery"
    reported, born = found[REPORTED], found[BORN]
    if reason := _wrong_report(reported, found[OCCURRED], context):
        yield REPORTED, reason
    if found[RECORD_TYPE] is RecordType.CRIME and not found[OFFENCE]:
        yield OFFENCE, MISSING + ", and a crime must have one"
    if not (found[SURNAME] or found[GIVEN_NAMES]):
        yield SURNAME, MISSING + ", and so is given_names"
    if reason := _wrong_birth(born, reported, context.now):
        yield BORN, reason


def _wrong_report(
    reported: datetime | None, occurred: datetime | None, context: ReadingContext
) -> str:
    if reported is None:
        return ""
    if reported > context.now:
        return "is in the future"
    if reported > context.head.extracted_at + CLOCK_SLACK:
        return "is later than extracted_at"
    if occurred is not None and reported < occurred:
        return "is before occurred_from"
    return ""


def _wrong_birth(born: date | None, reported: datetime | None, now: datetime) -> str:
    if born is None:
        return ""
    today = day_of_receipt(now)
    if born > today:
        return "is in the future"
    # London is never behind UTC: only a birth on the very day needs its calendar.
    if reported is not None and born > reported.date() and born > local_day(reported):
        return "is after the day of the report"
    if age_on(today, born=born) > OLDEST_AGE:
        return f"makes the person older than {OLDEST_AGE}"
    return ""


def _build(texts: list[str], found: list[Any], context: ReadingContext) -> ReadRow:
    home: Postcode | None = found[HOME]
    scene: Postcode | None = found[SCENE]
    person_hash = hash_text(pick_person(texts))
    found[HOME] = home.text if home else ""
    found[SCENE] = scene.text if scene else texts[SCENE]
    derived = (
        Identity(*pick_identity(texts)),
        _address_lines(pick_address(texts)),
        home is not None and _is_listed(home.compact, context),
        texts[MOBILE],
        texts[LANDLINE],
        texts[EMAIL],
        texts[HOME],
        is_high_risk(found[FLAGS]),
        hash_text((*pick_matter(texts), person_hash.hex)),
        person_hash,
        (),
    )
    row = make_row(*in_field_order([*found, *derived]))
    row.holds = find_holds(row, context)
    return row


def _is_listed(compact: str, context: ReadingContext) -> bool:
    return compact in context.in_area or compact in context.elsewhere


def _address_lines(lines: tuple[str, ...]) -> tuple[str, ...]:
    while lines and not lines[-1]:
        lines = lines[:-1]
    return lines
