"""Tasks for the review desk, about people received through the feed."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.care.linking.operations.arriving import add_households, open_reviews
from alongside.care.linking.types import ReviewRow
from alongside.care.matching.types import Compared, Levels, Why
from alongside.walls.context import acting_as
from tests.support.receiving import ask, receiver

WHO = (
    "SELECT v.record_id, r.person_id FROM casework_victimisation v"
    " JOIN people_personrecord r ON r.id = v.record_id WHERE v.crime_ref = %s"
)


def record_of(crime_ref: str) -> tuple[int, int]:
    """(record, person) of whoever is the victim of a crime."""
    ((record, person),) = ask(WHO, crime_ref)
    return record, person


def make_review(
    later: str,
    earlier: str,
    *,
    now: datetime,
    why: Why = Why.TWIN,
    weight: float = 4.5,
    household: bool = False,
) -> UUID:
    """Ask whether the victims of two crimes are one person."""
    (record, person), (other, other_person) = record_of(later), record_of(earlier)
    task = ReviewRow(
        record=record,
        person=person,
        other=other,
        other_person=other_person,
        why=why,
        compared=Compared(weight, Levels(7, 0, 1, 0, 0, -1)),
    )
    service = receiver()
    with acting_as(service), transaction.atomic():
        open_reviews(actor=service, now=now, model="test-1", reviews=[task])
        if household:
            pair = (person, other_person)
            add_households(
                actor=service, now=now, pairs=[pair], why="Shares an address"
            )
    return find_review(later)


def find_review(crime_ref: str) -> UUID:
    """The newest task about the victim of a crime."""
    _, person = record_of(crime_ref)
    rows = ask(
        "SELECT public_id FROM linking_reviewtask WHERE person_id = %s"
        " ORDER BY id DESC LIMIT 1",
        person,
    )
    found: UUID = rows[0][0]
    return found
