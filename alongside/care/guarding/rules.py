"""What stands for a member of staff, and for a record, so that the two can be compared.

Every mark is a keyed hash of one kind of thing. Two that are equal come from the same
thing; from a mark alone nobody learns what it was. No database, no clock.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from uuid import UUID

from alongside.care.guarding.types import Mark, MarkKind, StaffDetails
from alongside.foundation.lib.hashes import hash_text
from alongside.foundation.lib.names import fold_name

_NUMBER = re.compile(r"\d+[a-z]?\b")
# The nearer comes first: a record that matches in several ways is barred for this one.
NEAREST = list(MarkKind)
CONFLICTS = {
    MarkKind.PERSON: ("self", "Matched: name and date of birth"),
    MarkKind.PHONE: ("related", "Matched: phone number"),
    MarkKind.EMAIL: ("related", "Matched: e-mail address"),
    MarkKind.HOME: ("related", "Matched: house and postcode"),
    MarkKind.FAMILY: ("related", "Matched: surname and postcode"),
    MarkKind.SUSPECT: ("suspect", "Matched: the force's reference for a suspect"),
}


def staff_marks(details: StaffDetails, *, secret: bytes) -> tuple[Mark, ...]:
    """What stands for a member of staff: each way in which a record may match."""
    found: dict[Mark, None] = {}
    for surname in details.surnames:
        for given in details.given_names:
            found.update(
                dict.fromkeys(
                    record_marks(
                        given_names=given,
                        surname=surname,
                        date_of_birth=details.date_of_birth,
                        phones=details.phones,
                        emails=details.emails,
                        house=details.house,
                        postcode=details.postcode,
                        secret=secret,
                    )
                )
            )
    return tuple(found)


def record_marks(
    *,
    given_names: str,
    surname: str,
    date_of_birth: date | None,
    phones: Iterable[str | None],
    emails: Iterable[str],
    house: str,
    postcode: str,
    secret: bytes,
) -> Iterator[Mark]:
    """What stands for one record. Phones are E.164; a house is an address's first line.

    Nothing is made of what is missing.
    """
    given, family = fold_name(given_names), fold_name(surname)
    if given and family and date_of_birth:
        who = (f"{given} {family}", date_of_birth.isoformat())
        yield _mark(MarkKind.PERSON, who, secret)
    for phone in filter(None, phones):
        yield _mark(MarkKind.PHONE, (phone,), secret)
    for email in filter(None, emails):
        yield _mark(MarkKind.EMAIL, (email.lower(),), secret)
    if postcode:
        yield from _home_marks(family, house, postcode, secret)


def _home_marks(
    family: str, house: str, postcode: str, secret: bytes
) -> Iterator[Mark]:
    for number in house_numbers(house):
        yield _mark(MarkKind.HOME, (number, postcode), secret)
    if family:
        yield _mark(MarkKind.FAMILY, (family, postcode), secret)


def suspect_mark(*, force_code: str, reference: str, secret: bytes) -> Mark:
    """What stands for a force's reference for a suspect."""
    return _mark(MarkKind.SUSPECT, (force_code, reference), secret)


def house_numbers(line: str) -> tuple[str, ...]:
    """The numbers of an address's first line, else its name: "Flat 2, 10a High St"."""
    numbers = tuple(dict.fromkeys(_NUMBER.findall(line.lower())))
    name = fold_name(line)
    return numbers or ((name,) if name else ())


def find_conflicts(
    records: Iterable[tuple[int, Iterable[Mark]]],
    known: Mapping[UUID, Sequence[tuple[int, MarkKind]]],
) -> list[tuple[int, int, MarkKind]]:
    """(person, member of staff, the nearest way they match), each pair once.

    `known` is whose mark each is. A member of staff may be in several records.
    """
    nearest: dict[tuple[int, int], MarkKind] = {}
    for person_id, marks in records:
        for mark in marks:
            for user_id, kind in known.get(mark.value, ()):
                pair = (person_id, user_id)
                before = nearest.get(pair, kind)
                nearest[pair] = min(before, kind, key=NEAREST.index)
    return [(person, user, kind) for (person, user), kind in nearest.items()]


def _mark(kind: MarkKind, parts: Sequence[str], secret: bytes) -> Mark:
    return Mark(kind=kind, value=hash_text(("staff", kind, *parts), secret=secret))
