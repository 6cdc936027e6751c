"""What a step of a right tells the journey: a decision to stop that was overturned."""

from datetime import datetime, time
from uuid import UUID, uuid4

from alongside.care.code_rights.types import StepTaken
from alongside.care.journey import operations as journey
from alongside.care.journey import queries
from alongside.care.journey.types import KeptEvent, OwnEvent
from alongside.foundation.accounts.types import Actor
from alongside.foundation.lib.local import LONDON
from alongside.workflows.receiving import happenings
from alongside.workflows.receiving.happenings import Addition


def tell_journey(
    *,
    actor: Actor,
    now: datetime,
    taken: StepTaken,
    instead_of: UUID | None = None,
    why: str = "",
    never: bool = False,
) -> None:
    """Keep that a review changed a decision, where the step says so.

    The matters it concerns go on from there. `instead_of` is the step that this one
    corrects; `never` says that it never was. The step is found by its own name.
    """
    if not taken.step.reopens:
        return
    key = taken.victimisation_id
    known = queries.list_known(victimisation_ids=[key])
    victim = queries.find_victims(victimisation_ids=[key])[key]
    old = taken.step_id if never else instead_of
    replaces = [
        one.happened.event_id
        for one in known.get(key, ())
        if one.counts and one.happened.content_hash == old
    ]
    (event_id,) = journey.take_event_ids(actor=actor, now=now, count=1)
    at = min(now, datetime.combine(taken.on, time(23, 59), LONDON))
    event = KeptEvent(
        event_id=event_id,
        victimisation_id=key,
        row_id=None,
        event=OwnEvent.TAKEN_BACK if never else OwnEvent.REVIEW_SUCCEEDED,
        suspect_ref=taken.suspect_ref,
        occurred_at=at,
        received_at=at,
        detail={},
        content_hash=uuid4() if never else taken.step_id,
    )
    happenings.keep_all(
        actor=actor,
        now=now,
        additions=[
            Addition(
                event, victim, source=happenings.BY_HAND, replaces=replaces, why=why
            )
        ],
        known=known,
        by_hand=True,
    )
