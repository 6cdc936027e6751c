"""Every record in its standard form and under its keys anew.

For when the way records are compared has changed, or the secret that keys are made
under. In pieces that are each whole: stopped anywhere, it goes on from where it was.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from alongside.care.linking.operations import rekeying
from alongside.care.linking.tables import LIMITS
from alongside.care.linking.types import NewStandard
from alongside.care.matching.rules.keys import block_keys
from alongside.care.matching.rules.standard import standardise
from alongside.foundation.organisations import queries as organisations
from alongside.workflows.area_secret import area_secret

PIECE = LIMITS["rekey_piece"].number


@dataclass(frozen=True, slots=True)
class Rekeyed:
    """How many records were brought to their form anew, and the last of them."""

    records: int
    last: int


def count_to_do(*, actor: object, now: datetime, after: int = 0) -> int:
    """How many records of every area come after that one."""
    return sum(
        rekeying.count_records(actor=actor, now=now, area_id=area_id, after=after)
        for _, area_id in organisations.list_areas()
    )


def rekey_if_none(*, actor: object, now: datetime) -> None:
    """Bring everything to its standard form where nothing is: after the update that
    brought standard forms."""
    if rekeying.lacks_all(actor=actor, now=now):
        rekey(actor=actor, now=now)


def rekey(
    *,
    actor: object,
    now: datetime,
    after: int = 0,
    on_progress: Callable[[int], None] | None = None,
) -> Rekeyed:
    """Work every record of every area after that one (0: from the first).

    For the operator at the machine. Where it was stopped, all up to the last record
    it told of are done.
    """
    done, last = 0, after
    for _, area_id in organisations.list_areas():
        here = after
        while piece := _rekey_piece(actor, now, area_id, here):
            done, here = done + len(piece), piece[-1].record
            last = max(last, here)
            if on_progress:
                on_progress(done)
    return Rekeyed(done, last)


def _rekey_piece(
    actor: object, now: datetime, area_id: int, after: int
) -> list[NewStandard]:
    secret = area_secret(area_id=area_id)
    with transaction.atomic(using=rekeying.OWNER):
        told = rekeying.read_told(
            actor=actor, now=now, area_id=area_id, after=after, most=PIECE
        )
        piece = [_anew(one, secret) for one in told]
        rekeying.replace_standards(actor=actor, now=now, area_id=area_id, records=piece)
    return piece


def _anew(told: rekeying.Told, secret: bytes) -> NewStandard:
    standard = standardise(
        given_names=told.given_names,
        surname=told.surname,
        date_of_birth=told.date_of_birth,
        gender=told.gender,
        postcode=told.postcode,
        address=told.address,
        phones=told.phones,
        email=told.email,
    )
    keys = block_keys(standard, secret=secret)
    return NewStandard(told.record, told.person, standard, keys)
