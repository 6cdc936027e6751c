"""What crimes against somebody raise together, as it becomes known how many there were.

A crime is counted as it arrives. This follows what changes later: people are joined or
parted, an older crime comes late, one is taken back, neighbours are hit.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from alongside.care.assessment import operations as assessment
from alongside.care.assessment import queries as grounds
from alongside.care.assessment.rules import grounds_in_history
from alongside.care.assessment.tables import BOOKS
from alongside.care.assessment.types import GroundFound
from alongside.care.casework import queries as casework
from alongside.care.casework.operations.arrivals import touch_cases
from alongside.care.casework.operations.tiers import set_tier
from alongside.care.casework.rules import count_until
from alongside.care.casework.tables import LIMITS, REPEATS
from alongside.care.casework.types import (
    HistoryMatter,
    KnownCrime,
    RepeatScope,
    Tier,
)
from alongside.care.journey import operations as journey
from alongside.care.journey.operations.facts import plan_by_facts
from alongside.foundation.accounts import queries as accounts
from alongside.foundation.accounts.types import Actor
from alongside.foundation.organisations import queries as organisations
from alongside.foundation.organisations.types import AgencyKind
from alongside.walls.context import acting_as
from alongside.workflows.receiving.clocks import find_replacements

RAISED = "Other crimes against them have become known"
REASONS = {
    Tier.ENHANCED: RAISED,
    Tier.STANDARD: "The crimes that raised it were against somebody else",
}
LOOKED_BACK = timedelta(days=LIMITS["targeting_days"].number)
AT_ONCE = LIMITS["targeting_piece"].number

Found = tuple[int, int, GroundFound]


def watch_targeting(*, now: datetime) -> int:
    """Count anew for everybody of whom something came lately; in how many cases that
    changed anything. For each service, as whoever receives for it. Safe to repeat.
    """
    changed = 0
    for agency in organisations.list_agencies():
        if agency.kind is not AgencyKind.SERVICE:
            continue
        actor = accounts.get_receiver(agency_id=agency.agency_id, now=now)
        with acting_as(actor), transaction.atomic():
            people = casework.find_hit_since(since=now - LOOKED_BACK)
        for start in range(0, len(people), AT_ONCE):
            with acting_as(actor), transaction.atomic():
                piece = people[start : start + AT_ONCE]
                changed += follow_history(actor=actor, now=now, person_ids=piece)
    return changed


@transaction.atomic
def follow_history(
    *, actor: Actor, now: datetime, person_ids: Sequence[int], parted: bool = False
) -> int:
    """Have the grounds of these people's open cases follow the crimes known against
    them; in how many cases that changed anything.

    A new proposal raises the tier, and running clocks are planned anew. It comes down
    by itself only where people were `parted`, and only where nothing else had raised
    it: otherwise a worker says so.
    """
    cases = casework.find_open_tiers(person_ids=person_ids)
    changed = assessment.follow_history(
        actor=actor, now=now, case_ids=sorted(cases), found=_found(person_ids, cases)
    )
    # Where people were parted, a ground went with its crime: both sides are looked at.
    looked = sorted(cases if parted else changed)
    if not looked:
        return 0
    owed = grounds.list_cases_with_grounds(case_ids=looked)
    raised = [
        key for key in looked if key in changed & owed and cases[key] is Tier.STANDARD
    ]
    lowered = [
        key
        for key in looked
        if parted and key not in owed and _raised_by_this(key, cases[key])
    ]
    _owe(actor, now, raised, Tier.ENHANCED)
    _owe(actor, now, lowered, Tier.STANDARD)
    touch_cases(actor=actor, now=now, case_ids=sorted(changed))
    return len(changed)


def _raised_by_this(case_id: int, tier: Tier) -> bool:
    if tier is Tier.STANDARD:
        return False
    return casework.find_last_tier_reason(case_id=case_id) == RAISED


def _owe(actor: Actor, now: datetime, keys: Sequence[int], tier: Tier) -> None:
    """Have these cases owed that much, and their running clocks planned anew."""
    if not keys:
        return
    for name in casework.list_public_ids(case_ids=keys).values():
        set_tier(actor=actor, now=now, case_id=name, tier=tier, reason=REASONS[tier])
    replacements = find_replacements(case_ids=keys, enhanced=tier is Tier.ENHANCED)
    journey.replace_clocks(actor=actor, now=now, replacements=replacements)
    plan_by_facts(actor=actor, now=now, case_ids=keys)


def _found(person_ids: Sequence[int], cases: Collection[int]) -> set[Found]:
    """What each crime in these cases raises, by how many there were until it."""
    matters = casework.find_history(person_ids=person_ids)
    around = casework.find_address_crimes(person_ids=person_ids)
    of_person: dict[int, list[HistoryMatter]] = defaultdict(list)
    for one in matters:
        of_person[one.person_id].append(one)
    found: set[Found] = set()
    for person, theirs in of_person.items():
        crimes = list({one.crime_key: one.crime for one in theirs}.values())
        for one in theirs:
            if one.case_id is not None and one.case_id in cases:
                counts = _counts(one.crime, crimes, around.get(person, []))
                found.update(
                    (one.case_id, one.victimisation_id, ground)
                    for ground in grounds_in_history(
                        counts, reported_on=one.crime.on, books=BOOKS
                    )
                )
    return found


def _counts(
    this: KnownCrime, crimes: Sequence[KnownCrime], around: Sequence[date]
) -> Mapping[str, int]:
    """How many crimes there were until this one, by what is counted."""
    everybody = [KnownCrime(day) for day in around]
    counted = {
        "crimes_lately": (crimes, RepeatScope.PERSON),
        "suspect_crimes_lately": (crimes, RepeatScope.SUSPECT),
        "address_crimes_lately": (everybody, RepeatScope.ADDRESS),
    }
    return {
        name: count_until(
            this,
            known,
            days=REPEATS[scope].days,
            by_suspect=scope is RepeatScope.SUSPECT,
        )
        for name, (known, scope) in counted.items()
    }
