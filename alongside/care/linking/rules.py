"""Who is who, by one plain exact rule. No database, no clock.

Two records are one person when name, date of birth and one of phone, e-mail
address or full postcode are the same. As every key holds the name and the date of
birth, a chain of records that share keys can never join two names.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from alongside.care.linking.types import KeyKind, PersonGroup
from alongside.foundation.lib.hashes import hash_bytes
from alongside.foundation.lib.names import fold_name
from alongside.foundation.lib.postcodes import read_postcode

RULE = "exact-1"

# The first byte of a key tells its kind, so that a match can say what matched.
MARKS = {KeyKind.PHONE: 1, KeyKind.EMAIL: 2, KeyKind.POSTCODE: 3}
KINDS = {mark: kind for kind, mark in MARKS.items()}
MARK_SHIFT = 8 * 15

Row = tuple[int, tuple[UUID, ...]]
Keys = tuple[int, ...]


def exact_keys(
    *,
    given_names: str,
    surname: str,
    date_of_birth: date | None,
    phones: Iterable[str | None],
    email: str,
    postcode: str,
    secret: bytes = b"",
) -> tuple[UUID, ...]:
    """The keys a record shares with the other records of its person.

    None without a date of birth, a given name and a surname: the same surname, day
    and telephone may be twins'. A partial postcode makes no key. Phones are E.164.
    Under a secret (at most 64 bytes) nobody else can make the key of a guess.
    """
    given, family = fold_name(given_names), fold_name(surname)
    if date_of_birth is None or not given or not family:
        return ()
    who = (f"{given} {family}", date_of_birth.isoformat())
    shared = [(KeyKind.PHONE, phone) for phone in dict.fromkeys(phones) if phone]
    if email:
        shared.append((KeyKind.EMAIL, email.lower()))
    home = read_postcode(postcode) if postcode else None
    if home is not None and home.is_full:
        shared.append((KeyKind.POSTCODE, home.text))
    return tuple(_key(kind, (*who, what), secret) for kind, what in shared)


def group(rows: Sequence[Row], known: Mapping[UUID, int]) -> tuple[PersonGroup, ...]:
    """Sort rows into people; every row is in one group, in the order of the rows.

    `rows` are numbers of the caller's with their keys; `known` names the person
    (lower is longer known) behind each key that is held already.
    """
    # As numbers, because a UUID is slow to look up by.
    keys_of = [tuple([key.int for key in keys]) for _, keys in rows]
    person_of = {key.int: person for key, person in known.items()}
    leader = list(range(len(rows)))
    shared = _join_over_keys(keys_of, leader) | person_of.keys()
    _join_over_known(keys_of, person_of, leader)
    members: dict[int, list[int]] = {}
    for place in range(len(rows)):
        members.setdefault(_lead(leader, place), []).append(place)
    return tuple(
        PersonGroup(
            rows=tuple([rows[place][0] for place in places]),
            known_people=(people := _people(places, keys_of, person_of)),
            known_person=people[0] if people else None,
            matched_on=tuple([_kinds(keys_of[place], shared) for place in places]),
        )
        for places in members.values()
    )


def describe_match(kinds: Sequence[KeyKind]) -> str:
    """What matched, in words: "name, date of birth, phone number and postcode"."""
    if not kinds:
        return ""
    *before, last = ("name", "date of birth", *kinds)
    return f"{', '.join(before)} and {last}"


def _key(kind: KeyKind, parts: Sequence[str], secret: bytes) -> UUID:
    digest = hash_bytes((kind, *parts), secret=secret)
    return UUID(bytes=MARKS[kind].to_bytes() + digest[1:])


def _join_over_keys(keys_of: Sequence[Keys], leader: list[int]) -> set[int]:
    """Join the rows that share a key; the keys that are shared."""
    first_with: dict[int, int] = {}
    shared = set()
    for place, keys in enumerate(keys_of):
        for key in keys:
            other = first_with.setdefault(key, place)
            if other != place:
                shared.add(key)
                _join(leader, place, other)
    return shared


def _join_over_known(
    keys_of: Sequence[Keys], person_of: Mapping[int, int], leader: list[int]
) -> None:
    # Rows with no key in common may still meet in a person held under both keys.
    if not person_of:
        return
    first_of: dict[int, int] = {}
    for place, keys in enumerate(keys_of):
        for key in keys:
            if key in person_of:
                _join(leader, place, first_of.setdefault(person_of[key], place))


def _lead(leader: list[int], place: int) -> int:
    while leader[place] != place:
        leader[place] = leader[leader[place]]
        place = leader[place]
    return place


def _join(leader: list[int], one: int, other: int) -> None:
    # The earlier row leads, so that groups come out in the order of their rows.
    first, second = sorted((_lead(leader, one), _lead(leader, other)))
    leader[second] = first


def _people(
    places: Sequence[int], keys_of: Sequence[Keys], person_of: Mapping[int, int]
) -> tuple[int, ...]:
    keys = {key for place in places for key in keys_of[place]}
    return tuple(sorted({person_of[key] for key in keys & person_of.keys()}))


def _kinds(keys: Keys, shared: set[int]) -> tuple[KeyKind, ...]:
    found = [KINDS[key >> MARK_SHIFT] for key in keys if key in shared]
    return tuple(dict.fromkeys(found))
