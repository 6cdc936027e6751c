"""The coded lists in `data/`, checked once when the service starts."""

import csv
import gzip
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

from alongside.foundation.lib.datafile import BadDataFile, Row, read_csv, read_rows
from alongside.foundation.lib.provenance import Confidence, Sourced
from alongside.foundation.reference.types import (
    BankHoliday,
    DistrictRow,
    Ethnicity,
    Flag,
    Gender,
    Offence,
    Outcome,
    PostcodeRow,
)

DATA = Path(__file__).parent / "data"
POSTCODES = DATA / "llr_postcodes.csv.gz"

S = TypeVar("S", bound=Sourced)


class UnknownCode(LookupError):
    """No row of the list has that code."""


def load_offences(text: str) -> tuple[Offence, ...]:
    """Read the offence codes."""
    return _load(text, "offences.csv", _offence, lambda row: row.code)


def load_outcomes(text: str) -> tuple[Outcome, ...]:
    """Read the outcome types."""
    return _load(text, "outcomes.csv", _outcome, lambda row: row.code)


def load_ethnicities(text: str) -> tuple[Ethnicity, ...]:
    """Read the self-defined ethnicity codes."""
    return _load(text, "ethnicity.csv", _ethnicity, lambda row: row.code)


def load_genders(text: str) -> tuple[Gender, ...]:
    """Read the gender values."""
    return _load(text, "genders.csv", _gender, lambda row: row.code)


def load_flags(text: str) -> tuple[Flag, ...]:
    """Read the flags of the feed."""
    return _load(text, "flags.csv", _flag, lambda row: row.code)


def load_bank_holidays(text: str) -> tuple[BankHoliday, ...]:
    """Read the public holidays. One on a weekend closes nothing: it is a slip."""
    return _load(text, "bank_holidays.csv", _bank_holiday, lambda row: row.on)


def load_districts(text: str) -> tuple[DistrictRow, ...]:
    """Read the districts."""
    return _load(text, "llr_districts.csv", _district, lambda row: row.code)


def read_postcodes(path: Path = POSTCODES) -> Iterator[PostcodeRow]:
    """The unit postcodes, one by one. Not kept in memory: they live in a table.

    Raises BadDataFile at a postcode that is not in upper case without a space, or
    in a district nobody knows.
    """
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), start=2):
            postcode, district = row["postcode"], row["lad_code"]
            if not postcode.isalnum() or postcode != postcode.upper():
                raise BadDataFile(f"{path.name}, line {number}: postcode is malformed")
            if district not in DISTRICTS:
                raise BadDataFile(f"{path.name}, line {number}: lad_code is unknown")
            yield PostcodeRow(postcode, district, int(row["quality"]))


def get_offence(code: str) -> Offence:
    """The offence with that code, in force or not: old crimes keep old codes."""
    try:
        return OFFENCES[code]
    except KeyError:
        raise UnknownCode("There is no such offence code") from None


def _load(
    text: str, name: str, make: Callable[[Row], S], key: Callable[[S], object]
) -> tuple[S, ...]:
    rows = read_rows(read_csv(text, name=name), make, key=key)
    if len({key(row) for row in rows}) != len(rows):
        raise BadDataFile(f"{name}: a code appears twice")
    return rows


def _offence(row: Row) -> Offence:
    return Offence(
        code=row.text("code"),
        title=row.text("title"),
        group=row.text("group"),
        subgroup=row.text("subgroup"),
        **row.provenance(),
    )


def _outcome(row: Row) -> Outcome:
    return Outcome(
        code=row.text("code"),
        label=row.text("label"),
        group=row.text("group"),
        open_data_label=row.text("open_data_label", ""),
        positive=row.yes("positive"),
        **row.provenance(),
    )


def _ethnicity(row: Row) -> Ethnicity:
    return Ethnicity(
        code=row.whole("code"),
        label=row.text("label"),
        group=row.text("group"),
        **row.provenance(),
    )


def _gender(row: Row) -> Gender:
    return Gender(
        code=row.text("code"),
        label=row.text("label"),
        also=row.text("also", ""),
        **row.provenance(),
    )


def _flag(row: Row) -> Flag:
    return Flag(
        code=row.text("code"),
        label=row.text("label"),
        high_risk=row.yes("high_risk"),
        needs_explicit_consent=row.yes("needs_explicit_consent"),
        nationally_commissioned=row.yes("nationally_commissioned"),
        **row.provenance(),
    )


def _bank_holiday(row: Row) -> BankHoliday:
    on = row.day("on")
    if on.isoweekday() > 5:
        raise row.wrong("on", "is not a weekday: give the substitute day")
    return BankHoliday(
        on=on,
        title=row.text("title"),
        source=row.text("source"),
        confidence=row.one_of("confidence", Confidence),
        in_force_from=on,
        in_force_until=on + timedelta(days=1),
    )


def _district(row: Row) -> DistrictRow:
    return DistrictRow(
        code=row.text("code"),
        name=row.text("name"),
        area=row.text("area"),
        **row.provenance(),
    )


def _file(name: str) -> str:
    return (DATA / name).read_text(encoding="utf-8")


OFFENCES = {row.code: row for row in load_offences(_file("offences.csv"))}
OUTCOMES = {row.code: row for row in load_outcomes(_file("outcomes.csv"))}
ETHNICITIES = {row.code: row for row in load_ethnicities(_file("ethnicity.csv"))}
GENDERS = {row.code: row for row in load_genders(_file("genders.csv"))}
FLAGS = {row.code: row for row in load_flags(_file("flags.csv"))}
BANK_HOLIDAYS = load_bank_holidays(_file("bank_holidays.csv"))
DISTRICTS = {row.code: row for row in load_districts(_file("llr_districts.csv"))}

OFFENCE_CODES = frozenset(OFFENCES)
HIGH_RISK_FLAGS = frozenset(f.code for f in FLAGS.values() if f.high_risk)
EXPLICIT_CONSENT_FLAGS = frozenset(
    f.code for f in FLAGS.values() if f.needs_explicit_consent
)
NATIONALLY_COMMISSIONED_FLAGS = frozenset(
    f.code for f in FLAGS.values() if f.nationally_commissioned
)
CLOSED_DAYS = frozenset(holiday.on for holiday in BANK_HOLIDAYS)
# Beyond this day no holiday is known, and a limit may be a day short.
CALENDAR_ENDS = max(CLOSED_DAYS)
