"""How much support a case is owed, as its grounds say."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.care.casework import queries
from alongside.care.casework.models import CaseChange
from alongside.care.casework.operations.arrivals import touch_cases
from alongside.care.casework.types import ChangeKind, Tier
from alongside.foundation.accounts.types import Actor
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject

WORDS = {
    Tier.ENHANCED: "Now owed enhanced support",
    Tier.STANDARD: "Owed standard support from now on",
}


@transaction.atomic
def set_tier(
    *, actor: Actor, now: datetime, case_id: UUID, tier: Tier, reason: str = ""
) -> bool:
    """Have a case owed this much support. Part of what changed its grounds.

    Whether that is a change.

    Raises:
        NotFound: the actor may not know of the case.
    """
    case = queries.get_case(actor=actor, public_id=case_id, lock=True)
    if case.tier == tier:
        return False
    case.tier = tier
    case.save(update_fields=["tier"])
    touch_cases(actor=actor, now=now, case_ids=[case.pk])
    CaseChange.objects.create(
        area_id=case.area_id,
        case=case,
        at=now,
        by_id=actor.user_id,
        kind=ChangeKind.TIER_CHANGED,
        words=WORDS[tier],
        reason=reason.strip(),
    )
    audit.record_event(
        actor=actor,
        now=now,
        action=AuditAction.CASE_TIER_SET,
        subject=Subject(kind="case", public_id=case.public_id),
        purpose=tier.value,
    )
    return True
