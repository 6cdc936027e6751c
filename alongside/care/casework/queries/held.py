"""What held referrals are about, before any of them has a case."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from alongside.foundation.accounts.types import Actor

HELD_MATTERS = """
    SELECT v.referral_id, r.person_id, v.role, v.record_type, v.offence_title
      FROM casework_victimisation v
      JOIN people_personrecord r ON r.id = v.record_id
     WHERE v.referral_id = ANY (%s::bigint[])
"""


@dataclass(frozen=True, slots=True)
class HeldMatter:
    """Whom a referral is about, and what happened, in the force's words."""

    person_id: int
    role: str
    record_type: str
    offence_title: str


def find_held_matters(
    *, actor: Actor, referral_ids: Sequence[int]
) -> dict[int, HeldMatter]:
    """What each of these referrals is about. One statement."""
    if not referral_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(HELD_MATTERS, [list(referral_ids)])
        return {row[0]: HeldMatter(*row[1:]) for row in cursor.fetchall()}
