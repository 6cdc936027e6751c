"""Conflicts of interest that need the area's secret or the service's own acting."""

from datetime import datetime
from uuid import UUID

from django.conf import settings

from alongside.care.guarding.operations import conflicts
from alongside.care.guarding.types import StaffDetails
from alongside.foundation.accounts.types import Actor
from alongside.foundation.lib.sealing import derive_area_key
from alongside.foundation.organisations import queries as organisations


def register_details(*, actor: Actor, now: datetime, details: StaffDetails) -> None:
    """Keep marks of what the actor says of themselves, and compare them at once.

    Raises:
        NotAllowed: the actor may not.
    """
    conflicts.register_details(
        actor=actor, now=now, details=details, secret=_secret(actor)
    )


def register_suspect(
    *, actor: Actor, now: datetime, colleague: UUID, force_code: str, reference: str
) -> None:
    """Note a force's reference for a colleague it suspects, and compare it at once.

    Raises:
        NotAllowed: the actor may not.
    """
    conflicts.register_suspect(
        actor=actor,
        now=now,
        colleague=colleague,
        force_code=force_code,
        reference=reference,
        secret=_secret(actor),
    )


def _secret(actor: Actor) -> bytes:
    code = organisations.get_area_code(area_id=actor.area_id)
    return derive_area_key(settings.AREA_MASTER_KEY, area_code=code).key
