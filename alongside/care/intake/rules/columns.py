"""How the text of each column is read, and what is said when it cannot be."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NoReturn

from alongside.care.intake.tables import COLUMNS, VALUES
from alongside.care.intake.types import (
    About,
    Action,
    ColumnKind,
    DeliveryKind,
    FeedColumn,
    RecordType,
    Role,
)
from alongside.foundation.lib.emails import read_email
from alongside.foundation.lib.phones import read_phone
from alongside.foundation.lib.postcodes import read_postcode
from alongside.foundation.lib.times import read_date, read_moment, read_timestamp
from alongside.foundation.reference.tables import FLAGS, GENDERS

# Reading raises one of these, and nothing else, at a text it cannot make sense of.
Unreadable = (ValueError, KeyError)
Reader = Callable[[str], object]

OUTCOME = re.compile(r"(\d{1,2})[A-Za-z]?", re.ASCII)
# BCP 47 in outline: a language, then subtags.
LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*", re.ASCII)
NUMBER = re.compile(r"\d{1,4}", re.ASCII)
read_same_time = lru_cache(maxsize=16)(read_timestamp)
YES_NO = {"y": True, "n": False}
ENUMS: Mapping[str, type[Action] | type[RecordType] | type[Role]] = {
    "action": Action,
    "record_type": RecordType,
    "role": Role,
}
TIME_EXPECTED = "is not a date and time such as 2026-04-01T14:30:00"
DATE_EXPECTED = "is not a date such as 2026-04-01"


@dataclass(frozen=True, slots=True)
class Column:
    """One column, ready to be read.

    `read` raises one of `Unreadable`; `reason` says in words what was expected.
    `blank` is what an empty text stands for.
    """

    index: int
    name: str
    required: bool
    read: Reader
    reason: str
    blank: object


def compile_columns(kind: DeliveryKind) -> tuple[Column, ...]:
    """The columns of one kind of message, in the order of the format."""
    return tuple(
        Column(
            index=index,
            name=row.name,
            required=row.required,
            read=READERS[row.kind](row),
            reason=_reason(row),
            blank=BLANKS.get(row.kind),
        )
        for index, row in enumerate(COLUMNS[kind])
    )


@lru_cache(maxsize=4096)
def read_flags(text: str) -> tuple[str, ...]:
    """The flags, each once, as given. Raises KeyError at one that is not on the list.

    Kept, because a few combinations make up nearly all of a delivery.
    """
    names = (part.strip().lower() for part in text.split(";"))
    return tuple(dict.fromkeys(FLAGS[name].code for name in names if name))


def _reason(row: FeedColumn) -> str:
    lowest, highest = row.lowest, row.highest
    if row.kind is ColumnKind.CODE:
        return "is not one of " + ", ".join(_values(row.name))
    if row.kind is ColumnKind.NUMBER:
        return f"is not a whole number from {lowest} to {highest}"
    if row.kind is ColumnKind.OUTCOME:
        return f"is not an outcome type from {lowest} to {highest}"
    return REASONS.get(row.kind, f"is longer than {highest} characters")


REASONS = {
    ColumnKind.YES_NO: "is not y or n",
    ColumnKind.FLAGS: "is not a list, parted by ;, of " + ", ".join(FLAGS),
    ColumnKind.LANGUAGE: "is not a language tag such as pl or pt-BR",
    ColumnKind.TIMESTAMP: TIME_EXPECTED,
    ColumnKind.MOMENT: TIME_EXPECTED + ", or a date",
    ColumnKind.DATE: DATE_EXPECTED,
    ColumnKind.BIRTH: DATE_EXPECTED,
    ColumnKind.OBJECT: "is not a JSON object",
}


def _values(name: str) -> Mapping[str, str]:
    if name == "gender":
        codes = {gender.code: gender.code for gender in GENDERS.values()}
        return codes | {g.also.lower(): g.code for g in GENDERS.values() if g.also}
    return VALUES[name]


def _code(row: FeedColumn) -> Reader:
    values = _values(row.name)
    enum = ENUMS.get(row.name, str)
    # Other cases of the same word are met so often that they are listed beforehand.
    spelled = {
        spelling: enum(means)
        for value, means in values.items()
        for spelling in (value.upper(), value.capitalize(), value)
    }
    return spelled.__getitem__


def _text(row: FeedColumn) -> Reader:
    longest = row.highest

    def read(text: str) -> str:
        return text if len(text) <= longest else _too_long()

    return read


def _within(row: FeedColumn, read: Callable[[str], object]) -> Reader:
    longest = row.highest

    def read_within(text: str) -> object:
        return read(text) if len(text) <= longest else _too_long()

    return read_within


def _number(row: FeedColumn) -> Reader:
    lowest, highest = row.lowest, row.highest

    def read(text: str) -> int:
        if NUMBER.fullmatch(text) is None or not lowest <= int(text) <= highest:
            raise ValueError("Not a number in range")
        return int(text)

    return read


def _outcome(row: FeedColumn) -> Reader:
    lowest, highest = row.lowest, row.highest

    def read(text: str) -> str:
        found = OUTCOME.fullmatch(text)
        if found is None or not lowest <= int(found[1]) <= highest:
            raise ValueError("Not an outcome type")
        return text.upper()

    return read


def _language(text: str) -> str:
    if LANGUAGE.fullmatch(text) is None:
        raise ValueError("Not a language tag")
    return text


def _timestamp(row: FeedColumn) -> Reader:
    # All rows of a delivery were extracted at one time: read it once.
    return read_same_time if row.about is About.EXTRACT else read_timestamp


def _birth(row: FeedColumn) -> Reader:
    placeholders = VALUES[row.name]

    def read(text: str) -> date | None:
        return None if text in placeholders else read_date(text)

    return read


def _email(text: str) -> str:
    return read_email(text) or ""


def _offence(text: str) -> str:
    return text.upper().replace(" ", "")


def _object(text: str) -> dict[str, object]:
    """Only what the database can keep: no noughts, no broken characters, no NaN."""
    try:
        found = json.loads(text)
        kept = json.dumps(found, ensure_ascii=False, allow_nan=False)
    except RecursionError:
        raise ValueError("Nested too deeply") from None
    kept.encode()
    if not isinstance(found, dict) or "\\u0000" in kept:
        raise ValueError("Not an object that can be kept")
    return found


def _too_long() -> NoReturn:
    raise ValueError("Too long")


def _yes_no(_row: FeedColumn) -> Reader:
    return {**YES_NO, "Y": True, "N": False}.__getitem__


READERS: Mapping[ColumnKind, Callable[[FeedColumn], Reader]] = {
    ColumnKind.TEXT: _text,
    ColumnKind.CODE: _code,
    ColumnKind.YES_NO: _yes_no,
    ColumnKind.FLAGS: lambda row: _within(row, read_flags),
    ColumnKind.OFFENCE: lambda row: _within(row, _offence),
    ColumnKind.OUTCOME: _outcome,
    ColumnKind.NUMBER: _number,
    ColumnKind.LANGUAGE: lambda _row: _language,
    ColumnKind.TIMESTAMP: _timestamp,
    ColumnKind.MOMENT: lambda _row: read_moment,
    ColumnKind.DATE: lambda _row: read_date,
    ColumnKind.BIRTH: _birth,
    ColumnKind.PHONE: lambda row: _within(row, read_phone),
    ColumnKind.EMAIL: lambda row: _within(row, _email),
    ColumnKind.POSTCODE: lambda row: _within(row, read_postcode),
    ColumnKind.OBJECT: lambda row: _within(row, _object),
}
BLANKS: Mapping[ColumnKind, object] = {
    ColumnKind.TEXT: "",
    ColumnKind.CODE: "",
    ColumnKind.FLAGS: (),
    ColumnKind.OFFENCE: "",
    ColumnKind.OUTCOME: "",
    ColumnKind.LANGUAGE: "",
    ColumnKind.EMAIL: "",
}
