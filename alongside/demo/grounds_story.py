"""What workers of the demonstration said to grounds, and to what cases asked for.

Done once, through the operations that the pages call: a ground confirmed, one declined,
a prompt that was not needed.
"""

from datetime import datetime, timedelta

from django.db import transaction

from alongside.care.assessment.types import BasisKind, GroundState
from alongside.care.casework import queries as casework
from alongside.foundation.accounts import queries as accounts
from alongside.foundation.accounts.types import Actor, Role
from alongside.foundation.lib.local import local_day
from alongside.foundation.organisations import queries as organisations
from alongside.walls.context import acting_as
from alongside.workflows import case_grounds, prompts

LOOKED_AT = 14
CONFIRMED = "We spoke about it on the phone: it is so."
DECLINED = "The officer says that this was recorded wrongly, and will be put right."
NOT_NEEDED = "They are away until next month and asked to be rung after that."


def play_grounds(*, now: datetime) -> int:
    """Decide grounds and answer a prompt; how many acts. None where that was done."""
    feed = organisations.get_feed(force_code="leicestershire")
    listed = accounts.list_workers(agency_id=feed.receiver_id, now=now)
    staff = [accounts.get_actor(user_id=one.user_id, now=now) for one in listed]
    worker = next(one for one in staff if one.role is Role.SPECIALIST_WORKER)
    with acting_as(worker), transaction.atomic():
        return _play(worker, now=now)


def _play(worker: Actor, *, now: datetime) -> int:
    cases = casework.list_my_cases(actor=worker, limit=LOOKED_AT)
    views = [
        case_grounds.read_grounds(actor=worker, now=now, case_id=case.public_id)
        for case in cases
    ]
    if any(line.by for view in views for line in view.grounds):
        return 0
    played = 0
    # One of two is declined, so that enhanced support stays owed; never an age.
    for view in (view for view in views if len(view.grounds) > 1):
        for line, confirm, reason in zip(
            sorted(view.grounds, key=lambda line: line.basis is not BasisKind.AGE),
            (True, False),
            (CONFIRMED, DECLINED),
            strict=False,
        ):
            if line.state is GroundState.PROPOSED:
                case_grounds.decide_ground(
                    actor=worker,
                    now=now - timedelta(hours=1),
                    case_id=view.brief.case.public_id,
                    ground_id=line.ground_id,
                    confirm=confirm,
                    reason=reason,
                )
                played += 1
        break
    return played + _answer(worker, views, now=now)


def _answer(
    worker: Actor, views: list[case_grounds.CaseGrounds], *, now: datetime
) -> int:
    """Say of one prompt that it is not needed, so that its page has been used."""
    asked, _ = prompts.find_prompts(
        cases=[view.brief.case for view in views], on=local_day(now)
    )
    for view in reversed(views):
        case = view.brief.case
        for prompt in asked.get(case.case_id, ()):
            prompts.not_needed(
                actor=worker,
                now=now,
                case_id=case.public_id,
                name=prompts.prompt_name(case_id=case.public_id, prompt=prompt),
                reason=NOT_NEEDED,
            )
            return 1
    return 0
