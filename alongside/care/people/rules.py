"""Telling apart what somebody typed to find a person, and what may be trusted of how
to reach them. No database, no clock."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from alongside.care.people.types import (
    ChannelKind,
    ChannelMark,
    ContactDetail,
    ContactKind,
    SafetyState,
    SaidMark,
    SearchTerms,
)
from alongside.foundation.lib.emails import read_email
from alongside.foundation.lib.phones import read_phone
from alongside.foundation.lib.postcodes import read_postcode

T = TypeVar("T")

LONGEST = 200
MONTHS: tuple[str, ...] = (
    *("jan", "feb", "mar", "apr", "may", "jun"),
    *("jul", "aug", "sep", "oct", "nov", "dec"),
)

EMAIL = re.compile(r"\S+@\S+")
YEAR_FIRST = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b", re.ASCII)
DAY_FIRST = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b", re.ASCII)
IN_WORDS = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?[ -]+({'|'.join(MONTHS)})[a-z]*[ -,]+(\d{{4}})\b",
    re.ASCII | re.IGNORECASE,
)
CASE = re.compile(r"\b([0-9a-f]{4})-([0-9a-f]{4})\b(?!-)", re.ASCII | re.IGNORECASE)
PHONE = re.compile(r"(?<!\S)(?:\+|0)[\d ()\-.]{7,}\d(?!\S)", re.ASCII)
POSTCODE = re.compile(
    r"(?<!\S)[a-z]{1,2}\d[a-z\d]?(?: *\d[a-z]{2}| \d)?(?!\S)", re.ASCII | re.IGNORECASE
)
HAS_DIGIT = re.compile(r"\d")
HAS_LETTER = re.compile(r"[^\W\d_]")


def read_terms(text: str) -> SearchTerms:
    """What was typed, as terms: whatever looks like a kind of term is that kind.

    What has digits and is none of the others is taken for a police reference. A date
    is read day first, as it is said here. Only the first 200 characters count.
    """
    left = "".join(c if c.isprintable() else " " for c in text[:LONGEST])
    left, emails = _take(left, EMAIL, lambda found: read_email(found[0]))
    left, born = _take(left, YEAR_FIRST, lambda f: _day(f[1], f[2], f[3]))
    left, more = _take(left, DAY_FIRST, lambda f: _day(f[3], f[2], f[1]))
    left, named = _take(left, IN_WORDS, lambda f: _day(f[3], _month(f[2]), f[1]))
    left, cases = _take(left, CASE, lambda found: found[1].lower() + found[2].lower())
    left, phones = _take(left, PHONE, lambda found: read_phone(found[0]))
    left, places = _take(left, POSTCODE, _place)
    words = left.split()
    references = [word for word in words if HAS_DIGIT.search(word)]
    names = [w for w in words if HAS_LETTER.search(w) and not HAS_DIGIT.search(w)]
    days = [*born, *more, *named]
    return SearchTerms(
        names=" ".join(names),
        born=days[0] if days else None,
        points=(*phones, *emails),
        postcode=places[0] if places else "",
        crime_refs=tuple(_written(references[0])) if references else (),
        reference=cases[0] if cases else "",
        in_part=any(len(kind) > 1 for kind in (days, cases, places, references)),
    )


def _take(
    text: str, shape: re.Pattern[str], read: Callable[[re.Match[str]], T | None]
) -> tuple[str, list[T]]:
    """The text without what could be read in this shape, and what that was."""
    found: list[T] = []

    def cut(match: re.Match[str]) -> str:
        value = read(match)
        if value is None:
            return match[0]
        found.append(value)
        return " "

    return shape.sub(cut, text), found


def _day(year: str, month: str | int, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _month(name: str) -> int:
    return MONTHS.index(name[:3].lower()) + 1


def _place(found: re.Match[str]) -> str | None:
    postcode = read_postcode(found[0])
    return postcode.text if postcode else None


def _written(reference: str) -> Iterator[str]:
    """The ways a force may have written a reference that was typed."""
    yield from dict.fromkeys((reference, reference.upper(), reference.lower()))


PHONES = frozenset({ContactKind.MOBILE, ContactKind.HOME_PHONE})
# What a person must have for a channel to exist.
CHANNEL_POINTS: Mapping[ChannelKind, frozenset[ContactKind]] = {
    ChannelKind.PHONE: PHONES,
    ChannelKind.VOICEMAIL: PHONES,
    ChannelKind.SMS: frozenset({ContactKind.MOBILE}),
    ChannelKind.EMAIL: frozenset({ContactKind.EMAIL}),
    ChannelKind.LETTER: frozenset({ContactKind.ADDRESS}),
}


def confirm_alike(contacts: Sequence[ContactDetail]) -> tuple[ContactDetail, ...]:
    """The same points; one that says what a confirmed one says is confirmed too."""
    trusted = {_point(one) for one in contacts if one.confirmed}
    return tuple(
        one
        if one.confirmed or _point(one) not in trusted
        # The same number in a linked record is no other number.
        else replace(one, confirmed=True, linked_on=None)
        for one in contacts
    )


def marks_that_count(
    said: Iterable[SaidMark], contacts: Sequence[ContactDetail]
) -> tuple[ChannelMark, ...]:
    """The newest word on each channel that counts for this person.

    `said` is newest first, `contacts` are as `confirm_alike` gives them. "Not safe" is
    never lost, whoever said it. "Safe" is about the numbers and addresses it was said
    of: it counts where a worker said it of this person, where it came with their own
    record, or where every such point of its record is theirs. It never reaches a point
    that was confirmed later, nor another number that the force gave for them later:
    that needs a word of its own.
    """
    newest: dict[ChannelKind, ChannelMark] = {}
    for one in said:
        channel = one.mark.channel
        if channel not in newest and _counts(one, contacts):
            newest[channel] = one.mark
    return tuple(newest.values())


def _counts(said: SaidMark, contacts: Sequence[ContactDetail]) -> bool:
    if said.mark.state is SafetyState.UNSAFE:
        return True
    kinds = CHANNEL_POINTS[said.mark.channel]
    points = [one for one in contacts if one.kind in kinds]
    about = [one for one in points if one.record_id == said.record_id]
    covered = {_point(one) for one in about}
    for one in points:
        later = one.confirmed_at is not None and one.confirmed_at > said.mark.set_at
        if later and (said.by_worker or _point(one) not in covered):
            return False
    if any(_came_later(one, said, points) for one in points):
        return False
    if said.by_worker or said.own:
        return True
    return bool(about) and all(one.confirmed for one in about)


def _came_later(
    one: ContactDetail, said: SaidMark, points: Iterable[ContactDetail]
) -> bool:
    """Whether a point of their own came after the word, and says what none did then."""
    if not one.confirmed or one.confirmed_at is not None:
        return False
    at = said.mark.set_at
    before = {_point(other) for other in points if other.said_at <= at}
    return one.said_at > at and _point(one) not in before


def _point(detail: ContactDetail) -> tuple[str, str, str]:
    kind = "phone" if detail.kind in PHONES else detail.kind.value
    return kind, detail.value.casefold(), detail.postcode
