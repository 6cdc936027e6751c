"""What may be trusted of how to reach somebody who was linked."""

from datetime import UTC, datetime, timedelta

from alongside.care.people.rules import confirm_alike, marks_that_count
from alongside.care.people.types import (
    ChannelKind,
    ChannelMark,
    ContactDetail,
    ContactKind,
    SafetyState,
    SaidMark,
)

DAY = datetime(2026, 11, 1, tzinfo=UTC)
OWN, LINKED = 1, 2
PHONE, OTHER = "+447700900111", "+447700900222"


def point(record, value=PHONE, *, kind=ContactKind.MOBILE, confirmed_at=None, days=0):
    confirmed = record == OWN or confirmed_at is not None
    return ContactDetail(
        contact_id=record,
        record_id=record,
        kind=kind,
        value=value,
        postcode="",
        said_at=DAY + timedelta(days=days),
        confirmed=confirmed,
        confirmed_by="Tom Hollis" if confirmed_at else "",
        confirmed_at=confirmed_at,
        linked_on=None if record == OWN else DAY,
    )


def mark(record, state=SafetyState.SAFE, *, days=0, by_worker=False):
    return SaidMark(
        mark=ChannelMark(
            channel=ChannelKind.PHONE,
            state=state,
            set_at=DAY + timedelta(days=days),
            set_by="",
        ),
        record_id=record,
        own=record == OWN,
        by_worker=by_worker,
    )


def counted(said, contacts):
    """What the phone is marked, newest word first; None where nothing counts."""
    marks = marks_that_count(said, confirm_alike(contacts))
    return marks[0].state if marks else None


def test_a_linked_point_is_confirmed_only_where_their_own_record_says_the_same():
    same, other = confirm_alike([point(OWN), point(LINKED), point(3, OTHER)])[1:]
    assert same.confirmed and same.linked_on is None
    assert not other.confirmed and other.linked_on == DAY


def test_a_home_phone_and_a_mobile_of_one_number_are_one_point():
    found = confirm_alike([point(OWN), point(LINKED, kind=ContactKind.HOME_PHONE)])
    assert all(one.confirmed for one in found)


def test_safe_never_travels_with_a_link():
    assert counted([mark(LINKED)], [point(OWN), point(LINKED, OTHER)]) is None
    assert counted([mark(LINKED)], [point(LINKED, OTHER)]) is None


def test_safe_counts_for_their_own_number_whoever_repeats_it():
    assert counted([mark(OWN)], [point(OWN)]) is SafetyState.SAFE
    assert counted([mark(LINKED)], [point(OWN), point(LINKED)]) is SafetyState.SAFE


def test_not_safe_is_never_lost():
    unsafe = mark(LINKED, SafetyState.UNSAFE, days=1)
    contacts = [point(OWN), point(LINKED, OTHER)]
    assert counted([unsafe, mark(OWN)], contacts) is SafetyState.UNSAFE
    # A later "safe" that does not count does not take it away.
    later = mark(LINKED, days=2)
    assert counted([later, unsafe, mark(OWN)], contacts) is SafetyState.UNSAFE


def test_what_was_safe_says_nothing_of_a_number_confirmed_later():
    later = point(LINKED, OTHER, confirmed_at=DAY + timedelta(days=3))
    assert counted([mark(OWN)], [point(OWN), later]) is None
    before = mark(OWN, days=2, by_worker=True)
    assert counted([before], [point(OWN), later]) is None
    after = mark(OWN, days=4, by_worker=True)
    assert counted([after, mark(OWN)], [point(OWN), later]) is SafetyState.SAFE


def test_what_was_safe_says_nothing_of_a_number_the_force_gave_later():
    """It may be anybody's by then: a text to it would be the first anyone sends."""
    newer = point(OWN, OTHER, days=3)
    for said in (mark(OWN), mark(OWN, days=2, by_worker=True)):
        assert counted([said], [point(OWN), newer]) is None
    unsafe = mark(OWN, SafetyState.UNSAFE)
    assert counted([unsafe], [point(OWN), newer]) is SafetyState.UNSAFE
    after = mark(OWN, days=4, by_worker=True)
    assert counted([after, mark(OWN)], [point(OWN), newer]) is SafetyState.SAFE


def test_safe_stays_where_the_force_only_says_the_same_number_again():
    again = point(OWN, days=3)
    assert counted([mark(OWN)], [point(OWN), again]) is SafetyState.SAFE
    by_worker = mark(OWN, days=2, by_worker=True)
    assert counted([by_worker], [point(OWN), again]) is SafetyState.SAFE
