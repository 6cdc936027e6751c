"""Crimes that may have been sent twice, and parts in a crime that were."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from alongside.care.casework import queries as casework
from alongside.care.intake.rules.deciding import hold_too
from alongside.care.intake.tables import LIMITS
from alongside.care.intake.types import Code, RecordType
from alongside.workflows.receiving.piece import Incoming

DUPLICATE_WINDOW = timedelta(hours=LIMITS["duplicate_window"].number)
Seen = dict[tuple[int, str], list[tuple[datetime, UUID]]]


def hold_possible_duplicates(incoming: Sequence[Incoming]) -> None:
    """Hold a crime where another live one has the same victim and offence code and
    was reported within the window. Rows are taken in file order: the first is kept.
    """
    crimes = [
        one
        for one in incoming
        if one.plan.row.record_type is RecordType.CRIME and not one.withdrawn
    ]
    if not crimes:
        return
    seen = _live_already(crimes)
    for one in crimes:
        row = one.plan.row
        own = one.crime_key
        near = seen[(one.person_id, row.offence_code)]
        if any(
            other != own and abs(at - row.reported_at) <= DUPLICATE_WINDOW
            for at, other in near
        ):
            hold_too(one.plan, Code.POSSIBLE_DUPLICATE)
        if one.live:
            near.append((row.reported_at, own))


def _live_already(crimes: Sequence[Incoming]) -> Seen:
    seen: Seen = defaultdict(list)
    people = {one.person_id for one in crimes if not one.new_person}
    times = [one.plan.row.reported_at for one in crimes]
    for crime in casework.find_live_crimes(
        person_ids=sorted(people),
        earliest=min(times) - DUPLICATE_WINDOW,
        latest=max(times) + DUPLICATE_WINDOW,
    ):
        where = (crime.person_id, crime.offence_code)
        seen[where].append((crime.reported_at, crime.crime_key))
    return seen


def find_same_parts(incoming: Sequence[Incoming]) -> None:
    """Let a part in a crime that is there already stand for both."""
    new = [one for one in incoming if one.new_matter]
    known = casework.find_same_part(
        crime_keys=list({one.crime_key for one in new if not one.new_person})
    )
    for one in new:
        part = (one.person_id, one.crime_key)
        one.same_as_id = known.get(part)
        if one.same_as_id is None:
            known[part] = one.victimisation_id
