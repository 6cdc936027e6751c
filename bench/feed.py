"""A feed of any length with the mix of the shipped sample. Every person is invented.

The sample is taken over and over. Each time round everybody has another name, date
of birth, telephone and e-mail address, and every crime another reference; what
repeats, is held or is damaged in the sample does so in every round.
"""

import csv
import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count, islice
from pathlib import Path

from alongside.demo.sample import REFERRALS

NAMES = ("surname", "given_names", "guardian_name")
PHONES = ("mobile_phone", "home_phone", "guardian_phone")
REFERENCES = ("crime_ref", "person_ref", "suspect_ref")
PLACEHOLDER_BIRTH = "1900-01-01"
PHONE_TAIL = 6

Row = dict[str, str]


def write_feed(path: Path, *, rows: int, seed: int = 1) -> None:
    """Write a feed of `rows` rows; the same `seed` writes the same bytes."""
    with REFERRALS.open(encoding="utf-8", newline="") as source:
        reader = csv.DictReader(source, restkey="")
        sample = list(reader)
        header = list(reader.fieldnames or ())
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, header, restval="", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(islice(_rounds(sample, seed), rows))


def _rounds(sample: list[Row], seed: int) -> Iterator[Row]:
    yield from sample
    for number in count(1):
        other = _other_names(sample, seed=seed + number)
        for row in sample:
            yield _changed(row, number, other)


def _other_names(sample: list[Row], *, seed: int) -> dict[str, dict[str, str]]:
    shuffle = random.Random(seed).shuffle  # noqa: S311 - no secret
    other = {}
    for column in NAMES:
        names = sorted({row[column] for row in sample if row[column]})
        mixed = list(names)
        shuffle(mixed)
        other[column] = dict(zip(names, mixed, strict=True))
    return other


def _changed(row: Row, number: int, other: dict[str, dict[str, str]]) -> Row:
    changed = dict(row)
    for column, names in other.items():
        changed[column] = names.get(row[column], "")
    for column in REFERENCES:
        changed[column] = row[column] and f"{row[column]}{number:02}"
    for column in PHONES:
        changed[column] = _other_phone(row[column], number)
    changed["email"] = row["email"].replace("@", f"{number}@")
    changed["date_of_birth"] = _other_birth(row["date_of_birth"], number)
    return changed


def _other_phone(text: str, number: int) -> str:
    head, tail = text[:-PHONE_TAIL], text[-PHONE_TAIL:]
    if not (tail.isascii() and tail.isdigit() and len(tail) == PHONE_TAIL):
        return text
    return f"{head}{(int(tail) + 7919 * number) % 10**PHONE_TAIL:0{PHONE_TAIL}}"


def _other_birth(text: str, number: int) -> str:
    """Some days earlier: nobody comes out too young, few come of age."""
    if not text or text == PLACEHOLDER_BIRTH:
        return text
    try:
        return (date.fromisoformat(text) - timedelta(days=number)).isoformat()
    except ValueError:
        return text
