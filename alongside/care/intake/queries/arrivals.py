"""What a delivery needs to know of what is there already."""

from collections.abc import Sequence
from uuid import UUID

from django.db import connection

from alongside.care.intake.models import Delivery, ExcludedOffence
from alongside.care.intake.rules.deciding import KnownReferral
from alongside.care.intake.types import (
    Code,
    DeliveryKind,
    DeliveryState,
    ReferralState,
)

KNOWN_REFERRALS = """
    SELECT r.identity_key, r.id, r.public_id, r.state, r.extracted_at,
           r.content_hash, r.person_hash,
           coalesce((SELECT h.codes FROM intake_hold h WHERE h.referral_id = r.id
                      ORDER BY h.since DESC, h.id DESC LIMIT 1), '{}'),
           coalesce((SELECT array_agg(DISTINCT c) FROM intake_hold h, unnest(h.codes) c
                      WHERE h.referral_id = r.id AND h.decision = 'accepted'), '{}')
      FROM intake_referral r
     WHERE r.area_id = (SELECT ctx.claim(4)) AND r.identity_key = ANY (%s::uuid[])
"""


def find_known_referrals(*, identity_keys: Sequence[UUID]) -> dict[UUID, KnownReferral]:
    """What is held about these referrals. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(KNOWN_REFERRALS, [list(identity_keys)])
        return {
            row[0]: KnownReferral(
                referral_id=row[1],
                public_id=row[2],
                state=ReferralState(row[3]),
                extracted_at=row[4],
                content_hash=row[5],
                person_hash=row[6],
                held_codes=tuple(Code(code) for code in row[7]),
                accepted_codes=frozenset(Code(code) for code in row[8]),
            )
            for row in cursor.fetchall()
        }


def list_excluded_offences(*, area_id: int) -> frozenset[str]:
    """The offences whose referrals the area holds."""
    rows = ExcludedOffence.objects.filter(area_id=area_id)
    return frozenset(rows.values_list("offence_code", flat=True))


def find_same_bytes(
    *, sender_id: int, kind: DeliveryKind, sha256: bytes
) -> Delivery | None:
    """The delivery that brought exactly these bytes, unless it was refused."""
    return (
        Delivery.objects.filter(sender_id=sender_id, kind=kind, sha256=sha256)
        .exclude(state=DeliveryState.REFUSED)
        .first()
    )
