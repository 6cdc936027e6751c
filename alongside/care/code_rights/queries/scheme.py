"""Who is in the Victim Contact Scheme. Nothing here writes."""

from collections.abc import Sequence
from datetime import date

from alongside.care.code_rights.models import RightRecord


def find_in_scheme(*, victimisation_ids: Sequence[int]) -> dict[int, date]:
    """Since when whoever of these crimes is in the scheme is in it. One statement."""
    rows = RightRecord.objects.filter(
        victimisation_id__in=list(victimisation_ids), in_scheme_since__isnull=False
    )
    pairs = rows.order_by("-in_scheme_since", "pk")
    return {
        key: since
        for key, since in pairs.values_list("victimisation_id", "in_scheme_since")
        if since is not None
    }
