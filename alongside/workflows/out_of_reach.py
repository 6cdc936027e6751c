"""Keeping in step who cannot be reached, and what is owed to them because of it.

Whatever changes how somebody can be reached ends here: a channel marked, an attempt, a
new number, a case that ends. What follows for promises is in the same transaction. A
daily round looks again at whoever is out of reach, so that nothing is forgotten.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from alongside.care.casework import queries as casework
from alongside.care.contact.queries import list_ways
from alongside.care.contact.rules import closings_of, way_since
from alongside.care.contact.tables import CHANNELS
from alongside.care.contact.types import Closing, Ways
from alongside.care.journey.operations import reach as operations
from alongside.care.journey.operations.facts import plan_by_facts
from alongside.care.journey.queries.reach import (
    Standing,
    list_standing_cases,
    standing_reach,
)
from alongside.care.journey.rules.reach import basis_of
from alongside.care.journey.tables.reach import BASES, BY_CLOSING
from alongside.care.journey.types.reach import DecidedBy, NewReach
from alongside.care.people.types import FROM_A_FORCE
from alongside.foundation.accounts import queries as accounts
from alongside.foundation.accounts.types import Actor
from alongside.foundation.lib.local import local_day
from alongside.foundation.organisations import queries as organisations
from alongside.foundation.organisations.types import AgencyKind
from alongside.walls.context import acting_as

if TYPE_CHECKING:
    from alongside.care.casework.models import Case

AT_ONCE = 500
APPEARED = "A way to reach them has appeared"
CHANGED = "What closed the ways to reach them has changed"
REOPENED = "The case was opened again"
MOMENT = timedelta(microseconds=1)


@dataclass(slots=True)
class _Changes:
    """What looking found: what begins, and what ends by why."""

    begins: list[NewReach] = field(default_factory=list)
    ends: dict[str, list[int]] = field(default_factory=dict)


@transaction.atomic
def follow_ways(
    *,
    actor: Actor,
    now: datetime,
    case_ids: Sequence[int],
    learned: datetime | None = None,
) -> None:
    """Have what stands about reaching the people of these cases follow what is known
    of each way to them, and their promises follow that. Four statements, where nothing
    has changed.

    `learned` is of when what has just arrived is, where that is before now.
    """
    ways = list_ways(case_ids=case_ids, force=FROM_A_FORCE)
    standing = standing_reach(case_ids)
    found = _Changes()
    for case_id in sorted(set(case_ids)):
        known = ways.get(case_id)
        if known is not None:
            rows = standing.get(case_id, [])
            _look(found, case_id, known, rows=rows, learned=learned)
    operations.begin_all(actor=actor, now=now, new=found.begins)
    for why, keys in found.ends.items():
        operations.end_all(actor=actor, now=now, keys=keys, why=why)
    plan_by_facts(actor=actor, now=now, case_ids=case_ids)


def follow_person(*, actor: Actor, now: datetime, person_key: int) -> None:
    """`follow_ways` for every case of somebody that the actor may see."""
    cases = casework.list_person_cases(actor=actor, person_id=person_key)
    follow_ways(actor=actor, now=now, case_ids=[case.case_id for case in cases])


def case_closed(*, actor: Actor, now: datetime, case: "Case", disposition: str) -> None:
    """What the end of a case says about promises. Part of closing it.

    What is so of the person, that they have died, is so in every case of theirs: news
    of another crime, whose case closed long ago, is not owed to them either.
    """
    basis = BY_CLOSING.get(disposition)
    if basis is None:
        return
    cases = _cases_of(actor, case) if basis.every_case else [case.pk]
    standing = standing_reach(cases)
    new = [
        NewReach(case_id=key, basis=basis.code, words=basis.label)
        for key in cases
        if all(one.basis != basis.code for one in standing.get(key, []))
    ]
    operations.begin_all(actor=actor, now=now, new=new)
    plan_by_facts(actor=actor, now=now, case_ids=cases)


def case_reopened(*, actor: Actor, now: datetime, case: "Case") -> None:
    """What the end of a case said about promises is over, in every case in which it
    was said with it. Part of reopening it."""
    standing = standing_reach(_cases_of(actor, case))
    ended = {
        one.basis
        for one in standing.get(case.pk, [])
        if BASES[one.basis].decided_by is DecidedBy.CLOSING
    }
    found = [
        (key, one.key)
        for key, rows in sorted(standing.items())
        for one in rows
        if one.basis in ended and (key == case.pk or BASES[one.basis].every_case)
    ]
    if found:
        keys = [row for _, row in found]
        operations.end_all(actor=actor, now=now, keys=keys, why=REOPENED)
        plan_by_facts(actor=actor, now=now, case_ids=sorted({key for key, _ in found}))


def _cases_of(actor: Actor, case: "Case") -> list[int]:
    """The case, and every other of its person that the service has."""
    others = casework.list_person_cases(actor=actor, person_id=case.person_id)
    own = {one.case_id for one in others if one.agency_id == case.agency_id}
    return sorted({case.pk, *own})


def look_everywhere(*, now: datetime) -> int:
    """For every service: end what nobody looked at again in time, and look at the ways
    to whoever is still out of reach; how many lapsed."""
    lapsed = 0
    for agency in organisations.list_agencies():
        if agency.kind is not AgencyKind.SERVICE:
            continue
        actor = accounts.get_receiver(agency_id=agency.agency_id, now=now)
        with acting_as(actor):
            lapsed += operations.end_lapsed(actor=actor, now=now)
            with transaction.atomic():
                cases = list_standing_cases()
            for start in range(0, len(cases), AT_ONCE):
                follow_ways(
                    actor=actor, now=now, case_ids=cases[start : start + AT_ONCE]
                )
    return lapsed


def _look(
    found: _Changes,
    case_id: int,
    known: Ways,
    *,
    rows: Sequence[Standing],
    learned: datetime | None,
) -> None:
    closings = closings_of(known)
    basis = basis_of(closings)
    stands = False
    for row in rows:
        decided_by = BASES[row.basis].decided_by
        since = min(row.since, learned - MOMENT) if learned else row.since
        if decided_by is DecidedBy.WAYS and row.basis == basis:
            stands = True
        elif decided_by is DecidedBy.WAYS:
            found.ends.setdefault(CHANGED if basis else APPEARED, []).append(row.key)
        elif decided_by is DecidedBy.HAND and way_since(known, since):
            found.ends.setdefault(APPEARED, []).append(row.key)
    if basis and not stands:
        found.begins.append(
            NewReach(case_id=case_id, basis=basis, words=" ".join(_say(closings)))
        )


def _say(closings: Sequence[Closing]) -> Iterator[str]:
    """What closed each way, a sentence each: no number and no address."""
    for one in closings:
        how = (
            ("somebody else answered" if one.unsafe else "it did not reach them")
            if one.tried
            else "marked as not safe"
        )
        by = " by the police" if one.by_force else ""
        day = local_day(one.at)
        yield f"{CHANNELS[one.channel].label}: {how}{by}, {day.day} {day:%B %Y}."
