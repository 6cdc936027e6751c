"""Saying whether two people live together, as far as a worker knows."""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from alongside.care.linking.types import HouseholdSaid
from alongside.foundation.accounts import permissions
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.lib.errors import DomainError, NotFound
from alongside.foundation.lib.request_id import current_request_id

SAY = "SELECT people_say_household(%s, %s, %s, %s, %s::uuid, %s)"


class HowKnown(DomainError):
    user_message = "Say how you know"


@transaction.atomic
def say_household(
    *,
    actor: Actor,
    now: datetime,
    person_id: UUID,
    other_id: UUID,
    said: HouseholdSaid,
    reason: str,
) -> None:
    """Add to a hint whether the two live together. What was said before stays.

    Raises:
        NotAllowed, NotFound: the actor may not, or may not see both, or nothing hints
            at it.
        HowKnown: no reason was given.
    """
    permissions.check_has(actor, Permission.CASE_WORK)
    if not reason.strip():
        raise HowKnown
    with connection.cursor() as cursor:
        cursor.execute(
            SAY, [person_id, other_id, said.value, reason, current_request_id(), now]
        )
        if not cursor.fetchone()[0]:
            raise NotFound("We could not find that person")
