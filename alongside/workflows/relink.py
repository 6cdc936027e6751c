"""Looking through the register for people who are held twice.

Whoever is found is put before a reviewer. Nobody is joined or parted by this: their
cases are being worked, and only a person may say so.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from alongside.care.linking.operations import arriving, rekeying
from alongside.care.linking.queries import candidates as known
from alongside.care.linking.rules.meeting import Meeting
from alongside.care.linking.tables import LIMITS
from alongside.care.linking.types import ReviewRow
from alongside.care.matching.rules.deciding import decide
from alongside.care.matching.rules.keys import block_keys
from alongside.care.matching.rules.standard import standardise
from alongside.care.matching.rules.weights import Weights
from alongside.care.matching.tables import LIMITS as MATCHING
from alongside.care.matching.types import Likeness, Standard
from alongside.foundation.accounts.types import Actor
from alongside.workflows.area_secret import area_secret
from alongside.workflows.live_weights import live_weights

PIECE = LIMITS["rekey_piece"].number
MOST = LIMITS["propose_most"].number

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Proposed:
    """How many records were looked at, how many pairs of people were put before
    somebody, and the last record. `full` says that it stopped for being enough."""

    records: int
    pairs: int
    last: int
    full: bool


def count_to_do(*, actor: Actor, now: datetime, after: int = 0) -> int:
    """How many records of the actor's area come after that one."""
    return rekeying.count_records(
        actor=actor, now=now, area_id=actor.area_id, after=after
    )


def propose(
    *,
    actor: Actor,
    now: datetime,
    after: int = 0,
    most: int = MOST,
    on_progress: Callable[[int], None] | None = None,
) -> Proposed:
    """Compare every record of the area after that one with those of other people.

    Acts as the receiver of the area's service; for the operator at the machine. Pairs
    that somebody was asked about, or that are known to be two people, are passed over.
    Stops at `most` pairs: a desk that nobody can clear helps nobody.
    """
    weights = live_weights()
    records, last = 0, after
    asked: dict[Pair, ReviewRow] = {}
    while len(asked) < most:
        piece = _read(actor, now, last)
        if not piece:
            break
        fresh = _propose_piece(piece, weights, asked)
        room = dict(list(fresh.items())[: most - len(asked)])
        arriving.open_reviews(
            actor=actor, now=now, model=weights.version, reviews=room.values()
        )
        asked |= room
        records, last = records + len(piece), piece[-1].record
        if on_progress:
            on_progress(records)
    return Proposed(records, len(asked), last, len(asked) >= most)


@dataclass(frozen=True, slots=True)
class _Record:
    record: int
    person: int
    standard: Standard
    keys: Sequence[int]


def _read(actor: Actor, now: datetime, after: int) -> list[_Record]:
    secret = area_secret(area_id=actor.area_id)
    with transaction.atomic(using=rekeying.OWNER):
        told = rekeying.read_told(
            actor=actor, now=now, area_id=actor.area_id, after=after, most=PIECE
        )
    found = []
    for one in told:
        standard = standardise(
            given_names=one.given_names,
            surname=one.surname,
            date_of_birth=one.date_of_birth,
            gender=one.gender,
            postcode=one.postcode,
            address=one.address,
            phones=one.phones,
            email=one.email,
        )
        keys = block_keys(standard, secret=secret)
        found.append(_Record(one.record, one.person, standard, keys))
    return found


def _propose_piece(
    piece: Sequence[_Record], weights: Weights, asked: dict[Pair, ReviewRow]
) -> dict[Pair, ReviewRow]:
    """The pairs of people of a piece that somebody should look at, each once."""
    behind = known.find_behind(keys=[key for one in piece for key in one.keys])
    meeting = Meeting(behind, cap=MATCHING.crowd)
    never = known.find_never(person_ids={one.person for one in piece})
    found: dict[Pair, ReviewRow] = {}
    for one in piece:
        met, _ = meeting.candidates(one.keys)
        others = [
            other
            for other in met
            if other.person != one.person
            and _pair(one.person, other.person) not in never
        ]
        if not others:
            continue
        decision = decide(one.standard, others, weights=weights)
        best = [decision.best] if decision.best and decision.person else []
        for likeness in (*best, *decision.reviews):
            pair = _pair(one.person, likeness.person)
            if pair not in found and pair not in asked:
                found[pair] = _row(one, likeness)
    people = {person for pair in found for person in pair}
    asked_before = known.find_compared(person_ids=people)
    return {pair: row for pair, row in found.items() if pair not in asked_before}


def _pair(one: int, other: int) -> Pair:
    return min(one, other), max(one, other)


def _row(one: _Record, likeness: Likeness) -> ReviewRow:
    first, second = (
        (one.record, one.person),
        (likeness.record, likeness.person),
    )
    later, earlier = max(first, second), min(first, second)
    return ReviewRow(
        record=later[0],
        person=later[1],
        other=earlier[0],
        other_person=earlier[1],
        why=likeness.judged.why,
        compared=likeness.compared,
    )
