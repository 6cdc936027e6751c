"""Somebody who came by themselves, a household, and two sides of a crime.

Done by the demonstration's own staff through what their pages call. Done once; a second
`make demo` finds it done. Everybody is invented.
"""

from datetime import date, datetime

from django.db import transaction

from alongside.care.casework import queries as casework
from alongside.care.casework.operations.household import say_household
from alongside.care.guarding.operations.apart import note_suspect
from alongside.care.linking.types import HouseholdSaid
from alongside.care.people import queries as people
from alongside.care.people.types import ChannelKind
from alongside.foundation.accounts import queries as accounts
from alongside.foundation.accounts.types import Actor, Role
from alongside.foundation.organisations import queries as organisations
from alongside.walls.context import acting_as
from alongside.workflows.check_entry import EntryDetails, check_entry
from alongside.workflows.receiving.by_hand import CameBy, NewArrival
from alongside.workflows.register_person import register_person

MAREN = NewArrival(
    given_names="Maren",
    surname="Oakden",
    date_of_birth=date(1984, 7, 19),
    gender="female",
    mobile_phone="+447700900815",
    address_lines=("6 Tanyard Close", "Leicester"),
    postcode="LE2 3AB",
    safe={ChannelKind.PHONE: True, ChannelKind.LETTER: False},
    contact_times="Weekdays before three",
    came_by=CameBy.THEMSELVES,
    happened="A former partner waits outside her work and sends her messages",
    flags=("stalking",),
    reported=False,
)
CASES_LOOKED_AT = 400


def play_entry(*, now: datetime) -> int:
    """Play the scenes; how many. None where that was done before."""
    feed = organisations.get_feed(force_code="leicestershire")
    workers = accounts.list_workers(agency_id=feed.receiver_id, now=now)
    actors = (accounts.get_actor(user_id=one.user_id, now=now) for one in workers)
    cast = {actor.role: actor for actor in actors}
    worker = cast.get(Role.CONTACT_WORKER)
    if worker is None or not _add(worker, now):
        return 0
    return 1 + _say_household(worker, now) + _keep_apart(worker, now)


def _add(worker: Actor, now: datetime) -> bool:
    with acting_as(worker), transaction.atomic():
        details = EntryDetails(
            given_names=MAREN.given_names,
            surname=MAREN.surname,
            date_of_birth=MAREN.date_of_birth,
            phones=(MAREN.mobile_phone,),
        )
        if not check_entry(actor=worker, now=now, details=details).is_empty:
            return False
        register_person(actor=worker, now=now, arrival=MAREN)
    return True


def _say_household(worker: Actor, now: datetime) -> int:
    """Somebody says of the first hint there is that it is right."""
    with acting_as(worker), transaction.atomic():
        for case in casework.list_queue(
            actor=worker, team_id=worker.team_id or 0, limit=CASES_LOOKED_AT
        ):
            lines = casework.list_household(person_id=case.person_id, now=now)
            if not lines:
                continue
            public_ids = people.list_public_ids(person_ids=[case.person_id])
            say_household(
                actor=worker,
                now=now,
                person_id=public_ids[case.person_id],
                other_id=lines[0].other.public_id,
                said=HouseholdSaid.TOGETHER,
                reason="They told me on the phone that they are married",
            )
            return 1
    return 0


def _keep_apart(worker: Actor, now: datetime) -> int:
    """Two neighbours, of whom one says that it was the other."""
    with acting_as(worker), transaction.atomic():
        mine = casework.list_my_cases(actor=worker, limit=1)
        others = casework.list_queue(
            actor=worker, team_id=worker.team_id or 0, limit=CASES_LOOKED_AT
        )
    if not mine or not others:
        return 0
    with acting_as(worker):
        note_suspect(
            actor=worker,
            now=now,
            case_id=mine[0].public_id,
            reference=others[0].public_id.hex[:8],
            reason="She says that it was her neighbour, who rang us too last week",
        )
    return 1
