"""People who may be one, so that the demonstration's review desk has something to ask.

A second, small delivery brings twins, a father and son of one name, a couple, somebody
who married, and others who are not sure; the demonstration's own staff answer some.
Done once; a second `make demo` finds it done. Everybody is invented.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from alongside.care.linking.queries import reviews as linking
from alongside.care.linking.types import AskedOf, ReviewLine
from alongside.care.matching.types import Why
from alongside.demo.sample import LOOK_ALIKES
from alongside.foundation.accounts import queries as accounts
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.lib.errors import DomainError
from alongside.foundation.organisations import queries as organisations
from alongside.walls.context import acting_as
from alongside.workflows import review_people
from alongside.workflows.receive_delivery import receive_file

LARGEST = 1_000_000
LOOKED_AT = 100
# How many of each kind are answered; the rest is left to whoever tries it.
SAME = {Why.SURNAME_DIFFERS: 1, Why.BORN_DIFFERS: 1}
NOT_SAME = {Why.NAMESAKE: 1, Why.ONE_FACT: 2, Why.TWIN: 1}
QUESTION = "Have you been in touch with us before, and under which name?"
SPARED = 1  # of each kind, so that the desk shows one
STEP = timedelta(minutes=2)


def play_linking(*, now: datetime) -> int:
    """Receive the look-alikes, answer some tasks; how many. None when done before."""
    feed = organisations.get_feed(force_code="leicestershire")
    workers = accounts.list_workers(agency_id=feed.receiver_id, now=now)
    actors = [accounts.get_actor(user_id=one.user_id, now=now) for one in workers]
    found = next((a for a in actors if a.has(Permission.LINK_REVIEW)), None)
    if found is None:
        return 0
    reviewer = replace(found, strong_at=int(now.timestamp()))
    with acting_as(reviewer), transaction.atomic():
        if linking.count_backlog(actor=reviewer, now=now).asked:
            return 0
    receive_file(path=LOOK_ALIKES, now=now - timedelta(hours=1), max_bytes=LARGEST)
    with acting_as(reviewer), transaction.atomic():
        tasks = linking.list_reviews(actor=reviewer, now=now, size=LOOKED_AT).lines
    answered = _answer(reviewer, _some(tasks, SAME), same=True, now=now)
    answered += _answer(reviewer, _some(tasks, NOT_SAME), same=False, now=now)
    return answered + _ask(reviewer, tasks, now)


def _some(tasks: tuple[ReviewLine, ...], wanted: dict[Why, int]) -> list[UUID]:
    """The last of each kind, sparing the first."""
    found = []
    for why, count in wanted.items():
        alike = [task.review_id for task in tasks if task.why is why]
        found += alike[SPARED:][-count:]
    return found


def _answer(reviewer: Actor, tasks: list[UUID], *, same: bool, now: datetime) -> int:
    answered = 0
    for task in tasks:
        try:
            with acting_as(reviewer), transaction.atomic():
                review_people.answer(
                    actor=reviewer,
                    now=now - STEP * (len(tasks) - answered),
                    review_id=task,
                    same=same,
                )
        except DomainError:
            continue  # somebody may not be joined: the task stays to be looked at
        answered += 1
    return answered


def _ask(reviewer: Actor, tasks: tuple[ReviewLine, ...], now: datetime) -> int:
    """Put the one without a date of birth aside: the person will be asked."""
    for task in tasks:
        if task.why is Why.BORN_MISSING:
            with acting_as(reviewer), transaction.atomic():
                review_people.ask(
                    actor=reviewer,
                    now=now,
                    review_id=task.review_id,
                    whom=AskedOf.PERSON,
                    words=QUESTION,
                )
            return 1
    return 0
